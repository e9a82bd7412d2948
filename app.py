"""The door: `streamlit run app.py` serves the dashboard, the map's files and the headers."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components import area_box, districts
from components import map as unit_map

# Addresses under these carry a hash or a version: what they name never changes.
_FOREVER = ("/map/", "/leaflet/")
_HASHED = ("/static/", *_FOREVER)

# Streamlit needs blob: for components and downloads, data: for pictures, and inline styles and
# its one inline script. `'self'` covers the websocket. Nothing may come from another server.
_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}


class SafeHeaders:
    """Adds the security headers to every answer, and `immutable` to what never changes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                if scope["path"].startswith(_FOREVER) and message["status"] in (200, 304):
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class Kept:
    """Keeps the compressed answers under addresses whose content never changes.

    Two hundred delegates who open the page at once ask for the same 2 MB of scripts; compressing
    them anew for each would keep a core busy for half a minute.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.answers: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _same_for_all(scope):
            await self.app(scope, receive, send)
            return
        answer = self.answers.get(scope["path"], [])
        if not answer:

            async def collect(message: Message) -> None:
                answer.append(message)

            await self.app(scope, receive, collect)
            if _is_whole(answer):
                self.answers[scope["path"]] = answer
        for message in answer:
            await send(message)


def _is_whole(answer: list[Message]) -> bool:
    """Whether it was sent to its end: the app stops where its visitor leaves in the middle."""
    return bool(answer) and answer[0]["status"] == 200 and not answer[-1].get("more_body", False)


def _same_for_all(scope: Scope) -> bool:
    """Whether every browser that asks so gets the same bytes, compressed."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    asked = Headers(scope=scope)
    parts = ("range", "if-none-match", "if-modified-since")
    whole = not any(name in asked for name in parts)
    return (
        whole and scope["path"].startswith(_HASHED) and "gzip" in asked.get("accept-encoding", "")
    )


async def map_module(request: Request) -> Response:
    """The map's module; an address with another hash is not found, so none is kept wrongly."""
    units, tag = request.path_params["units"], request.path_params["tag"]
    if units not in ("63", "34") or tag != unit_map.module_hash(units):
        raise HTTPException(404)
    headers = {"ETag": f'"{tag}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(unit_map.module(units), media_type="text/javascript", headers=headers)


routes = [
    area_box.ROUTE,
    districts.ROUTE,
    Route("/map/{units}.{tag}.js", map_module),
    Mount(f"/{unit_map.LEAFLET_PATH}", StaticFiles(directory=unit_map.LEAFLET_FOLDER)),
]
middleware = [
    Middleware(SafeHeaders),
    Middleware(Kept),
    Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
]


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Before the first visitor: the libraries, the snapshot and the map's modules, once."""
    # Here, since cached functions want a running Streamlit; the names are not used.
    from components import atlas, models, warming  # noqa: F401
    from data import places, readers

    snapshot = readers.current().snapshot
    if snapshot:
        warming.warm(snapshot.id)
    for units in ("63", "34"):
        unit_map.module_hash(units)
    for code in places.provinces().index:
        districts.path(places.province(code))
    # What is loaded now stays: no later collection has to walk through it.
    gc.collect()
    gc.freeze()
    yield


app = st.App("pages/frame.py", routes=routes, middleware=middleware, lifespan=lifespan)
