from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import shapely

from oskil.errors import SourceError
from oskil.sources import Hints, Raw, load
from oskil.sources.control_maps import parse

SQUARE = [[[36.0, 49.0], [37.0, 49.0], [37.0, 50.0], [36.0, 50.0], [36.0, 49.0]]]
BOW = [[[36.0, 49.0], [37.0, 50.0], [37.0, 49.0], [36.0, 50.0], [36.0, 49.0]]]
MAPS = Path(__file__).parents[3] / "shared" / "data" / "control" / "maps"


def collection(*features: tuple[dict[str, Any], Any], **more: Any) -> bytes:
    made = [
        {"type": "Feature", "properties": p, "geometry": {"type": "Polygon", "coordinates": c}}
        for p, c in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": made, **more}).encode()


def kml(*placemarks: str, before: str = "") -> bytes:
    head = f'<?xml version="1.0"?>{before}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    return (head + "".join(placemarks) + "</Document></kml>").encode()


def placemark(name: str, more: str = "") -> str:
    ring = " ".join(f"{x},{y},0" for x, y in SQUARE[0])
    return (
        f"<Placemark><name>{name}</name>{more}<Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}"
        "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
    )


def raw(data: bytes, name: str = "deepstate-2022-09-08.geojson") -> Raw:
    return Raw(where=name, data=data)


def refused(data: bytes, name: str = "deepstate-2022-09-08.geojson") -> str:
    with pytest.raises(SourceError) as caught:
        parse(raw(data, name))
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)
    return str(caught.value)


def test_who_holds_what_by_whose_word_on_which_day() -> None:
    drawn = parse(raw(collection(({"status": "occupied"}, SQUARE), ({"status": "contested"}, SQUARE))))
    assert (drawn.assessor, drawn.day) == ("DeepState", dt.date(2022, 9, 8))
    assert [(a.holder, a.contested) for a in drawn.areas] == [("RU", False), (None, True)]
    assert (drawn.elsewhere, drawn.within) == ("UA", "UA")


def test_gzip_changes_nothing_but_the_hash() -> None:
    data = collection(({"status": "occupied"}, SQUARE))
    plain, packed = parse(raw(data)), parse(raw(gzip.compress(data), "deepstate-2022-09-08.geojson.gz"))
    assert plain.areas == packed.areas
    assert plain.source.sha256 != packed.source.sha256


def test_a_map_in_an_envelope_has_the_envelopes_day() -> None:
    inner = json.loads(collection(({"name": "Окуповано /// Occupied"}, SQUARE)))
    drawn = parse(raw(json.dumps({"datetime": "2022-10-01T10:00:00Z", "map": inner}).encode(), "last.json"))
    assert drawn.day == dt.date(2022, 10, 1)
    assert drawn.areas[0].status == "Occupied"
    assert drawn.areas[0].holder == "RU"


def test_one_layer_of_isw_is_known_by_its_name() -> None:
    data = collection(({"OBJECTID": 1}, SQUARE))
    drawn = parse(raw(data, "VIEW_RussiaCoTinUkraine_V3 2023-01-02.geojson"))
    assert drawn.assessor == "Institute for the Study of War"
    assert drawn.areas[0].holder == "RU"
    claimed = parse(raw(data, "VIEW_ClaimedRussianTerritoryinUkraine_V2 20230102.geojson"))
    assert claimed.areas[0].contested


def test_a_plain_map_names_its_holders_by_the_names_of_the_parties() -> None:
    data = collection(
        ({"holder": "Russian", "date": "2022-05-01"}, SQUARE),
        ({"holder": "Martians", "name": "Plain", "date": "2022-05-01"}, SQUARE),
    )
    drawn = parse(raw(data, "my.geojson"), assessor="Our desk")
    assert [a.holder for a in drawn.areas] == ["RU", None]
    assert any("not told" in note for note in drawn.notes)
    assert (drawn.elsewhere, drawn.within) == (None, None)


def test_kml_and_kmz_are_read_alike() -> None:
    when = "<TimeStamp><when>2022-09-08</when></TimeStamp>"
    data = kml(placemark("Assessed Russian Control", when))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", data)
    plain = parse(raw(data, "isw.kml"))
    assert plain.areas == parse(raw(packed.getvalue(), "isw.kmz")).areas
    assert plain.areas[0].holder == "RU"
    assert plain.day == dt.date(2022, 9, 8)


def test_a_ring_that_crosses_itself_is_mended_and_the_map_says_so() -> None:
    drawn = parse(raw(collection(({"status": "occupied"}, BOW))))
    assert shapely.from_wkb(drawn.areas[0].wkb).is_valid
    assert "mended: Self-intersection" in drawn.notes[0]


def test_another_system_of_coordinates_is_turned_into_degrees_with_a_note() -> None:
    metres = [
        [[4007501.67, 6274861.39], [4118820.0, 6274861.39], [4118820.0, 6446275.84], [4007501.67, 6274861.39]]
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    drawn = parse(raw(collection(({"status": "occupied"}, metres), crs=crs)))
    west, south, *_ = shapely.from_wkb(drawn.areas[0].wkb).bounds
    assert (round(west, 2), round(south, 2)) == (36.0, 49.0)
    assert "3857" in drawn.notes[0]


def test_metres_without_a_system_are_refused() -> None:
    assert "not degrees" in refused(
        collection(({"status": "occupied"}, [[[4e6, 6e6], [5e6, 6e6], [5e6, 7e6]]]))
    )


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b'{"type": "FeatureCollection", "features": [', "deepstate-2022-09-08.geojson", "not JSON"),
        (b'{"type": "FeatureCollection", "features": []}', "deepstate-2022-09-08.geojson", "no area"),
        (collection(({"status": "occupied"}, SQUARE)), "deepstate.geojson", "no day"),
        (collection(({"holder": "Russia"}, SQUARE)), "2022-09-08.geojson", "who drew this map"),
        (
            collection(({"status": "occupied", "date": "0000-09-08"}, SQUARE)),
            "deepstate.geojson",
            "the year 0000",
        ),
        (
            collection(({"status": "occupied", "date": "9999-12-31"}, SQUARE)),
            "deepstate.geojson",
            "the year 9999",
        ),
        (
            gzip.compress(collection(({"status": "occupied"}, SQUARE)))[:-20],
            "deepstate.geojson.gz",
            "cut short",
        ),
        (b"PK\x03\x04 nothing", "deepstate.kmz", "cut short"),
        (kml(placemark("x"))[:-30], "isw.kml", "not KML at line"),
        (
            collection(
                ({"status": "occupied"}, [[[37.0, 48.0], [float("nan"), 48.0], [38.0, 49.0], [37.0, 48.0]]])
            ),
            "deepstate-2022-09-08.geojson",
            "a geometry",
        ),
        (kml(placemark("x")).replace(b"37", b"nan"), "isw.kml", "no numbers"),
    ],
)
def test_bad_maps_get_one_clear_line(data: bytes, name: str, told: str) -> None:
    assert told in refused(data, name)


def test_kml_with_external_entities_is_refused_and_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    entity = f'<!DOCTYPE kml [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    told = refused(kml(placemark("&x;"), before=entity), "isw.kml")
    assert "entities" in told
    assert "secret words" not in told


def test_a_zip_bomb_in_a_kmz_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b" " * (40 << 20))
    assert "unpacks to more than" in refused(packed.getvalue(), "isw.kmz")


def test_every_area_is_a_line_and_a_claim(tmp_path: Path) -> None:
    path = tmp_path / "deepstate-2022-09-08.geojson"
    path.write_bytes(collection(({"status": "occupied"}, SQUARE), ({"status": "liberated"}, SQUARE)))
    (loaded,) = load(str(path), Hints())
    assert loaded.reading is not None
    first, second = loaded.reading.claims
    assert (first.kind, first.speaker, first.holder) == ("control", "DeepState", "RU")
    assert first.time is not None
    assert first.time.first == first.time.last == dt.date(2022, 9, 8)
    assert second.holder == "UA"
    (span,) = first.spans
    assert loaded.document.text[span.start : span.end] == first.quote
    (size,) = first.quantities
    assert loaded.document.text[size.start : size.end].replace(",", "") == str(int(size.value))
    assert 8000 < size.value < 8200  # a square degree at 49.5 N: 111.2 km by 72.5 km


@pytest.mark.shared
@pytest.mark.skipif(not MAPS.is_dir(), reason="the shared data is not beside the checkout")
def test_the_shared_maps_load_as_they_are() -> None:
    for path in sorted(MAPS.glob("*.gz"))[::6]:
        drawn = parse(Raw(where=str(path), data=path.read_bytes()))
        assert drawn.assessor == "DeepState"
        assert drawn.day.isoformat() == path.name[:10]
        assert {a.status: a.holder for a in drawn.areas} == {
            "occupied": "RU",
            "occupied_pre2022": "RU",
            "liberated": "UA",
            "contested": None,
        }
        assert not drawn.notes
