"""How far the models are, stage by stage, and the people they reach."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from components.regulations import notes_box
from data import codes, formats, model_readers, model_sums
from data.model_readers import Summary
from data.models import WORDS
from data.view import View

_STYLE = """<style>
dl.funnel { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 0.6rem;
  margin: 0; padding: 0; font-size: 0.9rem; line-height: 1.2; align-items: center; }
.funnel dt { text-align: right; }
.funnel dd { margin: 0; display: flex; align-items: center; gap: 0.4rem;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
.funnel i { height: 0.85rem; flex: none; background: #155d86; }
.funnel i + i { background: #cfe3ee; margin-left: -0.4rem; }
.aside { font-size: 0.9rem; margin: 0.4rem 0 0; }
.small { font-size: 1.05rem; padding: 0; margin: 0 0 0.4rem; }
dl.people { display: grid; grid-template-columns: 3fr 2fr; gap: 0.6rem;
  margin: 0.75rem 0 0; padding: 0; }
.people div { border-left: 3px solid #b5d3e2; padding-left: 0.6rem; }
.people dt { font-size: 0.875rem; font-weight: 400; }
.people dd { margin: 0; font-size: 1.2rem; font-weight: 500; font-variant-numeric: tabular-nums; }
.people dd.note { font-size: 0.875rem; font-weight: 400; }
@media (max-width: 640px) { .funnel span { display: none; } }
</style>"""


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=model_readers.BY_MODELS)
def html(snapshot_id: str, view: View) -> str:
    """Models by stage, those beside the way counted apart; the people they reach; the rules."""
    found = model_readers.summary(snapshot_id, model_sums.where(view))
    rules = notes_box("Quy định: chủ trì, đối tượng, thời hạn", "lead", "people", "calendar")
    return f"{_STYLE}{_stages(found)}{_people(found.total)}{rules}"


def _stages(found: Summary) -> str:
    steps = [key for key in codes.STAGES if key not in codes.ASIDE_STAGES]
    here = [found.stages[key] for key in steps]
    whole = sum(here)
    rows = ""
    for place, key in enumerate(steps):
        reached = sum(here[place:])
        rows += _step(codes.STAGES.label(key), here[place], reached, whole)
    beside = [(codes.STAGES.label(key).lower(), found.stages[key]) for key in codes.ASIDE_STAGES]
    beside += [(WORDS.label(key), found.words[key]) for key in ("chua_bao_cao", "thoi_bao_cao")]
    told = " + ".join(f"{formats.number(many)} {label}" for label, many in beside if many)
    every = sum(found.words.values())
    total = f"{formats.number(whole)} trên các giai đoạn{' + ' if told else ''}{told}"
    return (
        f'<h2 class="small">Theo giai đoạn</h2><dl class="funnel">{rows}</dl>'
        f'<p class="aside">{escape(total)} = <b>{formats.number(every)} mô hình</b>. '
        "Đậm: đang ở giai đoạn; nhạt: đã qua.</p>"
    )


def _step(label: str, here: int, reached: int, whole: int) -> str:
    # 60% of the width, so that the figures have room after the longest bar.
    dark, light = (60 * each / (whole or 1) for each in (here, reached - here))
    words = f"<b>{formats.number(here)}</b>" + (
        f" <span>· đã đến: {formats.number(reached)}</span>" if reached > here else ""
    )
    return (
        f'<dt>{escape(label)}</dt><dd><i style="width:{dark:.1f}%"></i>'
        f'<i style="width:{light:.1f}%"></i>{words}</dd>'
    )


def _people(total: Mapping[str, float]) -> str:
    if not total["models"]:
        return ""
    households = total["households"]
    parts = ("poor", "near_poor", "newly_escaped")
    poor, near, escaped = (formats.number(total[key]) for key in parts)
    minority = formats.number(total["ethnic_minority"])
    figures = (
        ("Hộ tham gia", households, f"{poor} nghèo, {near} cận nghèo, {escaped} mới thoát nghèo"),
        ("Hộ do phụ nữ làm chủ", total["women_headed"], _of(total["women_headed"], households)),
        ("Phụ nữ tham gia (người)", total["women"], f"{minority} người dân tộc thiểu số tham gia"),
        ("Hộ thoát nghèo", total["households_out"], _of(total["households_out"], households)),
    )
    cells = "".join(
        f"<div><dt>{label}</dt><dd>{formats.number(value)}</dd>"
        f'<dd class="note">{escape(note)}</dd></div>'
        for label, value, note in figures
    )
    return f'<dl class="people">{cells}</dl>'


def _of(part: float, households: float) -> str:
    return f"{formats.percent(part / households)} số hộ" if households else ""
