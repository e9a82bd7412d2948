"""The illustrative tables keep the schema, the arithmetic and the shapes of real life."""

import hashlib
import io
from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from data import (
    codes,
    conversion,
    demo,
    model_book,
    model_checks,
    models,
    periods,
    places,
    schema,
    snapshots,
)
from data.workbooks import checks

STATE = ["budget_trung_uong", "budget_dia_phuong"]
BUDGET = [f"budget_{key}" for key in codes.SOURCES]
LINE = ["province", "year", "source", "kind"]


@pytest.fixture(scope="module")
def tables():
    return demo.tables()


@pytest.fixture(scope="module")
def work(tables):
    """Progress with its model's fields, in order of time."""
    models = tables["models"].drop(columns="stage")
    return tables["progress"].merge(models, on="model_id").sort_values(["model_id", "quarter"])


def closing(tables, year, month):
    """Provinces' lines of a year: plan, spent to a month; only those with every report."""
    received = tables["submissions"].dropna(subset="received_date")
    until = f"{year + 1}Q1" if year < 2025 else "2025Q2"
    wanted = received[received["quarter"].between(f"{year}Q1", until)]
    complete = wanted.groupby("province").size() == wanted["quarter"].nunique()
    lines = tables["funding"].query("year == @year and source != 'khac'")
    lines = lines[lines["province"].map(complete).fillna(False)]
    spent = tables["disbursements"].query("month <= @month").groupby(LINE)["disbursed"].sum()
    lines = lines.join(spent, on=LINE).fillna({"disbursed": 0})
    return lines.assign(plan=lines["assigned"] + lines["carried_over"])


def national_share(tables, year, month, kind=None):
    lines = closing(tables, year, month)
    lines = lines[lines["kind"] == kind] if kind else lines
    return lines["disbursed"].sum() / lines["plan"].sum()


def test_every_table_keeps_its_schema_and_all_fit_in_two_megabytes(tables):
    size = 0
    for name in schema.TABLES:
        buffer = io.BytesIO()
        pq.write_table(conversion.to_arrow(name, tables[name]), buffer, compression="zstd")
        size += buffer.tell()
    assert list(tables) == list(schema.TABLES)
    assert size < 2_000_000


def test_the_same_seed_draws_the_same_rows_and_another_seed_others(tables):
    again, other = demo.tables(), demo.tables(seed=64)
    for name in schema.TABLES:
        pd.testing.assert_frame_equal(tables[name], again[name])
    assert not tables["models"].equals(other["models"])


def test_the_rows_are_those_of_every_other_machine(tables):
    digest = hashlib.sha256()
    for frame in (tables["funding"], tables["disbursements"], tables["progress"]):
        digest.update(frame.select_dtypes("int64").to_numpy().astype("<i8").tobytes())
    digest = digest.hexdigest()
    assert digest[:16] == "6de654869ad621ba"


def test_the_committed_snapshot_holds_the_tables_that_this_code_draws(tables):
    place = str(Path(snapshots.__file__).parent / "extracts")
    held = snapshots.load(place, snapshots.current_id(place))
    for name in schema.TABLES:
        committed = conversion.from_arrow(name, snapshots.read_table(held, name))
        pd.testing.assert_frame_equal(committed, tables[name], obj=name)


def test_every_table_is_sorted_by_its_key(tables):
    for name, table in schema.TABLES.items():
        assert tables[name].set_index(list(table.unique)).index.is_monotonic_increasing, name


def test_texts_are_nfc_and_every_code_is_a_province(tables):
    known = set(places.provinces().index)
    for name, frame in tables.items():
        for column in frame.select_dtypes("str"):
            assert frame[column].dropna().map(str.isprintable).all(), (name, column)
            assert (frame[column].dropna().str.normalize("NFC") == frame[column].dropna()).all()
        assert set(frame.get("province", [])) <= known


def test_about_1500_models_in_four_forms_in_all_provinces(tables):
    models = tables["models"]
    share = models["form"].value_counts(normalize=True)
    by_form = models.groupby(["province", "form"]).size().unstack(fill_value=0)
    assert 1400 <= len(models) <= 1600
    assert set(models["province"]) == set(places.provinces().index)
    assert share["cong_dong"] == pytest.approx(0.80, abs=0.03)
    assert share["chuoi_gia_tri"] == pytest.approx(0.10, abs=0.02)
    assert share["nhiem_vu"] == pytest.approx(0.08, abs=0.02)
    assert share["dac_thu"] == pytest.approx(0.02, abs=0.01)
    assert (by_form["chuoi_gia_tri"] == 0).sum() >= 5
    assert (by_form["dac_thu"] == 0).sum() >= 30


def test_models_have_the_sizes_that_newspapers_tell(tables):
    models = tables["models"]
    total, households = models[BUDGET].sum(axis=1) / 1e6, models["households_planned"]
    support = models[STATE].sum(axis=1) / households / 1e6
    small = total[models["form"] == "cong_dong"]
    assert households.between(8, 60).all()
    assert households.median() == pytest.approx(19, abs=1)
    assert support.between(12, 45).all()
    assert small.between(200, 500).mean() > 0.65
    assert models["lead_kind"].eq("hoi_lhpn").mean() == pytest.approx(0.25, abs=0.03)
    assert 1 - models["sector"].isin(["det", "du_lich"]).mean() == pytest.approx(0.93, abs=0.02)


def test_poor_near_poor_and_newly_escaped_are_54_31_15(work):
    last = work.groupby("model_id").last()
    households = last[["poor", "near_poor", "newly_escaped"]].sum()
    share = households / households.sum() * 100
    assert share.tolist() == pytest.approx([54, 31, 15], abs=3)


def test_parts_never_exceed_their_whole(work, tables):
    models = tables["models"]
    joined = work["poor"] + work["near_poor"] + work["newly_escaped"]
    assert (work["women_headed"] <= joined).all()
    assert (work["households_out"] <= joined).all()
    assert (work[["women", "ethnic_minority"]].max(axis=1) <= work["participants_planned"]).all()
    assert (models["eligible_planned"] <= models["participants_planned"]).all()
    assert (models["priority_planned"] <= models["eligible_planned"]).all()
    assert (models["direct_spending"].fillna(0) <= models[STATE].sum(axis=1)).all()
    for source in codes.SOURCES:
        assert (work[f"spent_{source}"] <= work[f"budget_{source}"]).all()


def test_cumulative_figures_never_fall(work):
    columns = ["planned", "actual", "households_out", *[f"spent_{key}" for key in codes.SOURCES]]
    steps = work.groupby("model_id")[columns].diff()
    assert (steps.fillna(0) >= 0).all(axis=None)


def test_the_stage_fits_the_work_done(work, tables):
    assert (
        work.loc[work["actual"] > 0, "stage"].isin(
            ["trien_khai", "nghiem_thu", "quay_vong", "tam_dung", "huy"]
        )
    ).all()
    assert (work.loc[work["stage"] == "quay_vong", "actual"] == 1).all()
    assert work.groupby("model_id")["stage"].apply(lambda s: (s == "quay_vong").sum()).max() <= 2
    assert {"tam_dung", "huy", "phe_duyet", "lap_ho_so"} <= set(tables["models"]["stage"])


def test_models_start_slowly_and_run_behind_their_plan_differently_by_province(work, tables):
    approved = tables["models"]["approval_date"].dt.year.value_counts()
    assert approved[2022] < approved[[2023, 2024]].min() / 2
    at = work[work["quarter"] == "2024Q3"]
    money = at[BUDGET].sum(axis=1)
    earned = (money * at["actual"]).groupby(at["province"]).sum()
    planned = (money * at["planned"]).groupby(at["province"]).sum()
    ratio = earned / planned
    assert 0.75 < earned.sum() / planned.sum() < 0.95
    assert ratio.quantile(0.1) < 0.7
    assert (ratio > 1).sum() >= 3


def test_a_few_models_break_a_rule_that_warns_and_none_one_that_refuses(tables):
    book = model_book.book(tables["models"], tables["progress"], tables["submissions"])
    told = model_checks.findings(models.to_check(book, "2025Q2"))
    by_rule = Counter(it.rule.key for it in told if it.rule.severity == "warning")
    assert [it for it in told if it.rule.severity == "error"] == []
    assert {"within_programme", "approved_signed_started", "eligible_share"} <= set(by_rule)
    assert by_rule["chain_ceiling"] >= 1
    assert by_rule.total() <= 0.05 * len(tables["models"]), by_rule


def test_the_order_of_a_few_models_dates_cannot_be_judged(tables):
    book = model_book.book(tables["models"], tables["progress"], tables["submissions"])
    order = model_checks.verdicts(models.to_check(book, "2025Q2"))["community_order"]
    approved = tables["models"]["approval_date"] < "2025-01-01"
    assert 1 <= (order[approved] == "unknown").sum() <= 0.02 * len(order)


def test_every_province_owes_a_report_each_quarter_and_some_are_late_or_missing(tables):
    sent = tables["submissions"]
    missing = sent["received_date"].isna()
    by_year = missing.groupby(sent["quarter"].str[:4]).mean()
    assert len(sent) == 63 * 14
    assert (sent["due_date"] == sent["quarter"].map(periods.due).astype("datetime64[ms]")).all()
    assert (sent["received_date"] <= sent["due_date"]).mean() == pytest.approx(0.75, abs=0.03)
    assert (sent["received_date"] > sent["due_date"]).mean() == pytest.approx(0.15, abs=0.03)
    assert by_year["2022"] > 2 * by_year["2024"]
    assert (missing.groupby(sent["province"]).sum() > 0).sum() > 30


def test_five_provinces_miss_2024q3_and_never_those_the_examples_use(tables):
    received = tables["submissions"].dropna(subset="received_date")
    by_quarter = received.groupby("quarter")["province"].agg(set)
    assert len(by_quarter["2024Q3"]) == len(by_quarter["2025Q2"]) == 58
    assert by_quarter["2024Q3"] != by_quarter["2025Q2"]
    assert all({"02", "83"} <= by_quarter[q] for q in ("2024Q3", "2024Q4", "2025Q2"))


def test_a_missing_report_brings_no_progress(work, tables):
    received = tables["submissions"].dropna(subset="received_date")
    sent = set(zip(received["province"], received["quarter"], strict=True))
    assert set(zip(work["province"], work["quarter"], strict=True)) <= sent


def test_disbursements_reach_to_the_newest_report_which_makes_up_for_missed_ones(tables):
    received = tables["submissions"].dropna(subset="received_date")
    newest = received.groupby("province")["quarter"].max()
    months = tables["disbursements"].groupby("province")["month"].max()
    quarter = months.str[:4] + "Q" + ((months.str[5:].astype(int) + 2) // 3).astype(str)
    assert quarter.equals(newest.rename("month"))


def test_a_reported_month_has_a_row_for_every_line_with_a_plan(tables):
    plan = tables["funding"].query("year == 2024 and assigned + carried_over > 0")
    rows = tables["disbursements"].query("year == 2024 and month == '2024-09'")
    sent = tables["submissions"].query("quarter >= '2024Q3'").dropna(subset="received_date")
    expected = plan[plan["province"].isin(sent["province"])]
    assert rows[LINE].reset_index(drop=True).equals(expected[LINE].reset_index(drop=True))


def test_money_spent_stays_within_money_allocated_and_planned(tables):
    spent = tables["disbursements"].groupby(LINE)["disbursed"].sum()
    lines = tables["funding"].join(spent, on=LINE).fillna({"disbursed": 0})
    assert (lines["allocated"] <= lines["assigned"] + lines["carried_over"]).all()
    assert (lines["disbursed"] <= lines["allocated"]).all()


def test_carried_over_is_most_of_the_central_money_that_last_year_left(tables):
    funding = tables["funding"]
    assert (funding.query("year == 2022 or source != 'trung_uong'")["carried_over"] == 0).all()
    for year in (2022, 2023, 2024):
        lines = closing(tables, year, f"{year + 1}-01").query("source == 'trung_uong'")
        left = (lines["plan"] - lines["disbursed"]).set_axis(
            pd.MultiIndex.from_frame(lines[["province", "kind"]])
        )
        after = funding.query("source == 'trung_uong' and year == @year + 1")
        carried = after.set_index(["province", "kind"])["carried_over"].loc[left.index]
        part = carried[left > 10**8] / left[left > 10**8]
        assert part.between(0.58, 0.95).all()


def test_rich_provinces_have_no_central_money_and_poor_ones_the_most(tables):
    plan = tables["funding"].pivot_table("assigned", "province", "source", "sum")
    assert (plan["trung_uong"] == 0).sum() == 5
    assert plan["trung_uong"].loc[["02", "04", "40"]].min() > 8 * plan["dia_phuong"]["79"]


@pytest.mark.parametrize(
    ("month", "low", "high"),
    [("03", 0.02, 0.12), ("06", 0.15, 0.30), ("08", 0.20, 0.60), ("11", 0.40, 0.75)],
)
def test_disbursement_climbs_as_in_real_years(tables, month, low, high):
    for year in (2023, 2024):
        assert low < national_share(tables, year, f"{year}-{month}") < high


def test_2022_was_slow_later_years_better_investment_ahead(tables):
    shares = {
        (year, kind): national_share(tables, year, f"{year + 1}-01", kind)
        for year in (2022, 2023, 2024)
        for kind in codes.KINDS
    }
    assert shares[2022, "su_nghiep"] < 0.35
    for kind in codes.KINDS:
        assert shares[2022, kind] < shares[2023, kind] < shares[2024, kind]
    assert all(shares[year, "dau_tu"] > shares[year, "su_nghiep"] for year in (2022, 2023, 2024))


def test_the_models_are_a_plausible_part_of_the_recurrent_money(tables):
    plan = tables["funding"].query("kind == 'su_nghiep' and source != 'khac'")["assigned"].sum()
    assert 0.55 < tables["models"][STATE].sum().sum() / plan < 0.75


def test_questions_cite_a_document_only_beside_an_answer(tables):
    asked = tables["questions"]
    answered = asked["status"] == "da_tra_loi"
    assert 50 <= len(asked) <= 70
    assert (asked["answer"].notna() == answered).all()
    assert asked.loc[~answered, ["legal_reference", "answered_date"]].isna().all(axis=None)
    assert set(asked["session"].dropna()) <= set(tables["trainings"]["session"])
    assert (asked["answered_date"].dropna() >= asked["asked_date"][answered]).all()


def test_the_training_of_march_2024_is_public_data_and_not_drawn(tables):
    assert "2024-03-19" not in tables["trainings"]["date"].dt.strftime("%Y-%m-%d").tolist()
    assert (tables["attendance"]["leaders"] <= tables["attendance"]["delegates"]).all()


def test_the_findings_are_those_of_the_checks_and_no_report_is_refused(tables):
    findings, sent = tables["findings"], tables["submissions"]
    again = checks.findings_of_tables(tables, "2024Q3")
    told = findings[findings["quarter"] == "2024Q3"].reset_index(drop=True)
    pd.testing.assert_frame_equal(again, told)
    assert set(findings["severity"]) == {"warn"}
    assert set(findings["rule"]) <= set(checks.RULES)
    assert (sent["errors"] == 0).all()
    counts = findings.groupby(["province", "quarter"]).size()
    held = sent.set_index(["province", "quarter"])["warnings"]
    assert held[held > 0].equals(counts.sort_index().rename("warnings"))
    received = sent[sent["received_date"].notna()].set_index(["province", "quarter"]).index
    assert counts.index.isin(received).all()
    assert 0.1 < (held[received] > 0).mean() < 0.6
