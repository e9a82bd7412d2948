"""What is told of headings: renamed, unknown, unclear, doubled, missing, of another time."""

from data.workbooks import cells, qualified, sheets, whose
from data.workbooks.body import Body
from data.workbooks.fields import Field
from data.workbooks.slips import Slip, Table, letter


def tell(body: Body, quarter: str, result: Table) -> None:
    """Add the labels of columns, notes and slips to `result`.

    `quarter` is the workbook's, empty if not known.
    """
    located, number, texts = body.located, body.heading_row, body.located.texts
    for column, held in located.fields.items():
        result.columns.setdefault(held.key, result.named(column))
        if column in located.renamed:
            _time(body, column, held, quarter, result)
    for column in located.renamed:
        if column in located.fields:
            label = located.fields[column].label
            result.note(number, column, texts[column], f"cột {label}")
            _strange(body, column, located.fields[column], result)
    for column in located.unknown:
        if body.holds(column):
            wrong = f"Không nhận ra cột “{texts[column]}” nên không đọc"
            result.slip(number, column, texts[column], "unknown_column", wrong)
    for column, meant in located.unclear.items():
        names = " hay ".join(f"“{held.label}”" for held in meant)
        may_be = "là" if len(meant) > 1 else "có phải là"
        wrong = f"Cột “{texts[column]}” {may_be} {names}?"
        result.slip(number, column, texts[column], "ambiguous_column", wrong)
    for column, held in located.doubled.items():
        if body.holds(column):
            both = f"cột {letter(body.at[held.key])} và cột {letter(column)}"
            wrong = f"Cột {held.label} có hai lần: {both}"
            result.slip(number, column, texts[column], "duplicate_column", wrong)
    _missing(body, result)
    if body.sheet is sheets.KINH_PHI and quarter:
        _other_year(body, quarter, result)


def _time(body: Body, column: int, held: Field, quarter: str, result: Table) -> None:
    """A heading that names another quarter or year than the workbook's is a question."""
    text = body.located.texts[column]
    if other := qualified.other_time(held, text, quarter, whose.quarters_in(text)):
        wrong = f"Cột “{text}” ghi {other}, không phải kỳ của báo cáo này"
        result.slip(body.heading_row, column, text, "ambiguous_column", wrong)


def _strange(body: Body, column: int, held: Field, result: Table) -> None:
    """A heading with words that may change the figure is read, but not without a word."""
    text = body.located.texts[column]
    if qualified.is_strange(held, text):
        wrong = f"Cột “{text}” được đọc là “{held.label}”: phần trong ngoặc có nói số khác không?"
        told = (text, "ambiguous_column", wrong, held.table, "warn")
        result.slips.append(Slip(body.heading_row, result.named(column), *told))


def _missing(body: Body, result: Table) -> None:
    asked = {held.key for meant in body.located.unclear.values() for held in meant}
    for held in body.sheet.fields:
        if held.key not in body.at and held.key not in asked:
            wrong = f"Thiếu cột {held.label}"
            severity = "" if held.required else "warn"
            told = ("missing_column", wrong, held.table, severity)
            result.slips.append(Slip(body.heading_row, held.label, "", *told))


def _other_year(body: Body, quarter: str, result: Table) -> None:
    """A year's plan must be of the year that the workbook reports, where it says one: in its
    title, or in a column added for it."""
    texts = list(body.titles_above())
    for column in body.located.unknown:
        if qualified.is_year(body.located.texts[column]):
            texts += [f"năm {cells.shown(cell)}" for cell in {*body.cells_of(column)}]
    for text in texts:
        if other := qualified.other_year(text, quarter):
            wrong = f"Trang ghi năm {other}, không phải năm {quarter[:4]} của báo cáo này"
            result.slips.append(Slip(body.heading_row, "", text, "wrong_place", wrong))
