"""The shapes: whole, shared at the borders, true to where the communes are."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

from data import geography, places
from data.build_boundaries import FOLDER, read_communes, share_inside

FILES = ["province_shapes.parquet", "unit34_shapes.parquet", "district_shapes.parquet"]
ISLAND_DISTRICTS = ["Cô Tô", "Vân Đồn", "Cát Hải", "Bạch Long Vĩ", "Cồn Cỏ", "Lý Sơn"]
ISLAND_DISTRICTS += ["Phú Quí", "Côn Đảo", "Kiên Hải", "Phú Quốc"]
LAYERS = [geography.province_shapes, geography.unit34_shapes, geography.district_shapes]


@pytest.fixture(scope="module")
def communes() -> gpd.GeoDataFrame:
    return read_communes()


def array(shapes: gpd.GeoDataFrame) -> np.ndarray:
    return shapes.geometry.to_numpy()


@pytest.mark.parametrize("layer", LAYERS)
def test_shapes_are_valid_and_share_their_borders(layer):
    assert layer().is_valid.all()
    assert shapely.coverage_is_valid(array(layer()))
    assert layer().crs == "EPSG:4326"


def test_shapes_follow_the_official_order():
    assert list(geography.province_shapes().index) == list(places.provinces().index)
    assert list(geography.unit34_shapes().index) == list(places.units34().index)


def test_the_34_units_are_the_63_provinces_dissolved():
    for code, shape in geography.unit34_shapes().geometry.items():
        members = geography.province_shapes().loc[list(places.unit34(code).members)]
        assert shapely.coverage_union_all(array(members)).equals(shape)


def test_provinces_are_their_districts_dissolved():
    for code, districts in geography.district_shapes().groupby("province"):
        whole = shapely.coverage_union_all(array(districts))
        assert whole.equals(geography.province_shapes().geometry[code])


def test_the_country_has_no_holes():
    whole = shapely.coverage_union_all(array(geography.province_shapes()))
    assert sum(len(part.interiors) for part in shapely.get_parts(whole)) == 0


def test_99_percent_of_communes_lie_in_their_own_province(communes):
    assert len(communes) > 10_000
    assert share_inside(communes, geography.province_shapes()) >= 0.99


@pytest.mark.parametrize("name", ISLAND_DISTRICTS)
def test_island_communes_are_on_the_map(communes, name):
    island = communes[communes["name"].str.endswith(name)]
    assert len(island) > 0
    assert share_inside(island, geography.province_shapes()) == 1


def test_each_district_has_a_shape_but_the_two_island_groups(communes):
    assert set(geography.district_shapes().index) == set(communes["district"])
    assert not {"498", "576"} & set(geography.district_shapes().index)


def test_both_island_groups_are_named_and_where_they_are():
    groups = geography.islands().groupby("group")
    assert {name: set(rows["province_code"]) for name, rows in groups} == {
        "Hoàng Sa": {"48"},
        "Trường Sa": {"56"},
    }
    extent = groups[["lat", "lon"]].agg(["min", "max", "size"])
    assert (extent[("lat", "size")] >= 5).all()
    assert within(extent.loc["Hoàng Sa"], lat=(15.7, 17.3), lon=(111, 113))
    assert within(extent.loc["Trường Sa"], lat=(6.8, 12), lon=(111, 114.8))


def within(extent: pd.Series, **bounds: tuple[float, float]) -> bool:
    return all(
        low <= extent[(axis, "min")] <= extent[(axis, "max")] <= high
        for axis, (low, high) in bounds.items()
    )


@pytest.mark.parametrize("file", FILES)
def test_each_file_names_its_sources_and_says_that_it_is_approximate(file):
    metadata = pq.read_schema(FOLDER / file).metadata
    assert b"vietnamadminunits" in metadata[b"sources"]
    assert b"Natural Earth: public domain" in metadata[b"licences"]
    assert geography.boundary_note().startswith("Ranh giới gần đúng")
    assert (FOLDER / file).stat().st_size < 250_000
