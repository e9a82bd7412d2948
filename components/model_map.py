"""The models of one province, or unit of the 34, as points on its map; a point leads to its model.

The shapes are those of the national map's module, which a browser has kept since the overview;
the borders of the unit's districts are one more file that never changes. A rerun sends points.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from components import districts, wording
from components import map as unit_map
from components.models import COLOURS, choose
from data import codes, formats, model_readers, model_sums, readers
from data.model_sums import Where
from data.models import WORDS
from data.view import View

Words = Mapping[str, int]

MOST = 150
"""Models drawn of a unit that has more; the largest of the illustrative ones has 88."""
CAPTION = "Ranh giới gần đúng; vị trí theo xã"
_LEVELS = {"district": "đặt ở huyện", "province": "đặt trong tỉnh"}
_STYLE = """<style>
.places h2 { font-size: 1.05rem; padding: 0; margin: 0 0 0.4rem; }
.places ul { list-style: none; margin: 0; padding: 0; font-size: 0.9rem; line-height: 1.5; }
.places li { display: flex; gap: 0.45rem; margin: 0; }
.places i { flex: none; width: 0.85rem; height: 0.85rem; margin-top: 0.25rem;
  border: 1px solid #2b343e; border-radius: 50%; }
.places p { margin: 0.5rem 0 0; font-size: 0.9rem; }
</style>"""


def model_map(snapshot_id: str, view: View, words: Words, illustrative: bool, *, key: str) -> None:
    """Draw the models of the chosen unit; nothing for the country, a region or without models.

    `words`: how many models of the view have each word. Call it in a row of its own: columns
    would be four more elements for the browser to draw.
    """
    if not view.area.is_unit or not sum(words.values()):
        return
    painted = paint(snapshot_id, model_sums.where(view))
    unit_map.component(
        key=key,
        data={
            "url": unit_map.module_path("34" if view.area.kind == "unit34" else "63"),
            "draws": "drawModels",
            "districts": districts.path(view.area),
            "code": view.area.code,
            "points": painted.points,
            "words": [[label, COLOURS.get(word, "")] for word, label in WORDS.labels.items()],
            "presenting": view.presenting,
            "alt": f"Bản đồ các mô hình của {view.area.name}, mỗi mô hình một điểm; bảng bên "
            "dưới có cùng mô hình",
        },
        height=560 if view.presenting else 420,
        on_pick_change=lambda: choose(str(st.session_state[key].pick)),
    )
    st.html(_STYLE + _legend(words, painted, illustrative), width=420 if view.presenting else 300)


@dataclass(frozen=True)
class Paint:
    """Points (model, longitude, latitude, place of the word, name, what is told of it), those
    furthest behind first; how many models stand at no commune, by level."""

    points: list[list[Any]]
    levels: dict[str, int]


@st.cache_resource(show_spinner=False, max_entries=128, hash_funcs=model_readers.BY_MODELS)
def paint(snapshot_id: str, where: Where) -> Paint:
    found = model_readers.order(snapshot_id, where, "cham_truoc", "")
    at = _places(snapshot_id).iloc[found]
    levels = at["level"].value_counts()
    if len(found) > MOST:  # of those at one point, the furthest behind
        first = ~at.duplicated(["lon", "lat"]).to_numpy()
        found, at = found[first], at[first]
    shown = model_readers.rows(snapshot_id, where, found[:MOST])
    words = list(WORDS)
    points = [
        [row["model_id"], lon, lat, words.index(row["word"]), row["name"], _told(row)]
        for row, lon, lat in zip(shown.to_dict("records"), at["lon"], at["lat"], strict=False)
    ]
    return Paint(points, {level: int(levels.get(level, 0)) for level in _LEVELS})


@st.cache_resource(show_spinner=False, max_entries=2)
def _places(snapshot_id: str) -> pd.DataFrame:
    """Row of the book → lon, lat, level."""
    ids = model_readers.book(snapshot_id).models["model_id"]
    return readers.table(snapshot_id, "model_places").set_index("model_id").reindex(ids)


def _told(row: Mapping[str, Any]) -> str:
    """`Xã Lũng Cú, Huyện Đồng Văn⏎Triển khai; thực hiện 86,5%, kế hoạch 100,0%`."""
    place = ", ".join(
        it for it in (row["commune_name"], row["district_name"]) if isinstance(it, str)
    )
    parts = [codes.STAGES.label(row["stage"])] if isinstance(row["stage"], str) else []
    if not math.isnan(row["actual"]):
        done, due = formats.percent(row["actual"]), formats.percent(row["planned"])
        parts.append(f"thực hiện {done}, kế hoạch {due}")
    return "\n".join(filter(None, (place, "; ".join(parts))))


def _legend(words: Words, painted: Paint, illustrative: bool) -> str:
    rows = [(COLOURS[word], WORDS.label(word), words[word]) for word in COLOURS if words[word]]
    others = {word: words[word] for word in WORDS if word not in COLOURS and words[word]}
    if others:
        told = ", ".join(f"{formats.number(many)} {WORDS.label(it)}" for it, many in others.items())
        rows.append(("#ffffff", f"không có số liệu kỳ này ({told})", sum(others.values())))
    items = "".join(
        f'<li><i style="background:{colour}"></i><span>{escape(label)}: '
        f"<b>{formats.number(many)}</b></span></li>"
        for colour, label, many in rows
    )
    return (
        f'<section class="places"><h2>Vị trí mô hình</h2><ul aria-label="Chú giải">{items}</ul>'
        + "".join(f"<p>{escape(each)}</p>" for each in _notes(words, painted, illustrative))
        + "</section>"
    )


def _notes(words: Words, painted: Paint, illustrative: bool) -> list[str]:
    every, shown = sum(words.values()), len(painted.points)
    apart = [
        f"{formats.number(many)} mô hình chưa có vị trí của xã, {_LEVELS[level]}"
        for level, many in painted.levels.items()
        if many
    ]
    fewer = f"Hiện {formats.number(shown)} trong {formats.number(every)} mô hình, chậm nhất trước."
    return [
        "Bấm vào một điểm để mở mô hình.",
        *([fewer] if shown < every else []),
        f"{'; '.join([CAPTION, *apart])}.",
        *([f"{wording.ILLUSTRATIVE}."] if illustrative else []),
    ]
