"""The rules on the law that stand beside a figure, closed until asked for, as HTML."""

from html import escape

from data import notes
from data.notes import Topic

_STYLE = """<style>
.notes { font-size: 0.9rem; margin-top: 0.4rem; }
.notes summary { cursor: pointer; color: #155d86; }
.notes h3 { font-size: 0.9rem; font-weight: 600; padding: 0; margin: 0.5rem 0 0; }
.notes ul { margin: 0.3rem 0 0; padding-left: 1.1rem; }
.notes li { margin-bottom: 0.3rem; font-size: inherit; }
</style>"""


def notes_box(title: str, *topics: Topic) -> str:
    """The rules of some topics below a line that opens them; part of the figure they concern."""
    several = len(topics) > 1
    said = "".join(_heading(it, several) + _items(it) for it in topics)
    return f'{_STYLE}<details class="notes"><summary>{escape(title)}</summary>{said}</details>'


def notes_button(label: str, topic: Topic, name: str) -> str:
    """A small button for the corner of a card, and the rules that it opens above the page.

    `name` is unlike that of any other on the page. The browser opens and closes them (Esc, a click
    elsewhere): no script, and no height of the card, is spent on it.
    """
    title = f"{notes.TOPICS[topic]}: quy định"
    return (
        f'<button type="button" class="ask" popovertarget="{name}" title="{escape(title)}" '
        f'aria-label="{escape(f"{title} ({label})")}">i</button>'
        f'<div popover id="{name}" class="asked"><h2>{escape(title)}</h2>{_items(topic)}'
        f'<button type="button" popovertarget="{name}" popovertargetaction="hide">Đóng</button>'
        f"</div>"
    )


def _heading(topic: Topic, several: bool) -> str:
    return f"<h3>{escape(notes.TOPICS[topic])}</h3>" if several else ""


def _items(topic: Topic) -> str:
    items = "".join(
        f"<li>{escape(note.says)} <em>{escape(note.basis)}</em> ({notes.GRADES[note.grade]}).</li>"
        for note in notes.NOTES
        if note.topic == topic
    )
    return f"<ul>{items}</ul>"
