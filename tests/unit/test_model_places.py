"""Every model has a point: its commune's, else its district's, else one inside its province."""

import geopandas as gpd
import pandas as pd
import pytest

from data import build_points, geography, model_places, places, readers

SNAPSHOT = readers.current().snapshot.id


@pytest.fixture(scope="module")
def models():
    return readers.table(SNAPSHOT, "models")


def at(models, **changes) -> dict:
    """The point of the first model with these changes."""
    return model_places.located(models.head(1).assign(**changes)).to_pylist()[0]


def share_inside(points: pd.DataFrame, codes: pd.Series, shapes: gpd.GeoDataFrame) -> float:
    dots = gpd.GeoSeries.from_xy(points["lon"], points["lat"], crs=4326)
    own = shapes.geometry.reindex(codes).reset_index(drop=True)
    return own.intersects(dots.reset_index(drop=True)).mean()


def test_the_snapshot_holds_one_point_for_each_model_inside_its_own_province(models):
    points = readers.table(SNAPSHOT, model_places.NAME)
    assert points["model_id"].tolist() == models["model_id"].tolist()
    assert points["level"].value_counts(normalize=True)["commune"] > 0.9
    assert share_inside(points, models["province"], geography.province_shapes()) == 1
    assert share_inside(points, models["district"], geography.district_shapes()) > 0.99


def test_nearly_every_commune_has_a_point_and_it_lies_in_its_province():
    communes = build_points.commune_points(build_points.read_communes())
    assert len(communes) > 10_000
    assert communes["code"].is_unique
    assert share_inside(communes, communes["province"], geography.province_shapes()) == 1


def test_the_points_are_the_packages_and_the_same_each_time(models):
    # Xã Lũng Cú, the northernmost commune, Đồng Văn, Hà Giang.
    found = at(models, province="02", district="026", commune="00715")
    assert found["level"] == "commune"
    assert (found["lon"], found["lat"]) == pytest.approx((105.30, 23.36), abs=0.05)
    once, again = (model_places.located(models) for _ in range(2))
    assert once.equals(again)
    assert once.schema.equals(model_places.SCHEMA)


@pytest.mark.parametrize("commune", [None, "99999", "26734"])
def test_a_model_without_a_commune_of_its_province_stands_at_its_district(models, commune):
    found = at(models, province="02", district="026", commune=commune)
    assert found["level"] == "district"
    assert share_inside(pd.DataFrame([found]), ["026"], geography.district_shapes()) == 1


@pytest.mark.parametrize("district", [None, "999", "760"])
def test_a_model_without_a_district_of_its_province_stands_inside_the_province(models, district):
    for province in places.provinces().index:
        if province == "79" and district == "760":
            continue
        found = at(models, province=province, district=district, commune=None)
        assert found["level"] == "province"
        assert share_inside(pd.DataFrame([found]), [province], geography.province_shapes()) == 1


@pytest.mark.parametrize(("province", "district"), [("48", "498"), ("56", "576")])
def test_a_model_in_the_island_districts_is_not_put_where_the_package_has_them(
    models, province, district
):
    assert at(models, province=province, district=district, commune=None)["level"] == "province"


def test_a_commune_with_a_wrong_point_is_not_trusted():
    read = build_points.read_communes()
    wrong = read[read["commune"] == "00715"].assign(province="02", district="028")
    assert build_points.commune_points(wrong).empty


def test_the_reference_is_what_is_built():
    built = build_points.points()
    kept = pd.read_parquet(model_places.FILE)
    assert kept[built.columns.tolist()].equals(built.reset_index(drop=True))


def test_no_model_at_all_is_an_empty_table(models):
    assert model_places.located(models.head(0)).num_rows == 0
