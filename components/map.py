"""The map of the provinces: folium describes it once, the browser draws it once, then repaints.

Folium's script and the shapes become a static JavaScript module, one for the 63 provinces and
one for the 34 units of 01/07/2025, at an address that carries a hash of its content. A small
component imports that module and, on each rerun, sends it colours and labels only.
Shapes and islands: `data.geography`, which names their sources.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Literal

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import streamlit as st
from folium.utilities import JsCode
from xstatic.pkg import leaflet

from data import geography, places

Units = Literal["63", "34"]

NONE_REPORTED = "none-reported"
"""The fill of a unit without a report; the map hatches it."""
NONE_REPORTED_CSS = "repeating-linear-gradient(45deg, #bdbdbd 0 1.5px, #f3f3f3 1.5px 6px)"
"""The same hatching as a CSS background, for legends."""

LEAFLET_FOLDER = Path(leaflet.BASE_DIR)
LEAFLET_PATH = f"leaflet/{leaflet.VERSION}"
"""Where the app serves `LEAFLET_FOLDER`, relative to its root."""

_HERE = Path(__file__).parent
_NATIONAL = ("map_module.js", "national_map.js")
_MODELS = ("district_borders.js", "model_map.js")
"""The hand-written parts of the module, in order: for the country, then for one unit's models."""
_MAP_ID = "map_national"
_DOT = 0.08  # degrees: the islands are far smaller than a pixel

component = st.components.v2.component(
    "sinh_ke_unit_map",
    html='<div class="unit-map"></div>\n',
    css="div:has(> .unit-map),\ndiv:has(> div > .unit-map) { height: 100%; }",
    js=(_HERE / "map_glue.js").read_text("utf-8"),
    isolate_styles=False,  # folium finds its element by id, which a shadow root would hide
)
"""What draws with the module at `data["url"]`, by its drawer `data["draws"]`."""


def national_map(
    units: Units,
    fills: Mapping[str, str],
    labels: Mapping[str, str],
    selected: str | None,
    on_pick: Callable[[], None],
    *,
    key: str,
    height: int | Literal["stretch"],
    presenting: bool = False,
    alt: str,
) -> None:
    """Show the country, one shape per unit; only one such map fits on a page.

    `fills`: code → CSS colour or `NONE_REPORTED`, which a missing code means too. `labels`:
    code → name, then, on further lines, its value. A click, Enter or Space on a unit calls
    `on_pick`, which finds the code in `st.session_state[key].pick`; picking the selected unit
    tells again. `height` in pixels. `alt` names the map for those who do not see it.
    """
    component(
        key=key,
        data={
            "url": module_path(units),
            "fills": dict(fills),
            "labels": dict(labels),
            "selected": selected,
            "presenting": presenting,
            "alt": alt,
        },
        height=height,
        on_pick_change=on_pick,
    )


def standalone_html(
    units: Units, fills: Mapping[str, str], labels: Mapping[str, str], title: str, note: str
) -> str:
    """The same map as one HTML page that needs no server and no network."""
    view = {"fills": dict(fills), "labels": dict(labels), "selected": None, "alt": title}
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ display: flex; flex-direction: column; height: 100vh; margin: 0;
  font-family: "Source Sans Pro", Arial, sans-serif; color: #1b1b1b; }}
h1, p {{ margin: 0.5rem 1rem; font-size: 1rem; }} .unit-map {{ flex: 1; }}</style></head>
<body><h1>{escape(title)}</h1><div class="unit-map"></div><p>{escape(note)}</p>
<script>{(LEAFLET_FOLDER / "leaflet.js").read_text("utf-8")}</script>
<script type="module">{_body(units)}
const view = {_js(view)}
const map = draw(document.querySelector(".unit-map"), code => {{
  view.selected = code === view.selected ? null : code
  map.paint(view)
}})
map.paint(view)
</script></body></html>
"""


@cache
def module(units: Units) -> str:
    """The map's JavaScript module, which imports Leaflet from the app.

    It exports `enter`, which gives a place in the page its map: of one of the drawers `draw` and,
    for `components.model_map`, `drawModels`, drawn by the first page that shows it.
    """
    parts = [f'import "../{LEAFLET_PATH}/leaflet.js"', _body(units), *map(_text, _MODELS)]
    return "\n".join(parts)


@cache
def module_hash(units: Units) -> str:
    """A short hash of the module's text, the same on every server."""
    return sha256(module(units).encode()).hexdigest()[:16]


def module_path(units: Units) -> str:
    """Where the app serves the module, relative to its root."""
    return f"map/{units}.{module_hash(units)}.js"


def _body(units: Units) -> str:
    """What folium rendered, as a function, and the hand-written parts after it."""
    style = (LEAFLET_FOLDER / "leaflet.css").read_text("utf-8")
    constants = {
        "STYLE": style + (_HERE / "map.css").read_text("utf-8"),
        "NOTE": escape(geography.boundary_note()),
        "INSET": _inset(units),
        "MAP_ID": _MAP_ID,
    }
    lines = [f"const {name} = {_js(value)}" for name, value in constants.items()]
    described = f"""function describe(join) {{
{_folium_script(units)}
return {{ map: {_MAP_ID}, shapes: geo_json_units, islands: geo_json_islands }}
}}"""
    return "\n".join([*lines, described, *map(_text, _NATIONAL)])


def _text(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _folium_script(units: Units) -> str:
    national = folium.Map(
        location=(16, 108),
        tiles=None,
        zoom_control=False,  # the module adds it, with Vietnamese titles
        # Leaflet's keyboard handler focuses the map on mouse down; Streamlit then scrolls, and
        # the first click is lost whenever the map is partly below the fold.
        keyboard=False,
        zoom_snap=0.25,
        zoom_delta=0.75,
        max_zoom=11,
        scroll_wheel_zoom=False,
        double_click_zoom=False,
        box_zoom=False,
        dragging=False,  # until the viewer zooms in
    )
    national._id = "national"
    shapes = geography.province_shapes() if units == "63" else geography.unit34_shapes()
    _layer("units", shapes[["geometry"]], "province").add_to(national)
    _layer("islands", _island_groups(units), "islands").add_to(national)
    root = national.get_root()
    root.render()
    return str(root.script.render())


def _layer(name: str, frame: gpd.GeoDataFrame, css_class: str) -> folium.GeoJson:
    """A layer whose name in the script is `geo_json_<name>`."""
    rounded = frame.set_geometry(
        shapely.transform(_largest_first(frame.geometry), lambda points: np.round(points, 4))
    )
    style = {"className": f"unit-shape {css_class}", "weight": 0.6, "fillOpacity": 1}
    layer = folium.GeoJson(
        rounded.to_geo_dict(show_bbox=False),
        style_function=lambda _: style,
        smooth_factor=0.4,
        on_each_feature=JsCode("join"),
        no_clip=True,
    )
    layer._id = name
    return layer


def _largest_first(shapes: gpd.GeoSeries) -> list[shapely.Geometry]:
    """Each shape with its largest part first: there Leaflet takes the centre of its tooltip."""
    parts = [sorted(shapely.get_parts(shape), key=shapely.area, reverse=True) for shape in shapes]
    return [shapely.MultiPolygon(each) for each in parts]


def _island_groups(units: Units) -> gpd.GeoDataFrame:
    """Hoàng Sa and Trường Sa by group: name (with its province), unit (code), discs."""
    table = geography.islands()
    dots = gpd.GeoSeries.from_xy(table["lon"], table["lat"], crs=4326)
    discs = dots.map(lambda dot: dot.buffer(_DOT, quad_segs=4))
    grouped = discs.groupby(table["group"], sort=False).agg(shapely.union_all)
    owners = table.groupby("group", sort=False)["province_code"].first()
    unit = owners if units == "63" else owners.map(places.codes34)
    names = [f"{group} ({_unit_name(units, code)})" for group, code in unit.items()]
    return gpd.GeoDataFrame({"name": names, "unit": unit}, geometry=grouped, crs=4326)


def _unit_name(units: Units, code: str) -> str:
    table = places.provinces() if units == "63" else places.units34()
    return str(table.at[code, "name"])


def _inset(units: Units) -> str:
    """The two groups as small pictures, for frames too narrow to reach them."""
    table = geography.islands()
    return "".join(
        _figure(name, table[table["group"] == group])
        for group, name in _island_groups(units)["name"].items()
    )


def _figure(name: str, islets: pd.DataFrame) -> str:
    left, top = islets["lon"].min() - 0.2, islets["lat"].max() + 0.2
    width, height = islets["lon"].max() + 0.2 - left, top - islets["lat"].min() + 0.2
    dots = "".join(
        f'<circle cx="{row.lon - left:.2f}" cy="{top - row.lat:.2f}" r="0.12"/>'
        for row in islets.itertuples()
    )
    caption = escape(name).replace(" (", "<br>(")
    return (
        f'<figure><svg viewBox="0 0 {width:.2f} {height:.2f}" aria-hidden="true">{dots}</svg>'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _js(value: object) -> str:
    """JSON that is also safe inside a script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
