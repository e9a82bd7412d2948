"""Shapes of the illustrative data: how many, how big, how fast; and how they are drawn.

The shapes follow the public figures quoted in the project's domain notes. Everything is drawn
with whole numbers, so that every machine gets the same rows. Units stand beside each table:
money in million or thousand đồng, shares in percent or per mille.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]

FULL = 10_000
"""A whole, in the ten-thousandths that rates are computed in."""


class Draw:
    """Random columns; each table draws from a stream of its own, so it can change alone."""

    def __init__(self, seed: int, stream: int) -> None:
        self._numbers = np.random.Generator(np.random.PCG64([seed, stream]))

    def ints(self, low: Ints | int, high: Ints | int, size: int) -> Ints:
        """Whole numbers from `low` to `high`, both included."""
        return self._numbers.integers(low, high, size, dtype=np.int64, endpoint=True)

    def chance(self, per_mille: Ints | int, size: int) -> Bools:
        return np.less(self.ints(0, 999, size), per_mille)

    def pick(self, weights: Sequence[int], size: int) -> Ints:
        """Positions in `weights`, each as often as its weight says."""
        edges = np.cumsum(weights)
        return np.searchsorted(edges, self.ints(0, edges[-1] - 1, size), side="right")

    def choice(self, weights: Mapping[str, int], size: int) -> Texts:
        """Keys of `weights`, each as often as its weight says."""
        return np.array(list(weights))[self.pick(list(weights.values()), size)]

    def spread(self, quantiles: Sequence[int], size: int) -> Ints:
        """Values of a distribution given by evenly spaced quantiles, smallest to largest."""
        return quantile(quantiles, self.ints(0, FULL - 1, size))


def quantile(quantiles: Sequence[int], rank: Ints) -> Ints:
    """The value at `rank` (0 to FULL - 1) of a table of evenly spaced quantiles."""
    table = np.array(quantiles)
    step, rest = np.divmod(rank * (len(table) - 1), FULL)
    return np.asarray((table[step] * (FULL - rest) + table[step + 1] * rest) // FULL, np.int64)


FIRST_QUARTER, LAST_QUARTER = "2022Q1", "2025Q2"
DATA_END = date(2025, 6, 30)
PROGRAMME_END = date(2025, 12, 31)

# GSO code → models, and ethnic-minority people per 100 taking part: many models where poverty is.
PROVINCES: dict[str, tuple[int, int]] = {
    **{"01": (6, 5), "02": (58, 92), "04": (52, 95), "06": (33, 88), "08": (35, 75)},
    **{"10": (48, 86), "11": (47, 90), "12": (43, 92), "14": (46, 88), "15": (39, 80)},
    **{"17": (30, 78), "19": (25, 55), "20": (37, 90), "22": (6, 45), "24": (25, 50)},
    **{"25": (24, 40), "26": (8, 12), "27": (4, 0), "30": (10, 1), "31": (5, 0), "33": (8, 0)},
    **{"34": (12, 0), "35": (8, 0), "36": (12, 0), "37": (10, 6), "38": (68, 60), "40": (56, 62)},
    **{"42": (28, 4), "44": (27, 25), "45": (33, 55), "46": (24, 35), "48": (3, 6)},
    **{"49": (52, 60), "51": (39, 60), "52": (30, 30), "54": (20, 35), "56": (16, 50)},
    **{"58": (28, 70), "60": (14, 30), "62": (35, 85), "64": (39, 80), "66": (41, 70)},
    **{"67": (31, 62), "68": (16, 55), "70": (14, 50), "72": (10, 6), "74": (3, 2), "75": (6, 15)},
    **{"77": (5, 5), "79": (4, 2), "80": (14, 1), "82": (16, 0), "83": (24, 1), "84": (24, 58)},
    **{"86": (14, 10), "87": (20, 0), "89": (28, 30), "91": (18, 22), "92": (6, 8), "93": (16, 10)},
    **{"94": (30, 52), "95": (16, 25), "96": (18, 10)},
}
SELF_FUNDED = {"01", "27", "74", "77", "79"}
"""Provinces without money from the central budget."""

# Quyết định 353/QĐ-TTg as read in secondary public pages (`reference/poor_coastal_communes.csv`):
# the communes that still had a code, 16 of the list's 54.
_COASTAL_COMMUNES = (
    "16090 16657 16660 19135 19255 19306 19519 19684 19741 19837 19921 19954 20122 20134 20137 "
    "22519"
)
COASTAL_COMMUNES = frozenset(_COASTAL_COMMUNES.split())

# Models approved in each quarter from 2022Q1; the last figure is of those still being prepared.
APPROVALS = (3, 12, 35, 105, 70, 110, 150, 190, 125, 160, 170, 150, 80, 60, 22)
PACE = (58, 74, 85, 91, 95, 99, 105, 122)
"""A province's speed on the ground, percent of the plan's speed."""

FORM_WEIGHTS = {"cong_dong": 772, "chuoi_gia_tri": 118, "nhiem_vu": 108, "dac_thu": 80}
FORM_ABSENT = {"cong_dong": 0, "chuoi_gia_tri": 120, "nhiem_vu": 110, "dac_thu": 700}
"""How many of 1.000 provinces have no model of the form."""

LEADS = {
    "cong_dong": {"cong_dong_dan_cu": 48, "hoi_lhpn": 28, "to_chuc_khac": 16, "co_quan": 8},
    "chuoi_gia_tri": {"hop_tac_xa": 55, "doanh_nghiep": 33, "lien_hiep_htx": 12},
    "nhiem_vu": {"co_quan": 44, "hoi_lhpn": 43, "to_chuc_khac": 13},
    "dac_thu": {"co_quan": 70, "to_chuc_khac": 15, "hoi_lhpn": 15},
}
PROPOSERS = {"nhom_ho": 45, "to_hop_tac": 22, "ban_phat_trien_thon": 23, "nguoi_uy_tin": 10}
GROUNDS = {"khong_to_chuc_duoc": 38, "yeu_the": 28, "thien_tai": 20, "cong_nghe_moi": 9}

HOUSEHOLDS = (8, 12, 15, 18, 22, 26, 50)
HOUSEHOLDS_LARGE = (12, 19, 25, 32, 40, 48, 60)
"""Households of a model; the large ones are those that no community proposes."""
TOTAL = (170, 225, 275, 320, 370, 430, 580)
"""Million đồng in all of a community's model."""
SUPPORT_LARGE = (18, 22, 27, 33, 45)
"""Million đồng of the State per household of the others."""
SUPPORT_LIMITS = (12_000, 44_000)
"""Thousand đồng of the State per household."""
CEILINGS = {
    "cong_dong": {"dbkk": 950, "kho_khan": 800, "khac": 600},
    "chuoi_gia_tri": {"dbkk": 800, "kho_khan": 700, "khac": 500},
    "nhiem_vu": {"dbkk": 1000, "kho_khan": 980, "khac": 950},
    "dac_thu": {"dbkk": 900, "kho_khan": 850, "khac": 800},
}
"""State money per 1.000 of the total, by form and kind of area."""
MONTHS = {18: 45, 24: 38, 36: 17}
POOR = 54
"""Poor households of 100 that take part; 31 are near-poor, 15 newly escaped."""

# Provinces (of 63) whose report of the quarter is missing; others come late.
MISSING = (14, 12, 10, 9, 7, 6, 7, 4, 5, 4, 5, 3, 4, 5)
LATE_PER_MILLE = 168
QUESTIONS = 60
MUST_REPORT = {"02": ("2024Q3", "2024Q4", "2025Q2"), "83": ("2024Q3", "2024Q4", "2025Q2")}

YEARS = (2022, 2023, 2024, 2025)
YEAR_WEIGHTS = {2022: 17, 2023: 28, 2024: 33, 2025: 22}
MODELS_IN_RECURRENT = (64, 68, 72, 76, 82)
"""Percent of the recurrent plan of four years that goes to the models."""
INVESTMENT = (22, 35, 45, 60)
"""Investment money for each 100 of recurrent money."""

# Percent of the year's money spent when its books close on 31 January, by quantile of provinces.
CLOSED = {
    (2022, "dau_tu"): (26, 44, 56, 66, 88),
    (2022, "su_nghiep"): (8, 14, 21, 30, 45),
    (2023, "dau_tu"): (58, 76, 84, 92, 101),
    (2023, "su_nghiep"): (38, 56, 67, 79, 95),
    (2024, "dau_tu"): (76, 88, 93, 97, 102),
    (2024, "su_nghiep"): (58, 74, 84, 91, 101),
    (2025, "dau_tu"): (70, 84, 90, 95, 101),
    (2025, "su_nghiep"): (40, 52, 62, 72, 90),
}
# Spent by the end of January … December and the next January, percent of what is spent at all.
CURVE_FIRST_YEAR = (0, 0, 1, 3, 5, 8, 13, 20, 28, 38, 54, 84, 100)
CURVE_EARLY = (1, 5, 12, 21, 32, 46, 57, 68, 76, 83, 90, 97, 100)
CURVE_LATE = (0, 1, 3, 5, 8, 12, 16, 22, 29, 37, 50, 84, 100)
