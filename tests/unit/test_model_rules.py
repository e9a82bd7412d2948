"""The rules of models: each speaks at its threshold, of its forms, while it held, as grave as
its source was read."""

from datetime import date

import pandas as pd
import pytest

from data import model_checks, model_looks, schema
from data.model_rules import GRADES, MODEL_RULES

GRAVEST = {"A": {"error", "warning", "note"}}
LAWFUL = {
    "model_id": "x",
    "name": "Mô hình",
    "province": "02",
    "district": "027",
    "priority_area": "khong",
    "area_kind": "kho_khan",
    "form": "cong_dong",
    "lead_kind": "hop_tac_xa",
    "proposer_kind": "nhom_ho",
    "task_ground": "binh_dang_gioi",
    "announced_date": "2024-01-05",
    "file_date": "2024-02-05",
    "appraised_date": "2024-03-05",
    "approval_date": "2024-03-20",
    "contract_date": "2024-04-01",
    "planned_start": "2024-04-10",
    "planned_end": "2025-12-31",
    "participants_planned": 100,
    "eligible_planned": 90,
    "priority_planned": 80,
    "budget_trung_uong": 600,
    "budget_dia_phuong": 100,
    "budget_khac": 300,
    "direct_spending": 560,
    "jobs_planned": 10,
    "income_rise": 0.2,
    "has_contract": True,
    "actual": 0.5,
    "households": 20,
    "women_headed": 8,
    "spent_trung_uong": 100,
    "spent_dia_phuong": 0,
    "spent_khac": 0,
    "fell": False,
    "shared": False,
}

# Rule, what does not meet it, what is not enough to know (None: always known).
CASES = [
    ("form_known", {"form": "khac"}, {"form": None}),
    ("chain_lead", {"lead_kind": "co_quan"}, {"lead_kind": None}),
    ("community_proposer", {"proposer_kind": "doanh_nghiep"}, {"proposer_kind": None}),
    ("community_ceiling", {"area_kind": "khac"}, {"area_kind": None}),
    ("chain_ceiling", {"budget_khac": 299}, {"area_kind": None}),
    ("province_cap", {"province": "54", "budget_trung_uong": 2 * 10**9}, {"province": "02"}),
    ("task_cap", {"budget_trung_uong": 3 * 10**9}, None),
    ("task_direct", {"direct_spending": 489}, {"direct_spending": None}),
    ("task_ground", {"task_ground": None}, None),
    ("eligible_share", {"eligible_planned": 49}, {"participants_planned": 0}),
    ("priority_share", {"priority_planned": 70}, {"participants_planned": 0}),
    ("community_counterpart", {"budget_khac": 0}, None),
    ("chain_results", {"has_contract": False}, None),
    ("community_order", {"file_date": "2024-03-10"}, {"contract_date": None}),
    ("within_programme", {"planned_end": "2026-01-01"}, None),
    ("spent_within_budget", {"spent_dia_phuong": 101}, {"spent_khac": None}),
    ("never_falls", {"fell": True}, {"fell": None}),
    ("approved_signed_started", {"planned_start": "2024-03-01"}, {"approval_date": None}),
    ("actual_in_range", {"actual": 1.01}, {"actual": None}),
    ("women_within_households", {"women_headed": 21}, {"households": None}),
    ("parts_within_whole", {"eligible_planned": 101}, None),
    ("one_province", {"shared": True}, None),
]


def frame(rule: str = "", **changes) -> pd.DataFrame:
    """One model that meets every rule of its form, but for these changes."""
    forms = MODEL_RULES[rule].forms if rule else ()
    base = {"form": forms[0] if forms else "cong_dong"}
    if rule == "province_cap":
        base["province"] = "54"
    made = pd.DataFrame([LAWFUL | base | changes]).astype({"fell": "boolean"})
    for column in (
        "announced_date",
        "file_date",
        "appraised_date",
        "approval_date",
        "contract_date",
        "planned_start",
        "planned_end",
    ):
        made[column] = pd.to_datetime(made[column])
    return made


def said(rule: str, **changes) -> model_checks.Check:
    return next(it for it in model_checks.checks(frame(rule, **changes)) if it.rule.key == rule)


@pytest.mark.parametrize(("rule", "broken", "unknown"), CASES, ids=lambda it: str(it)[:24])
def test_each_rule_is_met_not_met_or_not_known(rule, broken, unknown):
    assert said(rule).verdict == "met"
    assert said(rule, **broken).verdict == "not_met"
    assert unknown is None or said(rule, **unknown).verdict == "unknown"


def test_every_rule_but_the_list_of_poor_districts_can_be_broken():
    # The list confirms a poor district; it is too short to deny one.
    assert {rule for rule, *_ in CASES} | {"priority_area"} == set(MODEL_RULES)
    assert said("priority_area", priority_area="huyen_ngheo").verdict == "met"
    assert said("priority_area", priority_area="huyen_ngheo", district="999").verdict == "unknown"
    assert "priority_area" not in {it.rule.key for it in model_checks.checks(frame())}


@pytest.mark.parametrize(("kind", "most"), [("dbkk", 0.95), ("kho_khan", 0.8), ("khac", 0.6)])
def test_a_community_may_get_its_areas_share_from_the_state_and_not_a_dong_more(kind, most):
    state = round(10**6 * most)
    money = {"budget_trung_uong": state, "budget_dia_phuong": 0, "budget_khac": 10**6 - state}
    assert said("community_ceiling", area_kind=kind, **money).verdict == "met"
    money["budget_trung_uong"] += 10
    assert said("community_ceiling", area_kind=kind, **money).verdict == "not_met"


def test_a_check_says_figure_and_threshold_in_words():
    assert said("community_ceiling").said == "Vốn nhà nước chiếm 70,0% tổng kinh phí; trần 80,0%"
    assert said("within_programme").said.endswith("31/12/2025; muộn nhất 31/12/2025")
    assert said("chain_results", income_rise=None, jobs_planned=None).said == (
        "Chưa nêu: việc làm, tăng thu nhập"
    )
    assert said("community_order", contract_date=None).said == "Chưa có: ngày ký hợp đồng"
    assert "Phê duyệt 20/03/2024 → Ký hợp đồng 01/04/2024" in said("community_order").said
    assert said("actual_in_range", actual=None).said == "Chưa có: báo cáo của kỳ"


def test_a_broken_pair_of_dates_is_enough_even_with_a_gap():
    broken = {"contract_date": None, "approval_date": "2024-03-01"}
    assert said("community_order", **broken).verdict == "not_met"


@pytest.mark.parametrize("form", ["chuoi_gia_tri", "cong_dong", "nhiem_vu", "dac_thu"])
def test_a_rule_speaks_only_of_its_forms(form):
    keys = {it.rule.key for it in model_checks.checks(frame(form=form))}
    others = {key for key, rule in MODEL_RULES.items() if rule.forms and form not in rule.forms}
    assert not keys & others
    assert {key for key, rule in MODEL_RULES.items() if form in rule.forms} <= keys


def test_a_rule_speaks_only_of_models_approved_while_it_held():
    early = {"approval_date": "2023-06-23"}
    assert "community_ceiling" not in {it.rule.key for it in model_checks.checks(frame(**early))}
    assert said("community_ceiling", approval_date="2023-06-24")
    later = frame(approval_date="2026-01-01", planned_start="2026-02-01")
    held = {it.rule.key for it in model_checks.checks(later)}
    assert held == {key for key, rule in MODEL_RULES.items() if not rule.document}


def test_what_is_not_met_comes_gravest_first():
    bad = frame(area_kind="khac", priority_planned=10, fell=True)
    assert [it.rule.severity for it in model_checks.findings(bad)] == ["error", "warning", "note"]
    assert model_checks.findings(frame()) == []


def test_verdicts_of_many_models_are_those_of_each():
    many = pd.concat([frame(), frame(form="nhiem_vu", task_ground=None)], ignore_index=True)
    table = model_checks.verdicts(many)
    assert table.loc[0, "task_ground"] == ""
    assert table.loc[1, "task_ground"] == "not_met"
    for row in (0, 1):
        told = {it.rule.key: it.verdict for it in model_checks.checks(many.loc[[row]])}
        assert told == {key: it for key, it in table.loc[row].items() if it}


@pytest.mark.parametrize("rule", MODEL_RULES.values(), ids=MODEL_RULES)
def test_no_rule_is_graver_than_its_source_was_read(rule):
    assert rule.severity in GRAVEST.get(rule.grade, {"warning", "note"})
    assert GRADES[rule.grade]
    assert bool(rule.grade) == bool(rule.document) == bool(rule.valid_from)
    assert set(rule.needs) - {"actual", "fell", "households"} <= set(schema.MODELS.columns)
    if rule.valid_from and rule.valid_to:
        assert rule.valid_from < rule.valid_to <= date(2025, 12, 31)


def test_thresholds_are_those_of_the_domain_notes():
    assert model_looks.CHAIN_CEILING == {"dbkk": 0.8, "kho_khan": 0.7, "khac": 0.5}
    assert (model_looks.TASK_CAP, model_looks.TASK_DIRECT) == (3 * 10**9, 0.7)
    assert said("eligible_share", eligible_planned=50).verdict == "met"
    assert said("priority_share", priority_planned=71).verdict == "met"
