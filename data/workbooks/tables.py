"""One sheet's table: its columns read, places looked up, wide rows laid out as the schema's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from data import formats, places
from data.workbooks import cells, columns, frames, headings, packed, records, sheets, sums, whose
from data.workbooks.apart import RawSheet
from data.workbooks.columns import Problem, Read, Style
from data.workbooks.headings import Located
from data.workbooks.records import Rows
from data.workbooks.sheets import Field, Key, Sheet


@dataclass(frozen=True)
class Slip:
    """A finding before it knows its workbook: row 0 is the sheet as a whole."""

    row: int
    column: str
    value: str
    rule: str
    wrong: str
    table: str = ""
    severity: str = ""


@dataclass
class Table:
    """What one sheet gave: frames by table, labels of columns by field key, slips, notes.

    `notes` are row, column, what is written, what it was read as.
    """

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    columns: dict[Key, str] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)
    notes: list[tuple[int, str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Owner:
    """The workbook's province (GSO code) and quarter; None where not known."""

    province: str | None
    quarter: str | None


class Reader:
    """Reads one sheet, once."""

    def __init__(
        self,
        sheet: Sheet,
        raw: RawSheet,
        located: Located,
        faults: Mapping[tuple[int, int], str],
    ) -> None:
        self.sheet, self.raw, self.located, self.faults = sheet, raw, located, faults
        self.rows: Rows = records.below(sheet, raw, located)
        self.numbers = [number for number, _ in self.rows.records]
        self.result = Table()
        self._read: dict[Key, Read] = {}
        self._whole = headings.sheet_unit(raw, located)
        self._units: dict[int, int | None] = {}

    def cells_of(self, column: int) -> list[Any]:
        """The records' cells in a column."""
        return [row[column] for _, row in self.rows.records]

    def dates(self) -> Iterator[Any]:
        """Every cell under a heading that asks for a date."""
        for column, held in self.located.fields.items():
            if held.kind == "date":
                yield from self.cells_of(column)

    def numbers_written(self) -> Iterator[Any]:
        """Every cell under a heading that asks for a number."""
        for column, held in self.located.fields.items():
            if held.kind in ("count", "money", "rate"):
                yield from self.cells_of(column)

    def table(self, owner: Owner, style: Style) -> Table:
        """The sheet's tables with everything that was wrong or read otherwise."""
        self._headings()
        self._columns(style)
        self._owner(owner)
        codes = self._places(owner)
        self._sums()
        self._lay_out(owner, codes)
        return self.result

    # The headings: renamed, unknown, unclear, missing.

    def _headings(self) -> None:
        number = self.raw.rows[self.located.row][0]
        for column, held in self.located.fields.items():
            self.result.columns.setdefault(held.key, _label(column, held.label))
        for column in self.located.renamed:
            if column in self.located.fields:
                label = self.located.fields[column].label
                self._note(number, column, self.located.texts[column], f"cột {label}")
        for column in self.located.unknown:
            if any(not cells.is_empty(cell) for cell in self.cells_of(column)):
                text = self.located.texts[column]
                wrong = f"Không nhận ra cột “{text}” nên không đọc"
                self._slip(number, column, text, "unknown_column", wrong)
        for column, meant in self.located.unclear.items():
            names = " hay ".join(f"“{held.label}”" for held in meant)
            text = self.located.texts[column]
            self._slip(number, column, text, "ambiguous_column", f"Cột “{text}” là {names}?")
        self._doubled(number)
        self._missing(number)

    def _doubled(self, number: int) -> None:
        for column, held in self.located.doubled.items():
            first = next(at for at, one in self.located.fields.items() if one.key == held.key)
            if all(cells.is_empty(cell) for cell in self.cells_of(column)):
                continue
            text = self.located.texts[column]
            wrong = f"Cột {held.label} có hai lần: cột {_letter(first)} và cột {_letter(column)}"
            self._slip(number, column, text, "duplicate_column", wrong)

    def _missing(self, number: int) -> None:
        asked = {held.key for held in self.located.fields.values()}
        asked |= {held.key for meant in self.located.unclear.values() for held in meant}
        for held in self.sheet.fields:
            if held.key not in asked:
                wrong = f"Thiếu cột {held.label}"
                severity = "" if held.required else "warn"
                slip = Slip(number, held.label, "", "missing_column", wrong, held.table, severity)
                self.result.slips.append(slip)

    # The cells.

    def _columns(self, style: Style) -> None:
        doubled = {held.key for held in self.located.doubled.values()}
        for column, held in self.located.fields.items():
            values = self.cells_of(column)
            unit = self._unit(column, held, values) if held.kind == "money" else None
            read = columns.read(held, values, replace(style, unit=unit))
            if held.key in doubled and self._really_doubled(held):
                read = Read([None] * len(values))
            read.problems += self._faulty(column)
            self._tell(column, held, read, values)
            self._read[held.key] = read

    def _faulty(self, column: int) -> list[Problem]:
        """Cells of a column that show an error, or a formula whose result was never computed."""
        at_row = {number: at for at, number in enumerate(self.numbers)} if self.faults else {}
        return [
            Problem(at_row[number], "cell_error", _fault(shown), shown)
            for (number, where), shown in self.faults.items()
            if where == column and number in at_row
        ]

    def _really_doubled(self, held: Field) -> bool:
        others = [at for at, one in self.located.doubled.items() if one.key == held.key]
        return any(not cells.is_empty(cell) for at in others for cell in self.cells_of(at))

    def _unit(self, column: int, held: Field, values: Sequence[Any]) -> int | None:
        """Đồng per unit of a money column: as its heading says, else as the sheet says."""
        number, text = self.raw.rows[self.located.row][0], self.located.texts[column]
        unit = self._units[column] = headings.unit_of(text) or self._whole
        if unit is None and any(not cells.is_empty(cell) for cell in values):
            wrong = f"Cột {held.label} không ghi đơn vị tính: đồng, nghìn, triệu hay tỷ đồng?"
            self._slip(number, column, text, "unknown_unit", wrong, held.table)
        if unit is not None and unit != sheets.DONG_PER_UNIT:
            self._note(number, column, text, f"tính bằng {formats.number(unit)} đồng")
        return unit

    def _tell(self, column: int, held: Field, read: Read, values: Sequence[Any]) -> None:
        for at, read_as in read.notes:
            self._note(self.numbers[at], column, cells.shown(values[at]), read_as)
        for at, rule, wrong, shown in read.problems:
            value = shown or cells.shown(values[at])
            self._slip(self.numbers[at], column, value, rule, wrong, held.table)
        for at, where in self.rows.merged:
            if where == column:
                wrong = "Ô gộp nhiều dòng trong cột số: không rõ số của từng dòng"
                self._slip(self.numbers[at], column, "", "merged_numbers", wrong, held.table)
        for at, where in self.rows.filled:
            if where == column:
                self._note(self.numbers[at], column, "ô gộp", cells.shown(values[at]))

    def _owner(self, owner: Owner) -> None:
        """Columns “Tỉnh” and “Kỳ”, where somebody added them, must agree with the workbook."""
        for held, ours in ((sheets.PROVINCE, owner.province), (sheets.QUARTER, owner.quarter)):
            column = next(
                (at for at, one in self.located.fields.items() if one.key == held.key), None
            )
            if column is None:
                continue
            for number, cell in zip(self.numbers, self.cells_of(column), strict=True):
                text = cells.shown(cell)
                if text and _owner_of(held, text) != ours:
                    wrong = f"{held.label} “{text}” khác với báo cáo này"
                    self._slip(number, column, text, "wrong_place", wrong)

    def _places(self, owner: Owner) -> dict[str, list[str | None]]:
        """Codes of districts and communes, and their official names in place of the written."""
        if self.sheet is not sheets.MO_HINH or owner.province is None:
            return {}
        codes: dict[str, list[str | None]] = {}
        district = ("models", "district_name")
        if district in self._read:
            codes["district"] = self._placed(district, owner.province, None)
        commune = ("models", "commune_name")
        if commune in self._read and "district" in codes:
            codes["commune"] = self._placed(commune, owner.province, codes["district"])
        return codes

    def _placed(
        self, key: Key, province: str, within: Sequence[str | None] | None
    ) -> list[str | None]:
        before = self._read[key]
        column = next(at for at, held in self.located.fields.items() if held.key == key)
        bare = Read(before.values)
        after, codes = (
            columns.districts(bare, province)
            if within is None
            else columns.communes(bare, province, within)
        )
        self._tell_places(column, after)
        self._read[key] = after
        self.result.columns[key[0], key[1].removesuffix("_name")] = self.result.columns[key]
        return codes

    def _tell_places(self, column: int, read: Read) -> None:
        values = self.cells_of(column)
        for at, read_as in read.notes:
            self._note(self.numbers[at], column, cells.shown(values[at]), read_as)
        for at, rule, wrong, _ in read.problems:
            self._slip(self.numbers[at], column, cells.shown(values[at]), rule, wrong, "models")

    # The rows of sums: left out, and compared.

    def _sums(self) -> None:
        for number, why in self.rows.left_out:
            self.result.notes.append((number, "", why, "không đọc"))
        start = 0
        for number, row, before in self.rows.sums:
            if number != self.raw.rows[self.located.row][0] + 1:  # the template has one there
                self.result.notes.append(
                    (number, "", sums.first_words(row), "dòng cộng, không đọc")
                )
            for column, held in self.located.fields.items():
                if held.kind not in sums.SUMMED:
                    continue
                unit, cell, read = self._units.get(column), row[column], self._read[held.key]
                if wrong := sums.wrong(held, cell, read, unit, start, before):
                    shown = cells.shown(cell)
                    self._slip(number, column, shown, "totals_mismatch", wrong, held.table)
            start = before

    # The frames.

    def _lay_out(self, owner: Owner, codes: Mapping[str, list[str | None]]) -> None:
        fixed = {"province": owner.province, "quarter": owner.quarter}
        for table in self.sheet.tables:
            wide = [held for held in self.sheet.fields if held.table == table and held.of]
            if wide:
                shared = {
                    held.column: self._read[held.key].values
                    for held in self.sheet.fields
                    if not held.of and held.key in self._read
                }
                self.result.frames[table] = frames.unfolded(
                    table, wide, shared, self._read, fixed, self.numbers
                )
                continue
            given: dict[str, Sequence[Any]] = {
                held.column: self._read[held.key].values
                for held in self.sheet.fields
                if held.table == table and held.key in self._read
            }
            constants = fixed | {
                column: value for (name, column), value in sheets.DEFAULTS.items() if name == table
            }
            if table == "funding" and owner.quarter:
                constants["year"] = int(owner.quarter[:4])  # type: ignore[assignment]
            for column, value in constants.items():
                given.setdefault(column, [value] * len(self.numbers))
            self.result.frames[table] = frames.frame(table, {**given, **codes}, self.numbers)

    def _note(self, row: int, column: int, written: str, read_as: str) -> None:
        held = self.located.fields.get(column)
        label = held.label if held else self.located.texts.get(column, "")
        self.result.notes.append((row, _label(column, label), written, read_as))

    def _slip(
        self, row: int, column: int, value: str, rule: str, wrong: str, table: str = ""
    ) -> None:
        held = self.located.fields.get(column)
        label = held.label if held else self.located.texts.get(column, "")
        slip = Slip(row, _label(column, label), value, rule, wrong, table)
        self.result.slips.append(slip)


def _letter(column: int) -> str:
    return str(xl_col_to_name(column))


def _label(column: int, text: str) -> str:
    return f"{_letter(column)}: {text}"


def _fault(shown: str) -> str:
    if shown == packed.NO_RESULT:
        return "Ô công thức chưa có kết quả"
    return f"Công thức trong ô báo lỗi {shown}"


def _owner_of(held: Field, text: str) -> str | None:
    if held is sheets.PROVINCE:
        return places.find(text)
    return next(whose.quarters_in(text if "q" in text.casefold() else f"quý {text}"), None)
