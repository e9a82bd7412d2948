"""What the server sends of the map: one module per set of units, no address but its own."""

import asyncio
import gzip
import re
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers

from app import Kept, middleware, routes
from components import districts
from components import map as unit_map
from data import places

SERVER = Starlette(routes=routes, middleware=middleware)


def get(path, server=SERVER, **headers):
    """Status, headers and body of what the server answers to a browser that takes gzip."""
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"accept-encoding", b"gzip"), *sent],
    }
    messages = []

    async def receive():
        await asyncio.Event().wait()  # a browser that stays

    async def send(message):
        messages.append(message)

    # In a thread of its own, since a browser test before may have left a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(server(scope, receive, send))).result()
    body = b"".join(message.get("body", b"") for message in messages)
    return messages[0]["status"], Headers(raw=messages[0]["headers"]), body


@pytest.mark.parametrize(("units", "table"), [("63", places.provinces()), ("34", places.units34())])
def test_one_feature_per_unit_by_code_and_two_island_groups(units, table):
    module = unit_map.module(units)
    codes = re.findall(r'"id": "(\w+)"', module)
    assert codes == list(table.index)
    assert re.findall(r'"name": "(.*?)"', unescape(module)) == [
        "Hoàng Sa (Đà Nẵng)",
        "Trường Sa (Khánh Hòa)",
    ]


def unescape(module):
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), module)


def test_nothing_is_loaded_from_another_server():
    assert unit_map.module("63").startswith('import "../leaflet/')
    for text in (unit_map.module("63"), unit_map.module("34")):
        assert not re.search(r"(src|href|import|url)\W{1,3}(https?:)?//", text)


def test_rendering_twice_gives_the_same_address():
    address = unit_map.module_path("63")
    unit_map.module.cache_clear()
    unit_map.module_hash.cache_clear()
    assert unit_map.module_path("63") == address
    assert unit_map.module_path("34") != address


def test_the_module_is_served_once_and_for_all():
    path = "/" + unit_map.module_path("63")
    status, headers, body = get(path)
    assert (status, gzip.decompress(body).decode()) == (200, unit_map.module("63"))
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert get(path, **{"if-none-match": headers["etag"]})[0::2] == (304, b"")


@pytest.mark.parametrize("path", ["/map/63.0123456789abcdef.js", "/map/65.x.js", "/leaflet/x.js"])
def test_unknown_addresses_are_not_found_and_not_kept(path):
    status, headers, _ = get(path)
    assert status == 404
    assert "cache-control" not in headers


def test_leaflet_comes_from_the_app():
    status, headers, _ = get(f"/{unit_map.LEAFLET_PATH}/leaflet.js")
    assert status == 200
    assert "immutable" in headers["cache-control"]


def test_what_never_changes_is_compressed_once(monkeypatch):
    address = f"/{unit_map.LEAFLET_PATH}/leaflet-src.js"
    first = get(address)
    monkeypatch.setattr(zlib, "compressobj", None)  # whoever compresses now fails
    assert get(address) == first
    assert first[1]["content-encoding"] == "gzip"
    assert get(address, **{"if-none-match": first[1]["etag"]})[0] == 304


def test_what_a_visitor_left_in_the_middle_is_not_kept_for_the_next_one():
    visits = []

    async def file(scope, receive, send):
        visits.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a half", "more_body": True})
        if len(visits) > 1:  # the first visitor has gone, and Starlette stops
            await send({"type": "http.response.body", "body": b", and the rest"})

    server = Kept(file)
    assert get("/static/chart.js", server)[2] == b"a half"
    assert [get("/static/chart.js", server)[2] for _ in range(3)] == 3 * [b"a half, and the rest"]
    assert len(visits) == 2


def test_every_answer_keeps_the_browser_at_home():
    _, headers, _ = get("/nowhere")
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"


def test_the_standalone_page_needs_no_server_and_trusts_no_label():
    page = unit_map.standalone_html("34", {}, {"01": "</script><b>"}, "Bản đồ <1>", "Minh họa")
    assert "</script><b>" not in page
    assert "<h1>Bản đồ &lt;1&gt;</h1>" in page
    assert not re.search(r"(src|import|url)\W{1,3}(https?:)?//", page)
    assert 'import "' not in page


def test_borders_of_districts_are_kept_and_another_address_is_not_found():
    path = "/" + districts.path(places.province("02"))
    status, headers, body = get(path)
    assert (status, gzip.decompress(body).decode()) == (200, districts.shapes("63", "02"))
    assert "immutable" in headers["cache-control"]
    for wrong in (path.replace("63.02", "63.04"), path.replace("63.", "65."), path + "x"):
        assert get(wrong)[0] == 404


def test_the_standalone_page_does_without_the_models():
    assert "drawModels" in unit_map.module("63")
    assert "drawModels" not in unit_map.standalone_html("63", {}, {}, "Bản đồ", "Minh họa")
