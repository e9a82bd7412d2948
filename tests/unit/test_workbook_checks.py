"""The checks of workbooks: each rule finds what breaks it and nothing else, in little time."""

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import conversion, model_rules, places, schema
from data.workbooks import checks, rules_programme, rules_reading, sheets
from data.workbooks.as_read import Reading
from data.workbooks.checks import RULES
from data.workbooks.findings import Finding
from data.workbooks.frames import Lists
from data.workbooks.rule import GROUNDS, MAY_REFUSE

DAY = pd.Timestamp
MODEL = {
    "model_id": "83-2024-001",
    "name": "Mô hình nuôi bò sinh sản xã Tân Xuân, huyện Ba Tri",
    "programme": "gnbv",
    "project": "du_an_2",
    "province": "83",
    "district": "836",
    "district_name": "Huyện Ba Tri",
    "commune": "29113",
    "commune_name": "Xã Tân Xuân",
    "area_kind": "kho_khan",
    "priority_area": "khong",
    "form": "cong_dong",
    "sector": "bo_trau",
    "objective": "Tăng thu nhập",
    "scale": "20 con bò",
    "lead_unit": "Hội LHPN xã Tân Xuân",
    "lead_kind": "hoi_lhpn",
    "proposer_kind": "to_chuc_ctxh",
    "approval_no": "12/QĐ-UBND",
    "announced_date": DAY("2023-12-05"),
    "file_date": DAY("2024-01-10"),
    "appraised_date": DAY("2024-02-10"),
    "approval_date": DAY("2024-03-01"),
    "contract_date": DAY("2024-03-20"),
    "planned_start": DAY("2024-04-01"),
    "planned_end": DAY("2025-09-30"),
    "households_planned": 20,
    "participants_planned": 30,
    "eligible_planned": 28,
    "priority_planned": 25,
    "budget_trung_uong": 200_000_000,
    "budget_dia_phuong": 50_000_000,
    "budget_khac": 100_000_000,
    "has_contract": False,
    "stage": "trien_khai",
}
REPORT = {
    "model_id": "83-2024-001",
    "quarter": "2024Q3",
    "planned": 0.4,
    "actual": 0.3,
    "stage": "trien_khai",
    "poor": 12,
    "near_poor": 5,
    "newly_escaped": 3,
    "women_headed": 8,
    "women": 15,
    "ethnic_minority": 0,
    "households_out": 2,
    "spent_trung_uong": 60_000_000,
    "spent_dia_phuong": 10_000_000,
    "spent_khac": 20_000_000,
}
PLAN = {
    "province": "83",
    "year": 2024,
    "source": "trung_uong",
    "kind": "su_nghiep",
    "assigned": 900_000_000,
    "carried_over": 100_000_000,
    "allocated": 900_000_000,
}
SPENT = {"province": "83", "year": 2024, "source": "trung_uong", "kind": "su_nghiep"}
MONTHS = [SPENT | {"month": f"2024-{it:02d}", "disbursed": 50_000_000} for it in range(1, 10)]
SESSION = {
    "session": "TH-1",
    "date": DAY("2024-07-25"),
    "topic": "Theo dõi tiến độ",
    "form": "truc_tuyen",
}
DELEGATES = {"session": "TH-1", "province": "83", "level": "tinh", "delegates": 4, "leaders": 1}
QUESTION = {
    "question_id": "83-VM-1",
    "session": "TH-1",
    "province": "83",
    "topic": "doi_ung",
    "question": "Đối ứng thế nào?",
    "status": "moi",
    "asked_date": DAY("2024-08-01"),
}
GOOD = {
    "models": [MODEL],
    "progress": [REPORT],
    "funding": [PLAN],
    "disbursements": MONTHS,
    "trainings": [SESSION],
    "attendance": [DELEGATES],
    "questions": [QUESTION],
}
FIRST_ROW = 5
CHAIN = {
    "form": "chuoi_gia_tri",
    "lead_kind": "hop_tac_xa",
    "proposer_kind": None,
    "jobs_planned": 10,
    "income_rise": 0.2,
    "has_contract": True,
    "budget_khac": 150_000_000,
}
TASK = {
    "form": "nhiem_vu",
    "proposer_kind": None,
    "task_ground": "yeu_the",
    "direct_spending": 200_000_000,
}


def frame(table: str, rows: list[dict]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=list(schema.TABLES[table].columns))
    return made.set_axis(np.arange(len(rows)) + FIRST_ROW)


def reading(province="83", quarter="2024Q3", name="", **tables) -> Reading:
    """A workbook that nothing is wrong with, but for these tables' rows."""
    made = {table: lists(table, rows) for table, rows in (GOOD | tables).items()}
    return Reading(name or f"{province}.xlsx", "", province=province, quarter=quarter, tables=made)


def lists(table: str, rows: list[dict]) -> Lists:
    columns = {name: [row.get(name) for row in rows] for name in schema.TABLES[table].columns}
    return Lists(columns, range(FIRST_ROW, FIRST_ROW + len(rows)))


def known(**tables) -> dict[str, pd.DataFrame]:
    return {table: frame(table, rows) for table, rows in tables.items()}


def model(**changes) -> dict:
    return {"models": [MODEL | changes]}


def report(**changes) -> dict:
    return {"progress": [REPORT | changes]}


def plan(**changes) -> dict:
    return {"funding": [PLAN | changes]}


def months(**changes) -> dict:
    return {"disbursements": [*MONTHS[:-1], MONTHS[-1] | changes]}


def empty_but(**tables) -> dict:
    return {table: [] for table in GOOD} | tables


def before(**changes) -> dict[str, pd.DataFrame]:
    """The report of the quarter before, published."""
    return known(progress=[REPORT | {"quarter": "2024Q2", "actual": 0.2} | changes])


def neighbours(count: int) -> dict[str, pd.DataFrame]:
    """Published models of the same region, all of a usual size."""
    rows = [
        MODEL
        | {
            "model_id": f"82-{it}",
            "province": "82",
            "name": f"Mô hình {'abcdefghijklmnopqrstuvwxyz'[it]}",
            "district": f"8{it:02d}",
            "budget_khac": 100_000_000 + it * 1_000_000,
            "stage": "quay_vong",
            "approval_no": f"{it}/QĐ",
        }
        for it in range(count)
    ]
    return known(models=rows)


ASKED = empty_but(questions=[QUESTION | {"session": None}])
NO_MONEY = {"source": "khac", "assigned": 0, "carried_over": 0, "allocated": 0}
FIRST_QUARTER = {
    **{"progress": [REPORT | {"quarter": "2024Q1"}], "disbursements": MONTHS[:3]},
    **model(announced_date=None, planned_end=DAY("2025-09-30")),
}
OTHER = reading("82", **empty_but(**model(model_id="82-1", province="82", district="820")))

# What breaks each rule: the workbook's tables, what is published, the other workbooks.
CASES: dict[str, tuple] = {
    "required": (model(objective=None),),
    "wrong_type": (report(poor=12.5),),
    "unknown_code": (model(sector="nuoi_ong"),),
    "out_of_range": (report(actual=1.2),),
    "wrong_unit": (report(spent_khac=80_000_000_000_000),),
    "bad_form": (months(month="T9/2024"),),
    "duplicate_key": (model() | {"models": [MODEL, MODEL | {"name": "Trồng bí xanh"}]},),
    "taken_elsewhere": ({}, known(models=[MODEL | {"province": "82", "name": "Dệt chiếu"}])),
    "same_report_twice": (ASKED, {}, [reading(name="b.xlsx", **ASKED)]),
    "nothing_reported": (empty_but(),),
    "lost_model": ({"progress": [REPORT, REPORT | {"model_id": "83-2024-009"}]},),
    "lost_session": ({"questions": [QUESTION | {"session": "TH-9"}]},),
    "session_differs": ({}, known(trainings=[SESSION | {"date": DAY("2024-07-26")}])),
    "not_reported": ({"progress": []},),
    "left_out": ({}, known(models=[MODEL | {"model_id": "83-2023-004", "name": "Nuôi ong"}])),
    "alike": (
        {
            "models": [
                MODEL,
                MODEL | {"model_id": "83-2024-002", "name": MODEL["name"].replace("Mô", "Mo")},
            ],
            "progress": [REPORT, REPORT | {"model_id": "83-2024-002"}],
        },
    ),
    "alike_elsewhere": ({}, {}, [OTHER]),
    "disbursed_over_plan": (months(disbursed=700_000_000),),
    "spent_falls": ({}, before(spent_khac=20_000_001)),
    "allocated_over_plan": (plan(allocated=1_000_000_001),),
    "spent_within_budget": (report(spent_dia_phuong=50_000_001),),
    "part_over_whole": (report(households_out=21),),
    "no_budget": (model(budget_trung_uong=0, budget_dia_phuong=0, budget_khac=0),),
    "months_missing": ({"disbursements": MONTHS[:-1]},),
    "closing_missing": (FIRST_QUARTER, {}, [], "83", "2024Q1"),
    "outside_year": (months(month="2025-02"),),
    "after_quarter": ({"disbursements": [*MONTHS, MONTHS[0] | {"month": "2024-10"}]},),
    "work_falls": ({}, before(actual=0.35)),
    "jump_of_work": (report(actual=0.8), before(actual=0.2)),
    "jump_of_people": ({}, before(poor=1, near_poor=4, newly_escaped=0, households_out=0)),
    "jump_of_money": (plan(), known(funding=[PLAN | {"assigned": 900_000}])),
    "month_restated": ({}, known(disbursements=[MONTHS[2] | {"disbursed": 49_999_999}])),
    "moved_while_stopped": (report(stage="tam_dung"), before(stage="tam_dung")),
    "work_before_start": (report(stage="ky_hop_dong"),),
    "outlier": (model(budget_khac=100_000_000_000), neighbours(25)),
    "answered_first": (
        {"questions": [QUESTION | {"status": "da_tra_loi", "answered_date": DAY("2024-07-31")}]},
    ),
    "outside_programme": ({"trainings": [SESSION | {"date": DAY("2004-07-25")}]},),
    "form_known": (model(form="tu_nghi"),),
    "chain_lead": (model(**CHAIN | {"lead_kind": "co_quan"}),),
    "community_proposer": (model(proposer_kind="hoi_nong_dan"),),
    "community_ceiling": (model(budget_khac=50_000_000),),
    "chain_ceiling": (model(**CHAIN | {"budget_khac": 100_000_000}),),
    "province_cap": (
        model(province="54", budget_trung_uong=1_000_000_000, budget_khac=900_000_000),
        {},
        [],
        "54",
    ),
    "task_direct": (model(**TASK | {"direct_spending": 100_000_000}),),
    "task_ground": (model(**TASK | {"task_ground": None}),),
    "eligible_share": (model(eligible_planned=14),),
    "community_counterpart": (model(budget_khac=0, area_kind="dbkk"),),
    "chain_results": (model(**CHAIN | {"has_contract": False}),),
    "community_order": (model(file_date=DAY("2024-02-11")),),
    "within_programme": (model(planned_end=DAY("2026-01-01")),),
    "approved_signed_started": (model(planned_end=DAY("2024-03-31")),),
    "women_within_households": (report(women_headed=21),),
    "parts_within_whole": (model(eligible_planned=31),),
}
ALSO = {
    "wrong_unit": {"spent_within_budget"},
    # A rule's own frame cannot but break these too.
    "duplicate_key": {"not_reported"},
    "outlier": {"jump_of_money"},
    "alike_elsewhere": {"not_reported"},
    "no_budget": {"community_counterpart", "spent_within_budget"},
    "form_known": {"unknown_code"},
    "community_proposer": {"unknown_code"},
    "unknown_code": set(),
    "community_counterpart": {"community_ceiling", "spent_within_budget"},
    "outside_year": {"months_missing", "after_quarter"},
    "bad_form": {"months_missing", "outside_year", "after_quarter"},
}


def found(key: str) -> list[Finding]:
    tables, *rest = CASES[key]
    published, others, province, quarter = [*rest, *[{}, [], "83", "2024Q3"][len(rest) :]]
    return checks.check([reading(province, quarter, **tables), *others], published)


def rules_of(findings: list[Finding]) -> set[str]:
    return {it.rule for it in findings}


def test_nothing_is_wrong_with_a_good_workbook():
    assert checks.check([reading()], {}) == []
    assert checks.check([reading()], known(**GOOD)) == []
    assert checks.check([reading(**model(**CHAIN))], {}) == []
    assert checks.check([reading(**model(**TASK))], {}) == []


@pytest.mark.parametrize("rule", [key for key, it in RULES.items() if it.look])
def test_each_rule_finds_what_breaks_it_and_nothing_else_is_found(rule):
    said = found(rule)
    assert rule in rules_of(said)
    assert rules_of(said) - {rule} <= ALSO.get(rule, set())
    for finding in said:
        assert finding.severity == RULES[finding.rule].severity
        assert finding.wrong
        assert finding.remedy == RULES[finding.rule].remedy
        assert finding.province
        assert finding.quarter == (CASES[rule][4:] or ("2024Q3",))[0]


def test_every_rule_that_looks_at_tables_has_a_case_and_reading_has_words_for_the_rest():
    assert set(CASES) == {key for key, rule in RULES.items() if rule.look}
    assert {rule.key for rule in rules_reading.READING} == set(RULES) - set(CASES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_rule_is_graver_than_its_ground(rule):
    assert rule.ground in GROUNDS
    assert rule.severity == "warn" or rule.ground in MAY_REFUSE
    assert (rule.ground in "ABC") == bool(rule.document)
    assert rule.basis
    assert rule.remedy.endswith(".")
    assert rule.label[0].isupper()


def test_the_programmes_rules_are_all_told_as_grave_as_they_were_read():
    told = {rule.key: rule for rule in rules_programme.PROGRAMME}
    for key, rule in model_rules.MODEL_RULES.items():
        if rule.severity == "note":
            assert key not in told
        elif key in rules_programme.TOLD_OTHERWISE:
            assert RULES[rules_programme.TOLD_OTHERWISE[key]].look
        else:
            assert told[key].severity == ("refuse" if rule.grade == "A" else "warn")
            assert told[key].label == rule.label
            assert rule.basis in told[key].basis


def test_a_finding_names_the_cell_as_excel_shows_it_what_is_wrong_and_what_to_do():
    held = reading(**model(planned_end=DAY("2026-04-29")))
    held.columns[("models", "planned_end")] = "W: Kết thúc"
    assert checks.check([held], {}) == [
        Finding(
            workbook="83.xlsx",
            sheet="Mô hình",
            row=FIRST_ROW,
            column="W: Kết thúc",
            value="29/04/2026",
            rule="within_programme",
            severity="warn",
            wrong="Kết thúc sau giai đoạn của chương trình. Kết thúc theo kế hoạch 29/04/2026; "
            "muộn nhất 31/12/2025",
            remedy="Kiểm tra ngày kết thúc theo quyết định phê duyệt.",
            province="83",
            quarter="2024Q3",
            table="models",
            key="83-2024-001",
        )
    ]


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("Nuôi bò sinh sản của nhóm phụ nữ thôn Đông Hải", True),
        ("Nuôi bò sinh sàn của nhóm phụ nữ thon Đông Hải", True),
        ("Nuôi bò sinh sản nhóm phụ nữ thôn Đông Hải", True),
        ("Nuoii bò sinh sản của nhóm phụ nữ thôn Đông Hải", True),
        ("Nuôi dê sinh sản của nhóm phụ nữ thôn Đông Hải", False),
        ("Nuôi ong sinh sản của nhóm phụ nữ thôn Đông Hải", False),
    ],
)
def test_a_model_is_alike_whose_name_is_misspelt_and_not_one_of_another_animal(name, one):
    listed = [
        MODEL | {"name": "Nuôi bò sinh sản của nhóm phụ nữ thôn Đông Hải"},
        MODEL | {"model_id": "83-2024-002", "name": name},
    ]
    progress = [REPORT, REPORT | {"model_id": "83-2024-002"}]
    held = reading(**empty_but(models=listed, progress=progress))
    assert ("alike" in rules_of(checks.check([held], {}))) == one


def test_a_cell_of_a_wide_sheet_is_named_by_its_own_heading():
    held = reading(**months(disbursed=700_000_000))
    held.columns[("disbursements", "disbursed", "trung_uong", "su_nghiep")] = "D: Vốn sự nghiệp"
    (finding,) = checks.check([held], {})
    assert (finding.row, finding.column) == (FIRST_ROW + 8, "D: Vốn sự nghiệp")
    assert finding.value == "700 triệu đồng"
    assert finding.wrong == (
        "Lũy kế đến tháng 09/2024 1,1 tỷ đồng, lớn hơn đã phân bổ cộng kéo dài của năm 2024 "
        "(1,0 tỷ đồng)"
    )
    assert finding.key == "2024|2024-09|trung_uong|su_nghiep"


def test_findings_of_several_workbooks_stand_in_the_order_of_sheets_and_rows():
    first = reading(**report(actual=1.2) | model(objective=None, planned_end=DAY("2026-01-01")))
    second = reading("82", **empty_but(funding=[PLAN | {"allocated": -1}]))
    said = [(it.workbook, it.sheet, it.row, it.rule) for it in checks.check([first, second], {})]
    assert said == [
        ("83.xlsx", "Mô hình", 5, "required"),
        ("83.xlsx", "Mô hình", 5, "within_programme"),
        ("83.xlsx", "Tiến độ", 5, "out_of_range"),
        ("82.xlsx", "Kinh phí", 5, "out_of_range"),
        ("82.xlsx", "Kinh phí", 5, "months_missing"),
    ]


def test_what_reading_has_told_of_a_cell_is_not_told_again():
    held = reading(**report(actual=None))
    held.columns = {("progress", name): name for name in schema.PROGRESS.columns}
    held.columns |= {("models", name): name for name in schema.MODELS.columns}
    assert rules_of(checks.check([held], {})) == {"required"}
    told = Finding(
        workbook="83.xlsx",
        sheet="Tien do",
        row=FIRST_ROW,
        column="actual",
        rule="unreadable_number",
        severity="refuse",
        wrong="",
        remedy="",
        table="progress",
    )
    held.findings.append(told)
    assert checks.check([held], {}) == []


def test_a_column_that_the_workbook_lacks_is_not_told_row_by_row():
    held = reading(**report(actual=None))
    held.columns = {("progress", "planned"): "B: Kế hoạch"}
    assert checks.check([held], {}) == []


def test_a_resent_quarter_is_held_against_the_quarter_resent_with_it():
    lower = reading(
        quarter="2024Q2",
        name="q2.xlsx",
        **empty_but(
            models=[MODEL], progress=[REPORT | {"quarter": "2024Q2", "spent_khac": 15_000_000}]
        ),
    )
    published = before(spent_khac=90_000_000)
    assert rules_of(checks.check([reading()], published)) == {"spent_falls"}
    assert checks.check([lower, reading()], published) == []


def test_a_jump_is_told_only_against_the_quarter_just_before():
    published = known(progress=[REPORT | {"quarter": "2024Q1", "actual": 0.1}])
    assert checks.check([reading(**report(actual=0.9))], published) == []


def test_the_first_quarter_closes_last_year_with_what_was_published_of_it():
    """A workbook of January holds one month of last year; the others are published."""
    closing = SPENT | {"year": 2023, "month": "2024-01"}
    last = [
        SPENT | {"year": 2023, "month": f"2023-{it:02d}", "disbursed": 80_000_000}
        for it in range(1, 13)
    ]
    published = known(funding=[PLAN | {"year": 2023}], disbursements=last)
    for money, expected in ((40_000_000, set()), (40_000_001, {"disbursed_over_plan"})):
        rows = [*MONTHS[:3], closing | {"disbursed": money}]
        held = reading(quarter="2024Q1", **FIRST_QUARTER | {"disbursements": rows})
        assert rules_of(checks.check([held], published)) == expected


def test_the_closing_month_is_owed_by_each_line_with_a_plan_for_the_year_before():
    last = PLAN | {"year": 2023}
    published = known(funding=[last, last | {"kind": "dau_tu"}, last | NO_MONEY])
    rows = [*MONTHS[:3], SPENT | {"year": 2023, "month": "2024-01", "disbursed": 0}]
    one_line = reading(quarter="2024Q1", **FIRST_QUARTER | {"disbursements": rows})
    (finding,) = checks.check([one_line], published)
    assert (finding.rule, finding.sheet, finding.row) == ("closing_missing", "Giải ngân", 0)
    assert finding.wrong == (
        "Chưa báo cáo tháng 01/2024 của năm ngân sách 2023: Vốn đầu tư, ngân sách trung ương"
    )
    assert checks.check([one_line], {}) == []
    assert checks.check([one_line], known(funding=[last])) == []


def test_no_year_closes_in_other_quarters_or_before_the_programme_had_money():
    assert checks.check([reading()], known(funding=[PLAN | {"year": 2023}])) == []
    rows = [it | {"year": 2022, "month": it["month"].replace("2024", "2022")} for it in MONTHS[:3]]
    first = empty_but(funding=[PLAN | {"year": 2022}], disbursements=rows)
    assert checks.check([reading(quarter="2022Q1", **first)], {}) == []


def test_a_plan_that_cannot_be_read_says_nothing_of_what_was_spent():
    held = reading(**plan(allocated=None))
    assert rules_of(checks.check([held], {})) == {"required"}


def test_money_of_a_line_without_a_plan_is_over_it():
    more = [*MONTHS, MONTHS[0] | {"source": "dia_phuong"}]
    (finding,) = checks.check([reading(disbursements=more)], {})
    assert (finding.rule, finding.row) == ("disbursed_over_plan", FIRST_ROW + 9)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Mô hình nuôi bò sinh sản xã Tân Xuân, huyện Ba Tri (đợt 2)"},
        {"name": "Mô hình trồng bí xanh xã Tân Xuân, huyện Ba Tri"},
        {"commune": "29116", "commune_name": "Xã Bảo Thạnh"},
        {"district": "835", "commune": None},
    ],
)
def test_models_of_another_name_number_or_place_are_not_alike(changes):
    two = {"models": [MODEL, MODEL | {"model_id": "83-2"} | changes]}
    two |= {"progress": [REPORT, REPORT | {"model_id": "83-2"}]}
    assert "alike" not in rules_of(checks.check([reading(**two)], {}))


def test_models_that_all_lack_a_decision_and_a_place_are_compared_by_what_they_have():
    bare = MODEL | {"approval_no": None, "commune_name": None, "district_name": None}
    assert rules_of(checks.check([reading(models=[bare])], {})) == {"required"}


def test_a_model_published_for_another_province_is_alike_until_that_province_reports():
    theirs = known(models=[MODEL | {"model_id": "82-1", "province": "82", "district": "820"}])
    (finding,) = checks.check([reading()], theirs)
    assert finding.rule == "alike_elsewhere"
    assert "82-1 của Tiền Giang" in finding.wrong
    told = checks.check([reading(), reading("82", **empty_but())], theirs)
    assert rules_of(told) == {"nothing_reported", "left_out"}


def test_a_region_with_few_models_has_no_outliers():
    odd = reading(**model(budget_khac=100_000_000_000))
    assert "outlier" in rules_of(checks.check([odd], neighbours(19)))
    assert "outlier" not in rules_of(checks.check([odd], neighbours(18)))


def test_a_model_that_has_ended_need_not_report():
    for stage in ("quay_vong", "huy"):
        assert checks.check([reading(progress=[], **model(stage=stage))], {}) == []
    ended = before(stage="quay_vong", actual=1.0)
    assert checks.check([reading(progress=[])], ended) == []
    assert checks.check([reading(progress=[], **model(approval_date=None))], {}) == []


def test_no_workbooks_and_those_that_say_nothing_of_themselves_have_no_findings():
    assert checks.check([], {}) == []
    assert checks.check([Reading("x.xlsx", "")], {}) == []
    assert checks.check([reading(None, None, **empty_but())], known(**GOOD)) == []


def test_of_one_rule_a_workbook_is_told_so_many_and_then_how_many_more():
    rows = [REPORT | {"model_id": f"83-{it}"} for it in range(checks.MOST + 7)]
    told = checks.check([reading(**empty_but(progress=rows))], {})
    assert len(told) == checks.MOST + 1
    assert told[0].wrong.endswith("còn 7 chỗ khác")


def test_whatever_the_cells_hold_there_is_an_answer():
    numbers = np.random.default_rng(4)
    odd = [None, "", "x", "=1+1", -1, 0, 1e18, float("inf"), 0.5, True, DAY("1900-01-01"), "2024Q3"]
    odd += [DAY("2261-01-01"), "83", "٣", "\0", [1], "2024-09"]
    for _ in range(10):
        tables = {}
        for table, rows in GOOD.items():
            made = [dict(row) for row in rows for _ in range(2)]
            for row in made:
                for column in numbers.choice(list(schema.TABLES[table].columns), 4):
                    row[column] = odd[numbers.integers(len(odd))]
            tables[table] = made
        told = checks.check([reading(**tables), reading("82")], known(**GOOD))
        assert all(it.rule in RULES for it in told)


def test_every_key_that_reading_tells_is_a_rule():
    folder = Path(sheets.__file__).parent
    keys = {rule.key for rule in rules_reading.READING}
    assert keys
    for key in keys:
        assert any(f'"{key}"' in it.read_text("utf-8") for it in folder.glob("*.py")), key


def test_the_findings_table_keeps_its_schema():
    findings = checks.findings_table(
        [["83", "2024Q3", "alike", "warn", "models", "", "a", "", "x"]] * 2
    )
    assert conversion.to_arrow("findings", findings).num_rows == 1
    assert conversion.to_arrow("findings", checks.findings_table([])).num_rows == 0


def test_63_workbooks_of_100_models_are_checked_while_one_waits():
    readings = []
    for province in places.provinces().index:
        ids = [f"{province}-{it:03d}" for it in range(100)]
        rows = [
            MODEL
            | {"model_id": id, "province": province, "district": f"{int(province) * 10 + at % 10}"}
            | {"name": f"Mô hình số {at} của {province}", "commune": f"{at:05d}"}
            for at, id in enumerate(ids)
        ]
        reports = [REPORT | {"model_id": id} for id in ids]
        money = {"funding": [PLAN | {"province": province}]}
        money["disbursements"] = [row | {"province": province} for row in MONTHS]
        readings.append(reading(province, **empty_but(models=rows, progress=reports, **money)))
    started = time.process_time()
    told = checks.check(readings, {})
    spent = time.process_time() - started
    assert rules_of(told) <= {"alike", "alike_elsewhere"}
    assert spent < 3


def test_a_value_is_told_as_an_office_writes_it():
    assert checks.words("models", "form", "cong_dong") == "Phát triển sản xuất cộng đồng"
    assert checks.words("funding", "assigned", 350_000_000.0) == "350 triệu đồng"
    assert checks.words("progress", "actual", 0.642) == "64,2%"
    assert checks.words("progress", "poor", 1234.0) == "1.234"
    assert checks.words("models", "has_contract", True) == "có"
    assert checks.words("models", "planned_end", pd.NaT) == ""


def test_one_model_is_enough_for_the_tables_of_a_quarter():
    frames = {table: frame(table, rows).astype(dtypes(table)) for table, rows in GOOD.items()}
    sent = {"province": "83", "quarter": "2024Q3", "received_date": DAY("2024-10-09")}
    frames["submissions"] = pd.DataFrame([sent], columns=list(schema.SUBMISSIONS.columns))
    assert len(checks.findings_of_tables(frames, "2024Q3")) == 0
    frames["models"].loc[FIRST_ROW, "eligible_planned"] = 14
    row = checks.findings_of_tables(frames, "2024Q2", "2024Q3").to_dict("records")
    assert [(it["quarter"], it["rule"], it["key"]) for it in row] == [
        ("2024Q3", "eligible_share", "83-2024-001")
    ]
    frames["submissions"]["received_date"] = pd.NaT
    assert len(checks.findings_of_tables(frames, "2024Q3")) == 0


def dtypes(table: str) -> dict[str, str]:
    return {it: schema.metadata(table, it)["dtype"] for it in schema.TABLES[table].columns}
