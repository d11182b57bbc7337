"""Layers as a user meets them: files in, shapes by name and by distance out, and nothing bad let in."""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
import zipfile
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from oskil.errors import GazetteerError
from oskil.places.geometry import geodesic
from oskil.places.layer_store import LayerStore, name_of
from oskil.places.layers import Layer, LayerFeature, bare, open_layer
from oskil.places.romanise import romanised
from oskil.places.shapes import area_km2, km_to, length_km
from oskil.places.vector import Columns, read_features
from oskil.places.vector.columns import parse
from oskil.records import DataSource

RIVERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "layers" / "rivers-ukraine.geojson.gz"


def collection(*features: tuple[dict[str, object], str]) -> dict[str, object]:
    """A GeoJSON of properties and shapes as WKT."""
    listed = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": shapely.geometry.mapping(shapely.from_wkt(wkt)),
        }
        for properties, wkt in features
    ]
    return {"type": "FeatureCollection", "features": listed}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "My Rivers.geojson"
    made = collection(
        (
            {"name": "Oskol", "name_uk": "Оскіл", "featurecla": "River"},
            "LINESTRING (37 49, 37.5 50, 37.8 51)",
        ),
        ({"name": "Oskol", "featurecla": "Lake Centerline"}, "LINESTRING (37.8 51, 37.9 51.2)"),
        ({"name": None, "featurecla": "River"}, "LINESTRING (30 49, 31 49)"),
        ({"name": "Wide Lake", "featurecla": "Lake"}, "POLYGON ((10 10, 11 10, 11 11, 10 11, 10 10))"),
    )
    path.write_text(json.dumps(made))
    return path


def test_a_file_becomes_a_layer_that_is_opened_by_name(file: Path, tmp_path: Path) -> None:
    entry = LayerStore(tmp_path / "data").add(file, "rivers", Columns())
    assert (entry.features, entry.named, dict(entry.kinds)) == (
        4,
        3,
        {"River": 2, "Lake Centerline": 1, "Lake": 1},
    )
    file.unlink()  # what was added is kept
    layer = open_layer("rivers", tmp_path / "data")
    assert layer.features[0].names == ("Oskol", "Оскіл") and layer.features[0].kind == "River"
    assert layer.features[2].name == "" and layer.source.sha256 == entry.sha256


def test_a_file_is_opened_as_it_lies_there(file: Path, tmp_path: Path) -> None:
    LayerStore(tmp_path / "data").add(file, "rivers", Columns())
    one, other = open_layer(file), open_layer("rivers", tmp_path / "data")
    assert list(one.features) == list(other.features)


@pytest.mark.parametrize("name", ["Oskol", "the Oskil River", "OSKOL", "Оскіл", "річка Оскіл", "Oskil"])
def test_a_river_is_found_in_other_spellings(file: Path, name: str) -> None:
    assert {f.name for f in open_layer(file).named(name)} == {"Oskol"}


@pytest.mark.parametrize("name", ["", "River", "Dnipro", "Osk"])
def test_another_name_finds_nothing(file: Path, name: str) -> None:
    assert not open_layer(file).named(name)


def test_near_measures_to_the_nearest_point_of_a_shape(file: Path) -> None:
    layer = open_layer(file)
    ((distance, lake),) = layer.near(9.9, 10.5, 30)
    assert lake.name == "Wide Lake" and distance == pytest.approx(
        geodesic(9.9, 10.5, 10.0, 10.5)[0], abs=0.02
    )
    assert layer.near(10.5, 10.5, 0)[0][0] == 0  # inside
    assert [f.name for _, f in layer.near(51.0, 37.8, 1)] == ["Oskol", "Oskol"]
    assert not layer.near(0.0, 0.0, 100)


def test_near_crosses_the_date_line() -> None:
    shape = shapely.LineString([(179.9, 0), (179.95, 0)])
    layer = Layer("x", [LayerFeature("a", ("a",), "", shape, {})], DataSource("x", "1", "0"))
    ((distance, _),) = layer.near(0.0, -179.95, 20)
    assert distance == pytest.approx(geodesic(0.0, -179.95, 0.0, 179.95)[0], abs=1e-6)


def test_areas_hold_points_and_lines_do_not(file: Path) -> None:
    layer = open_layer(file)
    assert [f.name for f in layer.holding(10.5, 10.5)] == ["Wide Lake"]
    assert not layer.holding(49.0, 37.0)
    assert {f.name for f in layer.meeting(shapely.box(36.9, 48, 38, 49.5))} == {"Oskol"}


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(-2, 2), st.floats(-2, 2))
def test_the_distance_to_a_point_is_the_geodesic(lat: float, lon: float, up: float, right: float) -> None:
    there = (max(-180.0, min(180.0, lon + right)), lat + up)
    assert km_to(shapely.Point(there), lat, lon) == pytest.approx(
        geodesic(lat, lon, there[1], there[0])[0], abs=1e-6
    )


def test_lengths_and_areas_are_those_of_the_ellipsoid() -> None:
    # One degree of latitude at the equator is 110.574 km, one of longitude 111.320 km (WGS 84).
    assert length_km(shapely.LineString([(0, 0), (1, 0)])) == pytest.approx(111.320, abs=0.001)
    clockwise = shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])
    assert area_km2(clockwise) == pytest.approx(12_309, abs=1)


@given(st.text(max_size=40))
def test_a_bare_name_is_bare(name: str) -> None:
    assert bare(bare(name)) == bare(name)


def test_gzip_zip_lines_and_bare_shapes_are_read(file: Path, tmp_path: Path) -> None:
    text = file.read_text()
    (tmp_path / "a.geojson.gz").write_bytes(gzip.compress(text.encode()))
    with zipfile.ZipFile(tmp_path / "a.geojson.zip", "w") as archive:
        archive.writestr("inner.geojson", text)
    lines = "\n".join(json.dumps(f) for f in json.loads(text)["features"])
    (tmp_path / "a.geojsonl").write_text(lines)
    for name in ("a.geojson.gz", "a.geojson.zip", "a.geojsonl"):
        assert len(list(read_features(tmp_path / name))) == 4, name
    (tmp_path / "b.json").write_text('{"type": "Point", "coordinates": [1, 2]}')
    assert next(read_features(tmp_path / "b.json")).geometry.y == 2


def geopackage(path: Path, system: int = 4326, shapes: tuple[bytes, ...] = ()) -> Path:
    with sqlite3.connect(path) as made:
        made.executescript(
            f"""CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id);
            INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326), (3857, 'EPSG', 3857);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INT);
            INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', {system});
            CREATE TABLE roads (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, highway TEXT);"""
        )
        for shape in shapes:
            made.execute("INSERT INTO roads (geom, name, highway) VALUES (?, 'M-03', 'trunk')", (shape,))
    made.close()
    return path


def packed(wkt: str) -> bytes:
    return (
        b"GP\0\x03"
        + struct.pack("<i", 4326)
        + struct.pack("<4d", 0, 1, 0, 1)
        + shapely.to_wkb(shapely.from_wkt(wkt))
    )


def test_a_geopackage_is_read_and_brought_to_degrees(tmp_path: Path) -> None:
    layer = open_layer(geopackage(tmp_path / "a.gpkg", shapes=(packed("LINESTRING (30 50, 31 50)"),)))
    assert (layer.features[0].name, layer.features[0].kind) == ("M-03", "trunk")
    metres = geopackage(tmp_path / "b.gpkg", 3857, (packed("POINT (4000000 6000000)"),))
    point = open_layer(metres).features[0].geometry
    assert (point.x, point.y) == (pytest.approx(35.93, abs=0.01), pytest.approx(47.35, abs=0.01))


def test_kml_is_read_with_its_data(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    path.write_text(
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><Placemark>'
        '<name>Front</name><ExtendedData><Data name="type"><value>line</value></Data></ExtendedData>'
        "<MultiGeometry><LineString><coordinates>37,49,0 38,50,0</coordinates></LineString>"
        "<LineString><coordinates>38,50 39,51</coordinates></LineString></MultiGeometry></Placemark>"
        "<Placemark><name>No shape</name></Placemark></Folder></Document></kml>"
    )
    (front,) = open_layer(path).features
    assert (front.name, front.kind, front.geometry.geom_type) == ("Front", "line", "MultiLineString")
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.write(path, "doc.kml")
        archive.writestr("icon.png", b"x")
    assert open_layer(tmp_path / "a.kmz").features[0].name == "Front"


def test_a_table_is_read_by_its_heading_or_by_the_stated_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("settlement;Y;X;art\nVelyka;49,5;36;x\n".replace("49,5", "49.5"))
    assert open_layer(path).features[0].name == "Velyka"
    stated = parse(["name=art", "lat=X", "lon=Y"])
    path.write_text("art,Y,X\nhill,36,49.5\n,36,49.5\n")
    found = list(read_features(path, stated))
    assert (found[0].geometry.x, found[0].geometry.y) == (36, 49.5)
    path.write_text('name,wkt\nA,"LINESTRING (1 2, 3 4)"\nB,\n')
    assert [f.geometry.geom_type for f in read_features(path)] == ["LineString"]


BAD = {
    "a.geojson": [
        ('{"type": "FeatureCollection"', "line 1"),
        ("[1]", "not GeoJSON"),
        ('{"type": "FeatureCollection", "features": [3]}', "feature 1"),
        (
            '{"type": "FeatureCollection", "features": [{"geometry": {"type": "Blob", "coordinates": [1]}}]}',
            "feature 1",
        ),
        ('{"type": "Point", "coordinates": [37, 91]}', "out of range"),
        ('{"type": "Point", "coordinates": [NaN, 1]}', "number"),
        ('{"type": "LineString", "coordinates": [[1, 2], [NaN, 1], [3, 4]]}', "number"),
        ('{"type": "Point", "coordinates": ["x", 1]}', "feature 1"),
        (
            '{"crs": {"properties": {"name": "EPSG:3857"}}, "type": "FeatureCollection", "features": []}',
            "EPSG:3857",
        ),
        ("[" * 100_000, ""),
        (b'{"a": "\xff"}', "UTF-8"),
    ],
    "a.csv": [
        ("name,lat,lon\nA,1\n", "line 2"),
        ("name,lat,lon\nA,north,2\n", "line 2"),
        ("name,lat,lon\nA,1,2\nB,95,2\n", "line 3"),
        ("name,a,b\nA,1,2\n", "lat=COLUMN"),
        ("name,wkt\nA,LINE (1\n", "line 2"),
        (b"name,lat,lon\n\xff,1,2\n", "line 2"),
        ("", "line 1"),
        ("name,lat,lon\n" + "x" * 10_000 + ",1,2\n", "10000 characters"),
        ('name,lat,lon\n"A,1,2\n', ""),
    ],
    "a.kml": [
        ("<kml><Placemark>", "line 1"),
        ("<kml><Placemark><Point><coordinates>a,b</coordinates></Point></Placemark></kml>", "line 1"),
        ("<kml><Placemark><Point><coordinates></coordinates></Point></Placemark></kml>", "line 1"),
        ("", "KML"),
    ],
    "a.gpkg": [("not a database at all" * 99, "GeoPackage"), ("", "GeoPackage")],
    "a.geojson.gz": [
        (gzip.compress(b"{}" * 9999, mtime=0)[:-9], "cut short"),
        (b"\x1f\x8bxxxxxxxxxxxx", "damaged"),
    ],
    "a.geojson.zip": [(b"PK\x03\x04xxxx", "damaged"), (b"", "damaged")],
    "a.xls": [("x", "not a file of features")],
}


@pytest.mark.parametrize(("name", "content", "told"), [(n, c, t) for n, some in BAD.items() for c, t in some])
def test_a_bad_file_is_refused_in_one_line_and_what_was_there_stays(
    file: Path, tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    store = LayerStore(tmp_path / "data")
    store.add(file, "rivers", Columns())
    bad = tmp_path / name
    bad.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GazetteerError) as caught:
        store.add(bad, "rivers", Columns(), replace=True)
    message = str(caught.value)
    assert told in message and str(bad) in message and "\n" not in message and len(message) < 400
    assert len(open_layer("rivers", tmp_path / "data")) == 4
    assert [p.name for p in store.folder.iterdir()] == ["rivers.layer"]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "a.geojson.gz"
    bomb.write_bytes(gzip.compress(b" " * (80 << 20)))
    with pytest.raises(GazetteerError, match="unpacks to more than"):
        LayerStore(tmp_path / "data").add(bomb, "rivers", Columns())


def test_a_table_of_several_must_be_named(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "a.gpkg", shapes=(packed("POINT (1 2)"), b"junk"))
    with sqlite3.connect(path) as more:
        more.execute("INSERT INTO gpkg_geometry_columns VALUES ('rails', 'geom', 4326)")
    with pytest.raises(GazetteerError, match="table=NAME; there are roads, rails"):
        list(read_features(path))
    with pytest.raises(GazetteerError, match="roads row 2"):
        list(read_features(path, parse(["table=roads"])))


def test_layers_are_listed_replaced_and_removed(file: Path, tmp_path: Path) -> None:
    store = LayerStore(tmp_path / "data")
    store.add(file, "rivers", Columns())
    with pytest.raises(GazetteerError, match="--replace"):
        store.add(file, "rivers", Columns())
    store.add(file, "more", parse(["kind=name"]))
    assert [(e.name, dict(e.columns)) for e in store.entries()] == [
        ("more", {"kind": "name"}),
        ("rivers", {}),
    ]
    store.remove("more")
    assert [e.name for e in store.entries()] == ["rivers"]
    with pytest.raises(GazetteerError, match="there are: rivers"):
        open_layer("more", tmp_path / "data")
    with pytest.raises(GazetteerError, match="small letters"):
        store.add(file, "../up", Columns())


def test_a_damaged_layer_is_refused(file: Path, tmp_path: Path) -> None:
    store = LayerStore(tmp_path / "data")
    path = store.add(file, "rivers", Columns()).path
    path.write_bytes(path.read_bytes()[:-70])
    with pytest.raises(GazetteerError, match="layer is cut short"):
        open_layer("rivers", tmp_path / "data")


def test_columns_are_roles_with_names() -> None:
    for pair in ("name", "colour=x", "name="):
        with pytest.raises(GazetteerError, match="ROLE=COLUMN"):
            parse([pair])


def test_a_layer_is_called_as_its_file() -> None:
    assert name_of(Path("/x/Rivers of UA (1).geojson.gz")) == "rivers-of-ua-1"


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Сіверський Донець", ("siverskyi donets", "siverskiy donets")),
        ("Куп'янськ", ("kupiansk", "kupyansk")),
        ("Єланець", ("yelanets",)),
        ("Харьков", ("kharkov",)),
        ("Oskil", ()),
        ("النيل", ()),
        ("", ()),
    ],
)
def test_cyrillic_names_are_written_in_latin_letters(name: str, forms: tuple[str, ...]) -> None:
    assert set(forms) <= set(romanised(name)) and bool(forms) == bool(romanised(name))


def test_a_river_is_found_by_its_name_in_another_script(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    names = ("Oskol", "Seversky Donets", "Dnipro", "Southern Bug")
    path.write_text(json.dumps(collection(*(({"name": n}, "LINESTRING (1 2, 3 4)") for n in names))))
    layer = open_layer(path)
    for asked, found in (
        ("Оскіл", "Oskol"),
        ("река Оскол", "Oskol"),
        ("Сіверський Донець", "Seversky Donets"),
        ("Северский Донец", "Seversky Donets"),
        ("Дніпро", "Dnipro"),
    ):
        assert [f.name for f in layer.named(asked)] == [found], asked
    assert not layer.named("Донець") and not layer.named("Буг")


@pytest.mark.shared
def test_the_rivers_load_as_they_are() -> None:
    if not RIVERS.exists():
        pytest.skip("the shared data are not beside the checkout")
    rivers = open_layer(RIVERS)
    assert len(rivers) == 209 and rivers.named("Siverskyi Donets") and rivers.named("Dnieper")
    # Kupiansk straddles the Oskil.
    assert "Oskol" in {f.name for _, f in rivers.near(49.71, 37.61, 3)}
