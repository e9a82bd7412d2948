"""The area box: a combobox for the country, a region or a province.

`st.selectbox` finds nothing for text without diacritics; this box finds `ben tre`, `BR-VT`
or `dak lak`. The script with all options is one route of the app, fetched once by a browser,
so that a rerun carries only the value.
"""

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data import places

_PATH = "area-box.js"
_HERE = Path(__file__).parent

# `html` keeps the box's place (label 1.5rem, gap 0.25rem, control 2.5rem) until the script is in.
_BOX = st.components.v2.component(
    "area_box",
    html='<div class="area" style="min-height: 4.25rem"></div>',
    js="""
let loaded
const load = async src => (loaded = (await import(new URL(src, document.baseURI))).default)
export default component =>
  loaded ? loaded(component) : load(component.data.src).then(draw => draw(component))
""",
)


def area_box(
    value: str,
    units: Literal["63", "34"],
    on_change: Callable[[], None],
    *,
    key: str = "dia_ban_box",
    label: str = "Địa bàn",
) -> None:
    """Draw the box, showing `value`: "" (country), "vung:<region slug>" or "tinh:<slug>".

    `on_change` runs when another area is picked, which is `st.session_state[key].chosen`, a
    value as above; the box shows it for good once the page draws it with that `value`.
    The app must serve `ROUTE`.
    """
    answers = f"{key}_answers"

    def answered() -> None:
        # Counted, so that the browser is told the value after every pick, a refused one too.
        st.session_state[answers] = st.session_state.get(answers, 0) + 1
        on_change()

    _BOX(
        key=key,
        data={
            "src": f"{_PATH}?v={_version()}",
            "label": label,
            "value": value,
            "units": units,
            "answers": st.session_state.get(answers, 0),
        },
        on_chosen_change=answered,
    )


@cache
def script() -> str:
    """The box's ES module: options and style, then `area_box.js`."""
    style = (_HERE / "area_box.css").read_text(encoding="utf-8")
    code = (_HERE / "area_box.js").read_text(encoding="utf-8")
    constants = f"const OPTIONS = {_json(_options())};\nconst STYLE = {_json(style)};\n"
    return constants + code


def _serve(request: Request) -> Response:
    # Another version's address (asked while servers are being replaced) must not keep this one.
    current = request.query_params.get("v") == _version()
    kept = "public, max-age=31536000, immutable" if current else "no-store"
    return Response(script(), media_type="text/javascript", headers={"Cache-Control": kept})


ROUTE = Route(f"/{_PATH}", _serve)


@cache
def _version() -> str:
    return sha256(script().encode()).hexdigest()[:12]


def _options() -> dict[str, list[list[object]]]:
    """Rows (value, name, folded search keys, note) in the order of the list."""
    regions = [places.region(slug) for slug in places.regions().index]
    provinces = [places.province(code) for code in places.provinces().index]
    units = [places.unit34(code) for code in places.units34().index]
    return {
        "country": [_row("", places.country(), "")],
        "regions": [_row(f"vung:{area.slug}", area, "vùng") for area in regions if area],
        "63": [_row(f"tinh:{area.slug}", area, "") for area in provinces if area],
        "34": [_row(f"tinh:{area.slug}", area, _joined(area)) for area in units if area],
    }


def _row(value: str, area: places.Area, note: str) -> list[object]:
    return [value, area.name, places.aliases(area), note]


def _joined(unit: places.Area) -> str:
    """The other provinces that went into a unit: “gồm Bến Tre, Trà Vinh”."""
    others = places.provinces().loc[[code for code in unit.members if code != unit.code], "name"]
    return f"gồm {', '.join(others)}" if len(others) else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
