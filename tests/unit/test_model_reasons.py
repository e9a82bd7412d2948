"""Which models need attention: what plain SQL finds in the snapshot's files, for every filter."""

from pathlib import Path

import duckdb
import pytest

from data import model_checks, model_readers, models, periods, places, readers, snapshots
from data.codes import ALL
from data.model_rules import MODEL_RULES
from data.model_sums import Where

SNAPSHOT = readers.current().snapshot.id
COUNTRY = places.country().members
NEWEST = readers.quarters(SNAPSHOT)[-1]
STATE = "(budget_trung_uong + budget_dia_phuong)"
SHARE = f"{STATE} / ({STATE} + budget_khac) > 1e-9 + case area_kind"
LAW_DAY = "coalesce(approval_date, planned_start) between '{}' and '2025-12-31'"
BROKEN = {
    "chain_ceiling": f"form = 'chuoi_gia_tri' and {SHARE} "
    "when 'dbkk' then 0.8 when 'kho_khan' then 0.7 else 0.5 end",
    "community_ceiling": f"form = 'cong_dong' and {SHARE} "
    "when 'dbkk' then 0.95 when 'kho_khan' then 0.8 else 0.6 end",
    "task_direct": f"form = 'nhiem_vu' and direct_spending < 0.7 * {STATE}",
    "eligible_share": "eligible_planned < 0.5 * participants_planned",
    "chain_results": "form = 'chuoi_gia_tri' and (jobs_planned is null or income_rise is null "
    "or not has_contract)",
    "within_programme": "planned_end > '2025-12-31'",
    "approved_signed_started": "approval_date > planned_start or planned_start > planned_end "
    "or approval_date > planned_end",
}
HELD_FROM = dict.fromkeys(BROKEN, "2022-04-19") | {"community_ceiling": "2023-06-24"}
QUERY = """
with last as (select model_id, arg_max(stage, quarter) as reached from progress
    where quarter <= $quarter group by model_id)
select model_id from models left join last using (model_id)
where ({broken}) and {held} and list_contains($members, province)
    and ($form = 'tat_ca' or form = $form)
    and ($source = 'tat_ca' or case $source when 'trung_uong' then budget_trung_uong
        when 'dia_phuong' then budget_dia_phuong else budget_khac end > 0)
    and (approval_date is null or approval_date > $end or coalesce(reached, '') <> 'huy')
    and (approval_date <= $end or announced_date <= $end or file_date <= $end
        or appraised_date <= $end or reached is not null or $quarter = $newest)
"""
FILTERS = [
    Where(NEWEST, COUNTRY),
    Where("2024Q3", COUNTRY),
    Where("2024Q3", COUNTRY, "chuoi_gia_tri"),
    Where("2024Q4", COUNTRY, ALL, "khac"),
    Where("2023Q2", places.region("tay-nguyen").members),
    Where(NEWEST, places.province("ha-giang").members, "nhiem_vu"),
    Where("2022Q1", COUNTRY),
]


@pytest.fixture(scope="module")
def stored():
    """The snapshot's Parquet files as views of a bare DuckDB connection."""
    folder = Path(snapshots.configured_place()) / SNAPSHOT
    with duckdb.connect() as connection:
        for name in ("models", "progress"):
            connection.execute(f"create view {name} as select * from '{folder / name}.parquet'")
        yield connection


def by_sql(connection, rule: str, place: Where) -> set[str]:
    held = LAW_DAY.format(HELD_FROM[rule]) if MODEL_RULES[rule].document else "true"
    given = {
        "quarter": place.quarter,
        "end": periods.end(place.quarter),
        "members": list(place.members),
        "form": place.form,
        "source": place.source,
        "newest": NEWEST,
    }
    query = QUERY.format(broken=BROKEN[rule], held=held)
    return {row[0] for row in connection.execute(query, given).fetchall()}


def found(place: Where) -> dict[str, set[str]]:
    ids = model_readers.book(SNAPSHOT).models["model_id"]
    failures = model_readers.reasons(SNAPSHOT, place).failures
    return {it.rule.key: set(ids.iloc[it.rows]) for it in failures}


@pytest.mark.parametrize(
    "place", FILTERS, ids=lambda it: f"{it.quarter}-{len(it.members)}-{it.form}-{it.source}"
)
def test_the_models_of_each_reason_are_those_that_plain_sql_finds(stored, place):
    shown = found(place)
    for rule in BROKEN:
        assert shown.get(rule, set()) == by_sql(stored, rule, place), rule
    everyone = set().union(*shown.values()) if shown else set()
    assert model_readers.reasons(SNAPSHOT, place).models == len(everyone)


def test_some_filter_finds_something_and_the_first_quarter_nothing():
    assert sum(map(len, found(FILTERS[0]).values())) > 20
    assert found(FILTERS[-1]) == {}


def test_a_note_is_nobodys_concern():
    frame = models.to_check(model_readers.book(SNAPSHOT), NEWEST)
    assert (model_checks.verdicts(frame)["priority_share"] == "not_met").any()
    assert "priority_share" not in found(Where(NEWEST, COUNTRY))


def test_a_failure_says_of_each_model_what_its_page_says():
    book = model_readers.book(SNAPSHOT)
    for failure in model_readers.reasons(SNAPSHOT, Where("2024Q3", COUNTRY)).failures:
        for place, row in list(enumerate(failure.rows))[:3]:
            told = model_checks.checks(models.to_check(book, "2024Q3", int(row)))
            check = next(it for it in told if it.rule.key == failure.rule.key)
            assert (check.verdict, check.said) == ("not_met", failure.said(place))


def test_the_furthest_beyond_its_threshold_comes_first():
    for failure in model_readers.reasons(SNAPSHOT, Where(NEWEST, COUNTRY)).failures:
        if failure.rule.key in ("chain_ceiling", "eligible_share"):
            beyond = [
                abs(it - most) for it, most in zip(failure.values, failure.limits, strict=True)
            ]
            assert beyond == sorted(beyond, reverse=True)
        if failure.rule.key == "within_programme":
            assert list(failure.values) == sorted(failure.values, reverse=True)


def test_rules_of_the_model_alone_say_the_same_whatever_the_quarter():
    """They are looked at once for a snapshot: none of them may read a quarter's report."""
    book = model_readers.book(SNAPSHOT)
    early, late = (model_checks.verdicts(models.to_check(book, it)) for it in ("2023Q1", NEWEST))
    for key, rule in MODEL_RULES.items():
        if not model_checks.of_reports(rule):
            assert (early[key] == late[key]).all(), key
    assert (early["actual_in_range"] != late["actual_in_range"]).any()
