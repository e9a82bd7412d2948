"""Illustrative models: where, in which form, who leads, how big, when, and in which words.

Each step adds columns to a frame of one row per model and reads those of the steps before it.
A few rows in a hundred break a rule on purpose, so that the checks have something to find; none
breaks a rule of grade A, since such a workbook would be refused.
"""

import sqlite3
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pandas as pd

from data import demo_shapes as shapes
from data import demo_texts, periods, places
from data.demo_shapes import Draw, Ints

_ZONES = ("trung-du", "dong-bang-song-hong", "bac-trung-bo", "tay-nguyen", "")
_DRY_ZONE, _DRY = 5, ("58", "60")
_END = np.datetime64(shapes.PROGRAMME_END, "D").astype(int)
_POOR_DISTRICTS = Path(__file__).parent / "reference" / "poor_districts.csv"
_DATES = ("announced_date", "file_date", "appraised_date", "approval_date", "contract_date")


def draw_models(seed: int) -> pd.DataFrame:
    """The models in the columns of `schema.MODELS`, without their last stage."""
    draw = Draw(seed, 1)
    frame = _when(draw)
    for step in (_where, _form, _activity, _lead, _people, _budget, _dates, _wording):
        frame = step(draw, frame)
    return frame.assign(programme="gnbv", project="du_an_2")


def _when(draw: Draw) -> pd.DataFrame:
    """One row per model, in the order of approval (`approved`, days since 1970) by province."""
    weights = np.array([weight for weight, _ in shapes.PROVINCES.values()])
    counts = np.maximum(2, weights * draw.ints(92, 112, len(weights)) // 100)
    province = np.repeat(list(shapes.PROVINCES), counts)
    quarter = draw.pick(shapes.APPROVALS, len(province))
    starts = [
        f"{periods.months(periods.shift(shapes.FIRST_QUARTER, q))[0]}-01"
        for q in range(len(shapes.APPROVALS))
    ]
    first = np.array(starts, "datetime64[D]").astype(np.int64)
    approved = first[quarter] + draw.ints(0, 89, len(province))
    frame = pd.DataFrame({"province": province, "approved": approved})
    frame = frame.sort_values(["province", "approved"], ignore_index=True)
    year = _day(frame["approved"].to_numpy()).dt.year.astype(str)
    number = frame.groupby([frame["province"], year]).cumcount() + 1
    ids = frame["province"] + "-" + year + "-" + number.astype(str).str.zfill(3)
    return frame.assign(model_id=ids)


def _where(draw: Draw, frame: pd.DataFrame) -> pd.DataFrame:
    communes = _communes(draw)
    rows: list[int] = []
    for province, count in frame.groupby("province").size().items():
        here = communes[communes["province"] == province]
        rows.extend(here.index[draw.pick(here["weight"].tolist(), int(count))])
    chosen = communes.drop(columns=["province", "weight"]).loc[rows].reset_index(drop=True)
    # Some models span several communes: their place is the district.
    chosen.loc[draw.chance(50, len(frame)), ["commune", "commune_name"]] = None
    return pd.concat([frame, chosen], axis=1)


def _communes(draw: Draw) -> pd.DataFrame:
    """The rural communes with their kind of area and their chance (`weight`) to have a model."""
    table = _admin_units()
    poor = table["district"].isin(_poor_districts())
    coastal = table["commune"].isin(shapes.COASTAL_COMMUNES)
    minority = table["province"].map({p: share for p, (_, share) in shapes.PROVINCES.items()})
    hard = poor | coastal | draw.chance(np.asarray(minority, np.int64) * 5, len(table))
    half = draw.chance(600, len(table))
    return table.assign(
        weight=np.select([poor, coastal], [5, 8], 2),
        priority_area=np.select([poor, coastal], ["huyen_ngheo", "xa_bai_ngang"], "khong"),
        area_kind=np.select([hard, half], ["dbkk", "kho_khan"], "khac"),
    )


def _admin_units() -> pd.DataFrame:
    # Needed to publish (see `model_places`) and to rebuild the demo, not to show a snapshot.
    query = """SELECT provinceCode AS province, districtCode AS district,
        district AS district_name, wardCode AS commune, ward AS commune_name
        FROM admin_units_legacy WHERE wardType = 'Xã' ORDER BY wardCode"""
    with as_file(files("vietnamadminunits") / "data" / "dataset.db") as path:
        connection = sqlite3.connect(path)
        try:
            return pd.read_sql(query, connection)
        finally:
            connection.close()


def _poor_districts() -> pd.Series:
    return pd.read_csv(_POOR_DISTRICTS, dtype="str")["district_code"]


def _form(draw: Draw, frame: pd.DataFrame) -> pd.DataFrame:
    """Forms; a model of a form that its province does not have is a community's."""
    absent = {
        name: draw.chance(per_mille, len(shapes.PROVINCES))
        for name, per_mille in shapes.FORM_ABSENT.items()
    }
    form = draw.choice(shapes.FORM_WEIGHTS, len(frame))
    order = pd.Index(shapes.PROVINCES).get_indexer(pd.Index(frame["province"]))
    for name in absent:
        form = np.where((form == name) & absent[name][order], "cong_dong", form)
    return frame.assign(form=form)


def _activity(draw: Draw, frame: pd.DataFrame) -> pd.DataFrame:
    region = frame["province"].map(places.provinces()["region"])
    zone = region.map(lambda slug: next(i for i, z in enumerate(_ZONES) if slug.startswith(z)))
    zone = zone.mask(frame["province"].isin(_DRY), _DRY_ZONE)
    activity = np.zeros(len(frame), np.int64)
    for number in range(_DRY_ZONE + 1):
        weights = [row.zones[number] for row in demo_texts.ACTIVITIES]
        activity = np.where(zone == number, draw.pick(weights, len(frame)), activity)
    sectors = np.array([row.sector for row in demo_texts.ACTIVITIES])
    return frame.assign(activity=activity, sector=sectors[activity])


def _lead(draw: Draw, frame: pd.DataFrame) -> pd.DataFrame:
    form = frame["form"]
    leads = [draw.choice(shapes.LEADS[name], len(frame)) for name in shapes.LEADS]
    lead = np.select([form == name for name in shapes.LEADS], leads, "")
    union = lead == "hoi_lhpn"
    proposer = draw.choice(shapes.PROPOSERS, len(frame))
    proposer = np.where(union | (lead == "to_chuc_khac"), "to_chuc_ctxh", proposer)
    ground = np.where(union, "binh_dang_gioi", draw.choice(shapes.GROUNDS, len(frame)))
    return frame.assign(
        lead_kind=lead,
        proposer_kind=pd.Series(proposer).where(form == "cong_dong"),
        task_ground=pd.Series(ground).where(form == "nhiem_vu"),
        has_contract=np.where(
            form == "chuoi_gia_tri", draw.chance(975, len(frame)), draw.chance(150, len(frame))
        ),
    )


def _people(draw: Draw, frame: pd.DataFrame) -> pd.DataFrame:
    n = len(frame)
    small, large = draw.spread(shapes.HOUSEHOLDS, n), draw.spread(shapes.HOUSEHOLDS_LARGE, n)
    households = np.where(frame["form"] == "cong_dong", small, large)
    people = households * draw.ints(100, 190, n) // 100
    eligible = np.where(draw.chance(4, n), 45, draw.ints(84, 100, n))
    return frame.assign(
        households_planned=households,
        participants_planned=people,
        eligible_planned=people * eligible // 100,
        priority_planned=people * np.minimum(eligible, draw.ints(66, 98, n)) // 100,
    )


def _budget(draw: Draw, frame: pd.DataFrame) -> pd.DataFrame:
    """Money by source; the State's part stays under the ceiling of the form, but for a few of
    those that no community proposes."""
    n, households = len(frame), frame["households_planned"].to_numpy()
    ceiling = np.array(
        [shapes.CEILINGS[f][a] for f, a in zip(frame["form"], frame["area_kind"], strict=True)]
    )
    above = draw.chance(15, n) & (frame["form"] != "cong_dong") & (ceiling < 950)
    share = np.where(above, ceiling + draw.ints(20, 50, n), ceiling - draw.ints(5, 120, n))
    each_small = draw.spread(shapes.TOTAL, n) * share // households
    each_large = draw.spread(shapes.SUPPORT_LARGE, n) * 1000
    each = np.where(frame["form"] == "cong_dong", each_small, each_large)
    state = households * (each.clip(*shapes.SUPPORT_LIMITS) + draw.ints(0, 10, n) * 100)
    central = state * _central_share(draw, frame["province"]) // 100
    direct = state * np.where(draw.chance(20, n), 62, draw.ints(71, 92, n)) // 100
    task, chain = frame["form"] == "nhiem_vu", frame["form"] == "chuoi_gia_tri"
    return frame.assign(
        budget_trung_uong=central * 1000,
        budget_dia_phuong=(state - central) * 1000,
        budget_khac=(state * 1000 // share - state) * 1000,
        direct_spending=pd.Series(direct * 1000, dtype="Int64").where(task),
        jobs_planned=pd.Series(households * 3 // 2, dtype="Int64").where(chain),
        income_rise=pd.Series(draw.ints(10, 40, n) / 100).where(chain & draw.chance(980, n)),
    )


def _central_share(draw: Draw, province: pd.Series) -> Ints:
    """Percent of the State's money that is central: none in the richest, most in the poorest."""
    drawn = {
        code: 0 if code in shapes.SELF_FUNDED else int(share) + min(25, weight) * 2 // 5
        for (code, (weight, _)), share in zip(
            shapes.PROVINCES.items(), draw.ints(70, 86, len(shapes.PROVINCES)), strict=True
        )
    }
    return np.asarray(province.map(drawn), np.int64)


def _dates(draw: Draw, frame: pd.DataFrame) -> pd.DataFrame:
    n, approved = len(frame), frame["approved"].to_numpy()
    appraised = approved - draw.ints(7, 20, n)
    file = appraised - draw.ints(10, 25, n)
    announced = file - draw.ints(20, 45, n)
    contract = approved + draw.ints(5, 30, n)
    start = contract + draw.ints(3, 40, n)
    no_file = draw.chance(4, n)
    start = np.where(draw.chance(7, n), approved - draw.ints(3, 15, n), start)
    start = np.where(draw.chance(3, n), approved - 12, start)
    months = np.array(list(shapes.MONTHS))[draw.pick(list(shapes.MONTHS.values()), n)]
    late = np.where(draw.chance(14, n), _END + draw.ints(30, 180, n), _END)
    end = np.where(late > _END, late, np.minimum(start + months * 365 // 12, _END))
    days = (announced, file, appraised, approved, contract)
    known = {
        name: _day(day).where(_day(day) <= pd.Timestamp(shapes.DATA_END))
        for name, day in zip(_DATES, days, strict=True)
    }
    known["announced_date"] = known["announced_date"].where(frame["form"] == "cong_dong")
    # The order of a few models' dates cannot be judged: one of them was not reported.
    known["file_date"] = known["file_date"].mask(no_file & (frame["form"] == "cong_dong"))
    return frame.assign(planned_start=_day(start), planned_end=_day(end), **known)


def _wording(draw: Draw, frame: pd.DataFrame) -> pd.DataFrame:
    n = len(frame)
    frame = frame.assign(
        number=draw.ints(40, 4900, n),
        partner=draw.ints(0, len(demo_texts.COORDINATORS) - 1, n),
        aim=draw.ints(0, len(demo_texts.OBJECTIVES) - 1, n),
        rise=draw.ints(2, 6, n) * 5,
        rank=draw.ints(0, shapes.FULL - 1, n),
    )
    words = [demo_texts.model_texts(row) for row in frame.to_dict("records")]
    frame = frame.assign(**pd.DataFrame(words, index=frame.index))
    number = (frame["number"].astype(str) + "/QĐ-UBND").where(frame["approval_date"].notna())
    return frame.assign(approval_no=number)


def _day(days: Ints) -> pd.Series:
    """Days since 1970 as dates."""
    return pd.Series(days.astype("datetime64[D]").astype("datetime64[ms]"))
