"""One sheet's table: its columns read, its sums compared, laid out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data import formats, places
from data.workbooks import (
    cells,
    columns,
    displayed,
    frames,
    headings_told,
    placed,
    scales,
    sheets,
    sums,
    swapped,
    whose,
)
from data.workbooks.body import Body
from data.workbooks.columns import Problem, Read, Style
from data.workbooks.faults import NO_RESULT
from data.workbooks.fields import DONG_PER_UNIT, MONEY_UNIT, Field, Key
from data.workbooks.slips import Table


@dataclass(frozen=True)
class Owner:
    """The workbook's province (GSO code) and quarter; None where not known."""

    province: str | None
    quarter: str | None


class Reader:
    """Reads one sheet, once."""

    def __init__(
        self,
        body: Body,
        faults: Mapping[tuple[int, int], str],
        stated: frozenset[int] = frozenset(),
    ) -> None:
        """`stated`: the unit of money of all sheets, where the cover states another than ours."""
        self.body, self.sheet, self.located, self.faults = body, body.sheet, body.located, faults
        self.result = Table(body.located)
        self._read: dict[Key, Read] = {}
        self._lines = scales.of_lines(body.around_headings()) | stated
        self._lines |= {unit for unit in map(scales.of_title, body.titles()) if unit is not None}
        self._units: dict[int, int | None] = {}

    def table(self, owner: Owner, style: Style) -> Table:
        """The sheet's tables with everything that was wrong or read otherwise."""
        headings_told.tell(self.body, owner.quarter or "", self.result)
        self._columns(style)
        self._swapped()
        self._owner(owner)
        codes = self._places(owner)
        self._sums()
        fixed = {"province": owner.province, "quarter": owner.quarter}
        self.result.tables = frames.laid_out(
            self.sheet, self._read, codes, fixed, self.body.numbers
        )
        return self.result

    # The cells.

    def _columns(self, style: Style) -> None:
        doubled = {held.key for held in self.located.doubled.values()}
        for column, held in self.located.fields.items():
            values = self.body.cells_of(column)
            unit = self._unit(column, held) if held.kind == "money" else None
            read = columns.read(held, values, style._replace(unit=unit) if unit else style)
            if held.key in doubled and self._really_doubled(held):
                read = Read([None] * len(values))
            if self.faults:
                self._doubt(column, held, read)
            self._tell(column, held, read)
            self._read[held.key] = read

    def _doubt(self, column: int, held: Field, read: Read) -> None:
        """Cells of a column that show an error or other than they hold, or a formula whose result
        was never computed: they are not read."""
        at_row = {number: at for at, number in enumerate(self.body.numbers)}
        for (number, where), shown in self.faults.items():
            if where != column or (at := at_row.get(number)) is None:
                continue
            if cells.is_empty(self.body.cells_of(column)[at]):
                read.problems.append(Problem(at, "cell_error", _fault(shown), shown))
            elif wrong := displayed.wrong(shown, held.kind, self._units.get(column)):
                read.values[at] = None
                read.notes = [note for note in read.notes if note.at != at]
                read.problems = [told for told in read.problems if told.at != at]
                read.problems.append(Problem(at, "shown_otherwise", wrong))

    def _swapped(self) -> None:
        cell, early = swapped.suspects(self.body.dates) if self.body.dates_as_text else (None, 0)
        for column, held in self.located.fields.items():
            values = list(self.body.cells_of(column)) if cell is not None else []
            if held.kind == "date" and cell in values:
                shown, number = cells.shown(cell), self.body.numbers[values.index(cell)]
                wrong = swapped.WRONG.format(shown=shown, early=early)
                self.result.slip(number, column, shown, "swapped_dates", wrong, held.table)
                break

    def _really_doubled(self, held: Field) -> bool:
        others = [at for at, one in self.located.doubled.items() if one.key == held.key]
        return any(self.body.holds(at) for at in others)

    def _unit(self, column: int, held: Field) -> int | None:
        """Đồng per unit of a money column: as its heading says, else as the sheet says.

        A line that was added beside the template's own heading says otherwise: it is asked.
        """
        number, text = self.body.heading_row, self.located.texts[column]
        said = scales.of_heading(text)
        whole = next(iter(self._lines)) if len(self._lines) == 1 else None
        unit, no = (whole if said is None else said) or None, "không ghi đơn vị tính"
        if said == scales.UNCLEAR:
            no = "ghi đơn vị tính không rõ"
        elif said == DONG_PER_UNIT and self._lines - {said, scales.UNCLEAR}:
            unit, no = None, f"ghi {MONEY_UNIT}, dòng đơn vị tính của bảng ghi khác"
        self._units[column] = unit
        if unit is None and self.body.holds(column):
            wrong = f"Cột {held.label} {no}: đồng, nghìn, triệu hay tỷ đồng?"
            self.result.slip(number, column, text, "unknown_unit", wrong, held.table)
        if unit is not None and unit != DONG_PER_UNIT:
            self.result.note(number, column, text, f"tính bằng {formats.number(unit)} đồng")
        return unit

    def _tell(self, column: int, held: Field, read: Read) -> None:
        self._tell_cells(column, held.table, read)
        for at, where in self.body.rows.merged:
            if where == column:
                wrong = "Ô gộp nhiều dòng trong cột số: không rõ số của từng dòng"
                self.result.slip(
                    self.body.numbers[at], column, "", "merged_numbers", wrong, held.table
                )
        for at, where in self.body.rows.filled:
            if where == column:
                shown = cells.shown(self.body.cells_of(column)[at])
                self.result.note(self.body.numbers[at], column, "ô gộp", shown)

    def _tell_cells(self, column: int, table: str, read: Read) -> None:
        values, numbers = self.body.cells_of(column), self.body.numbers
        for at, read_as in read.notes:
            self.result.note(numbers[at], column, cells.shown(values[at]), read_as)
        for at, rule, wrong, shown in read.problems:
            value = shown or cells.shown(values[at])
            self.result.slip(numbers[at], column, value, rule, wrong, table)

    def _owner(self, owner: Owner) -> None:
        """Columns “Tỉnh” and “Kỳ”, where somebody added them, must agree with the workbook."""
        for held, ours in ((sheets.PROVINCE, owner.province), (sheets.QUARTER, owner.quarter)):
            column = self.body.at.get(held.key)
            if column is None:
                continue
            for number, cell in zip(self.body.numbers, self.body.cells_of(column), strict=True):
                text = cells.shown(cell)
                if text and _owner_of(held, text, ours or "") != ours:
                    wrong = f"{held.label} “{text}” khác với báo cáo này"
                    self.result.slip(number, column, text, "wrong_place", wrong)

    def _places(self, owner: Owner) -> dict[str, list[str | None]]:
        """Codes of districts and communes, and their official names in place of the written."""
        codes: dict[str, list[str | None]] = {}
        district, commune = ("models", "district_name"), ("models", "commune_name")
        if self.sheet is not sheets.MO_HINH or owner.province is None:
            return codes
        if district in self._read:
            names = self._read[district].values
            self._read[district], codes["district"] = placed.districts(names, owner.province)
            self._merged(district, names, owner.province)
            self._tell_place(district)
        if commune in self._read and "district" in codes:
            names, within = self._read[commune].values, codes["district"]
            self._read[commune], codes["commune"] = placed.communes(names, owner.province, within)
            self._tell_place(commune)
        return codes

    def _merged(self, key: Key, names: Sequence[str | None], province: str) -> None:
        """Districts of provinces that were merged with this one are told once, not one by one."""
        read = self._read[key]
        unknown = {told.at for told in read.problems if told.rule == "unknown_name"}
        left = [name if at in unknown else None for at, name in enumerate(names)]
        if not (found := placed.of_merged(left, province) if unknown else {}):
            return
        elsewhere = {at for rows in found.values() for at in rows}
        read.problems = [told for told in read.problems if told.at not in elsewhere]
        names_of = places.provinces()["full_name"].to_dict()
        listed = ", ".join(f"{names_of[code]} ({len(rows)} dòng)" for code, rows in found.items())
        ours = names_of[province]
        wrong = f"Báo cáo ghi là của {ours} nhưng có huyện của tỉnh sáp nhập cùng tỉnh ấy: {listed}"
        column = self.body.at[key]
        value = self.located.texts[column]
        self.result.slip(self.body.heading_row, column, value, "merged_province", wrong, key[0])

    def _tell_place(self, key: Key) -> None:
        self._tell_cells(self.body.at[key], key[0], self._read[key])
        self.result.columns[key[0], key[1].removesuffix("_name")] = self.result.columns[key]

    # The rows of sums: left out, and compared.

    def _sums(self) -> None:
        for number, why in self.body.rows.left_out:
            self.result.notes.append((number, "", why, "không đọc"))
        start = 0
        for number, row, before in self.body.rows.sums:
            if number != self.body.heading_row + 1:  # the template has one there
                said = sums.first_words(row)
                self.result.notes.append((number, "", said, "dòng cộng, không đọc"))
            for column, held in self.located.fields.items():
                if held.kind not in sums.SUMMED:
                    continue
                unit, cell, read = self._units.get(column), row[column], self._read[held.key]
                if wrong := sums.wrong(held, cell, read, unit, start, before):
                    shown = cells.shown(cell)
                    self.result.slip(number, column, shown, "totals_mismatch", wrong, held.table)
            start = before


def _fault(shown: str) -> str:
    if shown == NO_RESULT:
        return "Ô công thức chưa có kết quả"
    return f"Công thức trong ô báo lỗi {shown}"


def _owner_of(held: Field, text: str, ours: str) -> str | None:
    """The province or quarter that a cell names; a quarter without a year is of `ours`."""
    if held is sheets.PROVINCE:
        return places.find(text)
    words = text if "q" in text.casefold() else f"quý {text}"
    named = (one for told in (words, f"{words} {ours[:4]}") for one in whose.quarters_in(told))
    return next(named, None)
