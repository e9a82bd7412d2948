"""`python -m data template` and `check`: workbooks from and to the command line."""

import argparse
import sys
from pathlib import Path

import pandas as pd

from data import conversion, formats, places, snapshots
from data.workbooks import checking, opening, reading, sheets, template, whose
from data.workbooks.checking import Checked
from data.workbooks.findings import SEVERITIES

USAGE = """  template TỆP.xlsx --province TỈNH --quarter KỲ [--blank]
                 biểu mẫu báo cáo quý của một tỉnh (mã, tên hay tên viết liền; kỳ viết 2024Q3),
                 ghi sẵn các mô hình của bản số liệu đang dùng; --blank: mẫu trống
  template THƯ_MỤC --all --quarter KỲ [--blank]
                 biểu mẫu của cả 63 tỉnh, mỗi tỉnh một tệp
  check TỆP...   kiểm tra báo cáo: 0 không có lỗi phải sửa, 1 có lỗi phải sửa
"""

REFUSED, WRONG_USAGE = 1, 2

_MADE_UP = "Các dòng ghi sẵn là số liệu minh họa; thêm --blank để có mẫu trống."


def add_template(parser: argparse.ArgumentParser) -> None:
    """Give `template` its arguments and what it runs."""
    parser.add_argument("out", type=Path)
    whose_report = parser.add_mutually_exclusive_group(required=True)
    whose_report.add_argument("--province")
    whose_report.add_argument("--all", action="store_true")
    parser.add_argument("--quarter", required=True)
    parser.add_argument("--blank", action="store_true")
    parser.set_defaults(
        run=lambda place, options: write_templates(
            place, options.out, options.province, options.quarter, blank=options.blank
        )
    )


def add_check(parser: argparse.ArgumentParser) -> None:
    """Give `check` its arguments and what it runs."""
    parser.add_argument("files", nargs="+")
    parser.set_defaults(run=lambda place, options: check_files(place, options.files))


def write_templates(
    place: str, out: Path, province: str | None, quarter: str, *, blank: bool = False
) -> int:
    """Write a province's workbook to the file `out`, or every province's into that folder.

    `province` is a GSO code, a slug or the name in any spelling, None for all; `quarter` is
    `2024Q3`. What is carried in comes from the snapshot in force at `place`, if there is one;
    nothing if `blank`. Returns the exit code.
    """
    codes = _codes(province)
    if not codes:
        print(f"Không có tỉnh “{province}”.", file=sys.stderr)
        return WRONG_USAGE
    asked = next(iter(whose.quarters_in(quarter)), None)
    if asked is None:
        print(f"“{quarter}” không phải kỳ báo cáo, ví dụ 2024Q3.", file=sys.stderr)
        return WRONG_USAGE
    tables, illustrative = ({}, False) if blank else _in_force(place)
    paths = {code: out if province else out / template.file_name(code, asked) for code in codes}
    try:
        if province is None:
            out.mkdir(parents=True, exist_ok=True)
        for code, path in paths.items():
            path.write_bytes(template.workbook(code, asked, tables, illustrative=illustrative))
    except OSError as error:
        print(f"Không ghi được {error.filename or out}: {error.strerror}", file=sys.stderr)
        return REFUSED
    of = str(places.provinces().at[codes[0], "full_name"]) if province else f"{len(codes)} tỉnh"
    note = f" {_MADE_UP}" if illustrative else ""
    print(f"Đã ghi biểu mẫu {formats.quarter(asked)} của {of} vào {out}.{note}")
    return 0


def _codes(province: str | None) -> list[str]:
    """The province that a text means, all of them for None; empty where there is none such."""
    if province is None:
        return [str(code) for code in places.provinces().index]
    area = places.province(province)
    code = area.code if area else places.find(province)
    return [code] if code else []


def check_files(place: str, files: list[str]) -> int:
    """Print what is wrong with workbooks; 0 nothing refused, 1 something refused, 2 no file."""
    readings = []
    for file in files:
        try:
            name = opening.name_of(Path(Path(file).name))
            readings.append(reading.read(name, opening.content_of(Path(file))))
        except OSError as error:
            print(f"Không mở được {file}: {error.strerror}", file=sys.stderr)
            return WRONG_USAGE
    tables, illustrative = _in_force(place)
    found = checking.check(readings, {} if illustrative else tables)
    for one in found:
        _print(one)
    return REFUSED if any(one.count("refuse") for one in found) else 0


def _in_force(place: str) -> tuple[dict[str, pd.DataFrame], bool]:
    """The tables that workbooks report, as they stand; whether they are illustrative."""
    snapshot, _ = snapshots.in_force(place)
    if snapshot is None:
        return {}, False
    tables = {
        name: conversion.from_arrow(name, snapshots.read_table(snapshot, name))
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
        place = ", ".join(part for part in where if part) or "cả tệp"
        print(f"  [{SEVERITIES[it.severity]}] {place}")
        print(f"      {it.said} {it.remedy}")
