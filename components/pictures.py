"""Pictures to take away: a chart as SVG or PNG that says by itself what it shows.

vl-convert, Altair's own library for saving charts, draws them here on the server, offline. It
costs half a second the first time and a tenth afterwards, so a picture is made when asked for.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

Spec = dict[str, Any]

QUIET = "#4a5764"
"""The colour of what stands beside the figures: axes, legends, subtitles."""

WIDTH, HEIGHT = 960, 540
"""A slide's shape; twice as many pixels in a PNG."""

# With Debian's fonts the first or third; on a server without any, the second, which vl-convert
# carries. A family with a number in its name, such as Streamlit's own, would draw no text at all.
_FONT = "Noto Sans, Liberation Sans, DejaVu Sans, sans-serif"
_LINES = {"domainColor": "#8a96a3", "tickColor": "#8a96a3", "gridColor": "#e6eaee"}


@dataclass(frozen=True)
class Picture:
    """A chart's specification without data, its rows, and what stands above it.

    `font` is the type that the specification was made for, in pixels. A chart with a height for
    each row keeps that height; one of facets its whole size, for Vega fits only single views into
    a frame.
    """

    spec: Spec
    rows: pd.DataFrame
    title: str
    heading: Sequence[str]
    font: int = 12

    def svg(self) -> bytes:
        """The picture as SVG; its words stay words."""
        import vl_convert

        drawn = vl_convert.vegalite_to_svg(self._whole(), allowed_base_urls=[])
        return str(drawn).encode()

    def png(self) -> bytes:
        """The picture as PNG, twice the size of the SVG at ordinary type."""
        import vl_convert

        scale = 2 / self._enlarged()
        return bytes(vl_convert.vegalite_to_png(self._whole(), scale=scale, allowed_base_urls=[]))

    def _enlarged(self) -> float:
        """How much larger than a laptop's the type is; the frame grows with it."""
        return self.font / 12

    def _whole(self) -> Spec:
        """The specification with its rows, title, heading, white ground and size."""
        rows = json.loads(self.rows.to_json(orient="records", date_format="iso"))
        spec = self.spec | {"data": {"values": rows}, "title": self._title()}
        if "facet" not in spec:
            by_rows = isinstance(spec.get("height"), dict)
            spec["width"] = WIDTH * self._enlarged()
            spec["height"] = spec["height"] if by_rows else HEIGHT * self._enlarged()
            spec["autosize"] = {"type": "fit-x" if by_rows else "fit", "contains": "padding"}
        return spec | {
            "background": "#ffffff",
            "padding": 16 * self._enlarged(),
            "config": _ground(spec.get("config", {})),
        }

    def _title(self) -> Spec:
        return {
            "text": self.title,
            "subtitle": list(self.heading),
            "anchor": "start",
            "fontSize": self.font * 4 / 3,
            "subtitleFontSize": self.font,
            "subtitleColor": QUIET,
            "subtitleLineHeight": self.font * 1.4,
            "subtitlePadding": self.font / 2,
            "offset": self.font,
        }


def _ground(own: Spec) -> Spec:
    """The look that Streamlit gives a chart on its page, for a chart that has left it."""
    axis, view = _LINES | own.get("axis", {}), {"stroke": None} | own.get("view", {})
    return own | {"font": _FONT, "axis": axis, "view": view}
