"""How the cubes are summed, as Ibis expressions.

A register's own database runs them: DuckDB, PostgreSQL, Trino or Spark. For workbooks, whose tables
are in memory, `data/cube_sql.py` runs the SQL that Ibis makes of them. `data/cubes.py` says what
the cubes hold. Screens import that one only: Ibis is for registers.
"""

from collections.abc import Iterable, Mapping
from functools import reduce

import ibis
import pyarrow as arrow
from ibis import _
from ibis.expr.types import IntegerValue, Table, Value

from data import codes, places
from data.codes import ALL
from data.cubes import FUNDING, KEYS, MODEL_COUNTS, MODEL_MONEY, PLAN, REPORTS, in_order

_OF_MODELS = ("province", "form", "approval_date", "planned_start", "households_planned")
_OF_PROGRESS = (
    *("quarter", "stage", "planned", "actual", "poor", "near_poor", "newly_escaped"),
    *("women_headed", "women", "ethnic_minority", "households_out"),
)
"""Columns that the cubes need, besides the money of each source."""


def compute(connection: ibis.BaseBackend, tables: Mapping[str, Table]) -> dict[str, arrow.Table]:
    """Both cubes of tables in a database, computed there, sorted here by their keys.

    `tables` have the types of `data.schema`.
    """
    return {
        name: in_order(name, connection.to_pyarrow(cube)) for name, cube in cubes(tables).items()
    }


def cubes(tables: Mapping[str, Table]) -> dict[str, Table]:
    """The expressions of both cubes, by name."""
    made = (province_quarter(tables), province_month(tables))
    return dict(zip(KEYS, made, strict=True))


def province_quarter(tables: Mapping[str, Table]) -> Table:
    """One row per province, quarter, form and source, reported or not."""
    keys = list(KEYS["province_quarter"])
    reported = _reported(tables["submissions"])
    grid = reported.cross_join(_members("form", codes.FORMS)).cross_join(
        _members("source", codes.SOURCES)
    )
    work = _sum(
        _with_all(_by_source(_model_quarters(tables)), "form"), keys, MODEL_COUNTS + MODEL_MONEY
    )
    money = _funding_quarters(tables, reported)
    cube = _add(_add(grid, work, keys), money, keys)
    return cube.select(
        *keys,
        *[_whole(_if_reported(_[name])).name(name) for name in MODEL_COUNTS + MODEL_MONEY],
        *[_whole(_every_form(_[name].coalesce(0))).name(name) for name in PLAN],
        *[_whole(_every_form(_if_known(_[name]))).name(name) for name in FUNDING],
        *[_whole(_[name]).name(name) for name in REPORTS],
    )


def province_month(tables: Mapping[str, Table]) -> Table:
    """One row per province, budget year, month (to January of the next year), source and kind.

    The sum to date is unknown as long as a month before is missing.
    """
    keys = list(KEYS["province_month"])
    plan_keys = ["province", "year", "source", "kind"]
    plan = _sum(_with_all(_with_all(tables["funding"], "source"), "kind"), plan_keys, PLAN)
    months = tables["disbursements"].select("year", "month").distinct()
    spent = _with_all(_with_all(tables["disbursements"], "source"), "kind")
    spent = _sum(spent, keys, ("disbursed",))
    grid = plan.join(months, "year")
    cube = _add(grid, spent, keys)
    to_date = ibis.cumulative_window(group_by=plan_keys, order_by="month")
    cube = cube.mutate(disbursed_ytd=_.disbursed.sum().over(to_date))
    reported = _reported(tables["submissions"]).select("province", "quarter", "reports")
    cube = _add(cube.mutate(quarter=_quarter_of(_.month)), reported, ["province", "quarter"])
    told = tables["disbursements"].select("province", "year", "month").distinct().mutate(told=1)
    cube = _add(cube, told, ["province", "year", "month"])
    cube = cube.mutate(told=_.told.sum().over(to_date), months=_.count().over(to_date))
    whole = (_.told == _.months) | (_.assigned + _.carried_over == 0)
    known = (_.reports.coalesce(0) > 0) & whole
    return cube.select(
        *keys,
        *[_whole(_[name]).name(name) for name in PLAN],
        _whole(_.disbursed).name("disbursed"),
        _whole(ibis.ifelse(known, _.disbursed_ytd.coalesce(0), ibis.null())).name("disbursed_ytd"),
    )


def _model_quarters(tables: Mapping[str, Table]) -> Table:
    """Reported rows of models that are approved and not cancelled, with their sums' terms."""
    models = tables["models"].select("model_id", *_OF_MODELS, *codes.by_source("budget"))
    rows = tables["progress"].select("model_id", *_OF_PROGRESS, *codes.by_source("spent"))
    rows = rows.join(models, "model_id").mutate(quarter_end=_end_of(_.quarter))
    rows = rows.filter(rows.stage != codes.CANCELLED, rows.approval_date <= rows.quarter_end)
    due = rows.planned_start <= rows.quarter_end
    return rows.mutate(
        models=ibis.literal(1),
        models_started=_one_if(rows.stage.isin(codes.STARTED_STAGES)),
        models_due=_one_if(due),
        models_suspended=_one_if(rows.stage == "tam_dung"),
        households=rows.poor + rows.near_poor + rows.newly_escaped,
        households_planned=ibis.ifelse(due, rows.households_planned, 0),
    )


def _by_source(rows: Table) -> Table:
    """Each model's row once for all its money, and once for each source it has money from."""
    rows = rows.cross_join(_members("source", codes.SOURCES))
    rows = rows.mutate(budget=_of_source(rows, "budget"), spent=_of_source(rows, "spent"))
    rows = rows.filter((rows.source == ALL) | (rows.budget > 0))
    # Rounded half up by hand: engines disagree on what round() does with halves.
    return rows.mutate(
        planned_value=(rows.budget * rows.planned + 0.5).floor().cast("int64"),
        earned_value=(rows.budget * rows.actual + 0.5).floor().cast("int64"),
    ).select("province", "quarter", "form", "source", *MODEL_COUNTS, *MODEL_MONEY)


def _of_source(rows: Table, prefix: str) -> Value:
    """The amount of the row's own source; of all of them, their sum."""
    amounts = [(key, rows[f"{prefix}_{key}"]) for key in codes.SOURCES]
    return rows.source.cases(*amounts, else_=sum_of(rows, prefix))


def sum_of(rows: Table, prefix: str) -> IntegerValue:
    """The sum over the capital sources of the columns `<prefix>_<source>`."""
    return reduce(
        lambda left, right: left + right, [rows[name] for name in codes.by_source(prefix)]
    )


def _funding_quarters(tables: Mapping[str, Table], reported: Table) -> Table:
    """The plan of the quarter's year, and what was disbursed of it up to the quarter's end.

    What was disbursed is unknown as long as a month of the year is missing.
    """
    keys = ["province", "quarter", "source"]
    quarters = reported.select("province", "quarter").mutate(year=_.quarter.left(4).cast("int64"))
    plan = _sum(
        quarters.join(_with_all(tables["funding"], "source"), ["province", "year"]), keys, PLAN
    )
    rows = quarters.join(_with_all(tables["disbursements"], "source"), ["province", "year"])
    rows = rows.filter(_.month <= _last_month_of(_.quarter)).rename(disbursed_ytd="disbursed")
    spent = _sum(rows, keys, ("disbursed_ytd",))
    months = rows.group_by("province", "quarter").agg(months=_.month.nunique())
    money = _add(_add(plan, spent, keys), months, ["province", "quarter"])
    planned = money.assigned + money.carried_over
    whole = (money.months == 3 * _number_of(money.quarter)) | (planned == 0)
    money = money.mutate(form=ibis.literal(ALL), plan_reported=planned)
    return money.mutate(unknown=~whole.coalesce(False)).drop("months")


def _reported(submissions: Table) -> Table:
    """One row per province and quarter: was its report due, received, received in time.

    A province without a row for a quarter that others have has not reported it.
    """
    provinces = _values("province", places.provinces().index)
    grid = provinces.cross_join(submissions.select("quarter").distinct())
    sent = submissions.select("province", "quarter", "received_date", "due_date")
    rows = _add(grid, sent, ["province", "quarter"])
    received = rows.received_date.notnull()
    in_time = received & (rows.received_date <= rows.due_date)
    return rows.select(
        "province",
        "quarter",
        reports=_one_if(received),
        reports_due=ibis.literal(1).cast("int64"),
        reports_in_time=_one_if(in_time.coalesce(False)),
    )


def _members(column: str, allowed: codes.CodeList) -> Table:
    return _values(column, [ALL, *allowed])


def _values(column: str, values: Iterable[str]) -> Table:
    """A table of one column that lives in the query alone: nothing is written to a database."""
    return ibis.array(list(values)).unnest().name(column).as_table()


def _with_all(rows: Table, column: str) -> Table:
    """The rows, and the same rows again under the member that stands for all."""
    members = ibis.array([ibis.literal(ALL, rows[column].type()), rows[column]])
    return rows.mutate(**{column: members.unnest()})


def _add(left: Table, right: Table, keys: list[str]) -> Table:
    """The columns of `right` beside the rows of `left`, NULL where there is none."""
    joined = left.left_join(right, keys)
    again = {f"{key}_right" for key in keys}
    # Not `drop`, which writes the names in another order each time.
    return joined.select([name for name in joined.columns if name not in again])


def _sum(rows: Table, keys: list[str], columns: tuple[str, ...]) -> Table:
    return rows.group_by(keys).agg(**{name: _whole(rows[name].sum()) for name in columns})


def _whole(value: Value) -> Value:
    return value.cast("int64")


def _one_if(true: Value) -> Value:
    """1 or 0: PostgreSQL does not cast a truth value to a long integer."""
    return _whole(ibis.ifelse(true, 1, 0))


def _if_reported(value: Value) -> Value:
    return ibis.ifelse(_.reports > 0, value.coalesce(0), ibis.null())


def _if_known(value: Value) -> Value:
    return ibis.ifelse(_.unknown.coalesce(False), ibis.null(), _if_reported(value))


def _every_form(value: Value) -> Value:
    """The province's money is not split by form: it stands at the member for all forms only."""
    return ibis.ifelse(_.form == ALL, value, ibis.null())


def _end_of(quarter: Value) -> Value:
    """The last day of a quarter column, as a date."""
    first = (_last_month_of(quarter) + "-01").cast("date")
    return first + ibis.interval(months=1) - ibis.interval(days=1)


def _last_month_of(quarter: Value) -> Value:
    return quarter.left(4) + "-" + ("0" + (_number_of(quarter) * 3).cast("string")).right(2)


def _number_of(quarter: Value) -> Value:
    return quarter.right(1).cast("int64")


def _quarter_of(month: Value) -> Value:
    number = (month.right(2).cast("int64") + 2) // 3
    return month.left(4) + "Q" + number.cast("string")
