"""Who reported, in time or late: told from the table of submissions alone."""

from datetime import date

import pandas as pd

from data import places, reporting

TODAY = date(2025, 7, 20)


def submissions(*rows: tuple[str, str, str, str | None, int]) -> pd.DataFrame:
    frame = pd.DataFrame(
        rows, columns=["province", "quarter", "due_date", "received_date", "warnings"]
    )
    dates = {name: pd.to_datetime(frame[name]) for name in ("due_date", "received_date")}
    return frame.assign(**dates)


SENT = submissions(
    ("83", "2025Q1", "2025-04-10", "2025-04-10", 0),
    ("83", "2025Q2", "2025-07-10", "2025-07-15", 3),
    ("84", "2025Q2", "2025-07-10", None, 0),
)


def test_a_report_on_the_last_day_is_in_time_and_five_days_after_it_late():
    standing = reporting.standing(SENT, TODAY)
    assert standing.loc[("83", "2025Q1"), "state"] == "dung_han"
    assert standing.loc[("83", "2025Q2"), ["state", "days"]].tolist() == ["muon", 5]


def test_a_missing_report_has_no_number_of_findings_rather_than_none():
    standing = reporting.standing(SENT, TODAY)
    assert standing.loc[("84", "2025Q2"), "state"] == "chua_gui"
    assert pd.isna(standing.loc[("84", "2025Q2"), "warnings"])


def test_every_province_has_a_row_and_one_without_a_submission_is_missing():
    standing = reporting.standing(SENT, TODAY)
    assert len(standing) == 2 * len(places.provinces())
    assert standing.loc[("01", "2025Q1"), "state"] == "chua_gui"


def test_before_its_day_a_report_is_not_missing():
    standing = reporting.standing(SENT, date(2025, 7, 10))
    assert standing.loc[("84", "2025Q2"), "state"] == "chua_den_han"
    assert reporting.shares(standing, ("84",)).loc["2025Q2", "due"] == 0


def test_shares_count_provinces():
    counted = reporting.shares(reporting.standing(SENT, TODAY), ("83", "84"))
    assert counted.loc["2025Q2"].to_dict() == {"due": 2, "received": 1, "in_time": 0, "warned": 1}


def test_findings_are_counted_by_rule_and_province():
    found = pd.DataFrame(
        [
            ("83", "2025Q2", "a"),
            ("83", "2025Q2", "b"),
            ("84", "2025Q2", "a"),
            ("84", "2025Q1", "a"),
        ],
        columns=["province", "quarter", "rule"],
    )
    assert reporting.by_rule(found, ("83", "84")).loc["a"].to_dict() == {"2025Q1": 1, "2025Q2": 2}
    assert reporting.by_province(reporting.found(found, "2025Q2", ("83", "84"))).to_dict() == {
        "83": 2,
        "84": 1,
    }
