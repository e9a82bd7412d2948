"""The map of a province's models, as it is sent: every model of the filter, its word, its place."""

from collections import Counter

import pytest

from components import model_map
from components.models import COLOURS
from data import formats, model_readers, model_sums, places, readers
from data.models import WORDS

KEY = "vi_tri_mo_hinh"
SNAPSHOT = readers.current().snapshot.id


@pytest.fixture
def page(tab):
    """Opens the page of models at an address: `page(ky="2024Q3", tinh="ben-tre")`."""

    return lambda **query: tab().on("progress.py", **query)


def words(area, quarter="2024Q3", form="tat_ca", source="tat_ca") -> dict[str, int]:
    place = model_sums.Where(quarter, area.members, form, source)
    return model_readers.summary(SNAPSHOT, place).words


def drawn(page) -> bool:
    return any(it.proto.id.endswith(f"-{KEY}") for it in page.app.get("bidi_component"))


def legend(page) -> str:
    return next(it for it in page.html if "Vị trí mô hình" in it)


@pytest.mark.parametrize(
    ("query", "area"),
    [
        ({"tinh": "ha-giang"}, places.province("02")),
        ({"tinh": "khanh-hoa"}, places.province("56")),
        ({"tinh": "lao-cai", "don_vi": "34"}, places.unit34("15")),
    ],
)
def test_each_model_of_the_filter_is_one_point_with_its_word(page, query, area):
    shown = page(ky="2024Q3", **query)
    sent = shown.component(KEY)
    known = {word: many for word, many in words(area).items() if many}
    assert shown.failures == []
    assert Counter(list(WORDS)[point[3]] for point in sent["points"]) == known
    assert len({point[0] for point in sent["points"]}) == sum(known.values())
    assert sent["code"] == area.code
    assert area.name in sent["alt"]
    for word, many in known.items():
        assert WORDS.label(word) in legend(shown)
        if word in COLOURS:
            assert f"{WORDS.label(word)}: <b>{formats.number(many)}</b>" in legend(shown)


def test_a_point_is_where_the_snapshot_says_and_names_its_model(page):
    sent = page(ky="2024Q3", tinh="ha-giang").component(KEY)
    at = readers.table(SNAPSHOT, "model_places").set_index("model_id")
    book = model_readers.book(SNAPSHOT).models.set_index("model_id")
    for model, lon, lat, _, name, told in sent["points"]:
        assert model.startswith("02-")
        assert (lon, lat) == tuple(at.loc[model, ["lon", "lat"]])
        assert name == book.loc[model, "name"]
        assert book.loc[model, "district_name"] in told


def test_the_furthest_behind_come_first_and_unknown_ones_last(page):
    sent = page(ky="2024Q3", tinh="ha-giang").component(KEY)
    order = [list(WORDS)[point[3]] for point in sent["points"]]
    assert order[0] == "cham_nhieu"
    assert all(word in COLOURS for word in order[: order.index("chua_phe_duyet")])


def test_words_without_a_figure_have_no_colour(page):
    sent = page(ky="2024Q3", tinh="ha-giang").component(KEY)
    colours = dict(sent["words"])
    assert colours["chậm nhiều"] == COLOURS["cham_nhieu"]
    assert colours["chưa báo cáo"] == colours["chưa phê duyệt"] == ""


def test_more_models_than_are_drawn_are_counted(page, monkeypatch):
    monkeypatch.setattr(model_map, "MOST", 10)
    shown = page(ky="2024Q2", tinh="ha-giang")
    every = sum(words(places.province("02"), "2024Q2").values())
    assert len(shown.component(KEY)["points"]) == 10
    assert f"Hiện 10 trong {every} mô hình, chậm nhất trước." in legend(shown)


def test_it_says_that_it_is_approximate_and_illustrative(page):
    told = legend(page(ky="2024Q3", tinh="ha-giang"))
    assert "Ranh giới gần đúng; vị trí theo xã" in told
    assert "Số liệu minh họa." in told


@pytest.mark.parametrize(
    "query", [{}, {"vung": "tay-nguyen"}, {"tinh": "ha-noi", "hinh_thuc": "nhiem_vu"}]
)
def test_the_country_a_region_and_a_filter_without_models_have_none(page, query):
    shown = page(ky="2024Q3", **query)
    assert shown.failures == []
    assert not drawn(shown)


def test_it_follows_form_and_source(page):
    shown = page(ky="2024Q3", tinh="ha-giang", hinh_thuc="chuoi_gia_tri")
    known = words(places.province("02"), form="chuoi_gia_tri")
    assert len(shown.component(KEY)["points"]) == sum(known.values()) > 0
