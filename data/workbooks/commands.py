"""`python -m data template` and `check`: workbooks from and to the command line."""

import argparse
import sys
from pathlib import Path

import pandas as pd

from data import formats, places, schema, snapshots
from data.workbooks import checking, reading, sheets, template, whose
from data.workbooks.checking import Checked
from data.workbooks.findings import SEVERITIES

USAGE = """  template TỆP.xlsx --province TỈNH --quarter KỲ
                 biểu mẫu báo cáo quý của một tỉnh (mã, tên hay tên viết liền; kỳ viết 2024Q3)
  check TỆP...   kiểm tra báo cáo: 0 không có lỗi phải sửa, 1 có lỗi phải sửa
"""

WRONG_USAGE = 2


def add_template(parser: argparse.ArgumentParser) -> None:
    """Give `template` its arguments and what it runs."""
    parser.add_argument("out")
    parser.add_argument("--province", required=True)
    parser.add_argument("--quarter", required=True)
    parser.set_defaults(
        run=lambda place, options: write_template(
            place, options.out, options.province, options.quarter
        )
    )


def add_check(parser: argparse.ArgumentParser) -> None:
    """Give `check` its arguments and what it runs."""
    parser.add_argument("files", nargs="+")
    parser.set_defaults(run=lambda place, options: check_files(place, options.files))


def write_template(place: str, out: str, province: str, quarter: str) -> int:
    """Write a province's workbook to `out`; the exit code.

    `province` is a GSO code, a slug or the name in any spelling; `quarter` is `2024Q3`. What is
    carried in comes from the snapshot in force at `place`, if there is one.
    """
    area = places.province(province)
    code = area.code if area else places.find(province)
    if code is None:
        print(f"Không có tỉnh “{province}”.", file=sys.stderr)
        return WRONG_USAGE
    asked = next(whose.quarters_in(quarter), None)
    if asked is None:
        print(f"“{quarter}” không phải kỳ báo cáo, ví dụ 2024Q3.", file=sys.stderr)
        return WRONG_USAGE
    tables, illustrative = _in_force(place)
    content = template.workbook(code, asked, tables, illustrative=illustrative)
    Path(out).write_bytes(content)
    name = str(places.provinces().at[code, "full_name"])
    note = " Các dòng ghi sẵn là số liệu minh họa." if illustrative else ""
    print(f"Đã ghi biểu mẫu {formats.quarter(asked)} của {name} vào {out}.{note}")
    return 0


def check_files(place: str, files: list[str]) -> int:
    """Print what is wrong with workbooks; 0 nothing refused, 1 something refused, 2 no file."""
    readings = []
    for file in files:
        try:
            readings.append(reading.read(Path(file).name, Path(file).read_bytes()))
        except OSError as error:
            print(f"Không mở được {file}: {error.strerror}", file=sys.stderr)
            return WRONG_USAGE
    tables, illustrative = _in_force(place)
    found = checking.check(readings, {} if illustrative else tables)
    for one in found:
        _print(one)
    return 1 if any(one.count("refuse") for one in found) else 0


def _in_force(place: str) -> tuple[dict[str, pd.DataFrame], bool]:
    """The tables that workbooks report, as they stand; whether they are illustrative."""
    snapshot, _ = snapshots.in_force(place)
    if snapshot is None:
        return {}, False
    tables = {
        name: schema.from_arrow(name, snapshots.read_table(snapshot, name))
        for name in sheets.TABLES
    }
    return tables, snapshot.manifest.illustrative


def _print(found: Checked) -> None:
    """A workbook's findings for people."""
    one = found.reading
    full_name = places.provinces()["full_name"]
    name = str(full_name[one.province]) if one.province else "chưa rõ tỉnh"
    period = formats.quarter(one.quarter) if one.quarter else "chưa rõ kỳ"
    told = ", ".join(f"{found.count(key)} {label}" for key, label in SEVERITIES.items())
    print(f"{one.workbook} ({name}, {period}): {told}; {len(one.normalised)} ô đọc khác cách viết")
    for it in found.findings:
        where = [it.sheet, f"dòng {it.row}" if it.row else "", it.column]
        print(f"  [{SEVERITIES[it.severity]}] {', '.join(part for part in where if part)}")
        print(f"      {it.wrong}. {it.remedy}")
