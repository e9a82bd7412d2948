"""The borders of districts: one file per unit of the 63 and of the 34."""

import json

import geopandas as gpd
import pytest

from components import districts
from data import geography, places


@pytest.mark.parametrize("area", [places.province("02"), places.unit34("15")])
def test_the_districts_of_a_unit_with_a_place_for_each_name(area):
    units = "34" if area.kind == "unit34" else "63"
    made = json.loads(districts.shapes(units, area.code))["features"]
    table = geography.district_shapes()
    assert [it["id"] for it in made] == list(table.index[table["province"].isin(area.members)])
    for each in made:
        name, lon, lat = (each["properties"][key] for key in ("name", "lon", "lat"))
        assert not name.startswith(("Huyện ", "Thành phố ", "Thị xã "))
        here = gpd.GeoSeries.from_xy([lon], [lat]).iloc[0]
        assert table.geometry[each["id"]].distance(here) < 1e-3


def test_the_files_are_small_enough_for_a_weak_network():
    sizes = [len(districts.shapes("34", code).encode()) for code in places.units34().index]
    assert max(sizes) < 40_000
