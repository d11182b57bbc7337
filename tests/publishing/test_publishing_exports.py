"""Every export, read back by a reader of its own format; private names and hostile text go through all."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import fastkml
import geojson
import jsonschema
import pyogrio
import pytest
from fastkml.validator import validate
from prov.model import ProvDocument, ProvEntity
from publishing_handmade import DAY, NOW, PROFILE, FakeGazetteer, claim, document, report, summary, toponyms
from pyarrow import parquet

from oskil.errors import InputError
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.store import open_ledger
from oskil.publishing.exports import exporter, exporters
from oskil.publishing.exports.collecting import Asked, collect
from oskil.publishing.exports.interface import Collection
from oskil.publishing.safety import Safety
from oskil.records import Document, Period, Place, Reading, Verdict

NAMES = [e.name for e in exporters()]
ATTACKS = [
    "<script>alert(1)</script>",
    ']]><x a="',
    "=HYPERLINK(1)",
    'quote " and \\ slash',
    "line\u2028turn\u202eround\x00\x1b[31m",
    "';DROP TABLE claims;--",
]


def collection(
    folder: Path, material: list[tuple[Document, Reading]], asked: Asked | None = None, now: dt.datetime = NOW
) -> Collection:
    with open_ledger(folder / "ledger.db") as ledger:
        for doc, reading in material:
            ledger.add(doc, doc.text.encode("utf-8", "surrogatepass"), reading, NOW - dt.timedelta(days=5))
        return collect(ledger, FakeGazetteer(), PROFILE, asked or Asked(), now)  # type: ignore[arg-type]


def written(name: str, made: Collection) -> bytes:
    out = io.BytesIO()
    exporter(name).write(made, out)
    return out.getvalue()


def kml(content: bytes) -> fastkml.KML:
    """Read as valid KML: the reader takes text without a declaration."""
    read = fastkml.KML.from_string(content.decode("utf-8").split("?>", 1)[1])
    assert validate(element=read.etree_element())
    return read


def rows(name: str, made: Collection) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(name, made).decode("utf-8"), newline="")))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return collection(tmp_path_factory.mktemp("export"), [report(), summary()], Asked(checked=True, hxl=True))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    material = []
    for number, attack in enumerate(ATTACKS):
        text = f"{attack} Varnik was shelled, {attack}"
        doc = document(text, f"key {number}", title=attack, outlet=f"News {attack}", language=attack)
        fields: dict[str, Any] = {"places": (1,), "time": Period(DAY, DAY), "relays": (f"Agency {attack}",)}
        one = claim(doc, text, "strike", speaker=f"Ministry {attack}", **fields)
        material.append((doc, Reading(doc.id, "handmade 1", (one,))))
    return collection(tmp_path_factory.mktemp("hostile"), material, Asked(hxl=True))


def test_a_format_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="of claims; there are geojson, kml, csv"):
        exporter("shapefile")


def test_geojson_is_valid_and_has_a_feature_for_each_claim(made: Collection) -> None:
    read = geojson.loads(written("geojson", made))
    assert read.is_valid, read.errors()
    assert len(read["features"]) == len(made.entries) == 11
    by_quote = {f["properties"]["quote"]: f for f in read["features"]}
    control = by_quote["The town is under our control"]
    assert control["geometry"] == {"type": "Point", "coordinates": [36.86, 49.46]}  # snapped to 0.01 degrees
    assert control["properties"]["speaker"] == "Viktor Ganz"
    assert control["properties"]["relays"] == "Telegram"
    several = by_quote["a town 76 kilometers northeast of Varnik"]
    assert several["geometry"]["type"] == "MultiPoint"
    assert (
        by_quote["Our units have moved forward by up to 50 kilometers in the Holm Region"]["geometry"] is None
    )


def test_kml_is_valid_by_its_schema_and_has_times(made: Collection) -> None:
    marks = list(list(kml(written("kml", made)).features)[0].features)
    assert len(marks) == sum(len(e.settlements) for e in made.entries)
    varnik = next(m for m in marks if m.name == "Varnik: control")
    assert varnik.geometry.x == 36.86
    assert varnik.times.begin.dt == dt.date(2022, 9, 8)


def test_csv_has_a_row_for_each_claim_and_place_and_hashtags_on_demand(made: Collection) -> None:
    read = rows("csv", made)
    assert read[0]["quote"] == "#description+quote"
    assert all(tag.startswith("#") for tag in read[0].values())
    assert len(read) - 1 == sum(max(1, len(e.spots)) for e in made.entries)
    units = next(r for r in read if r["quote"].startswith("Our units"))
    assert (units["quantities"], units["place"], units["latitude"]) == ("up to 50 km", "Holm Region", "")


def test_acled_and_viina_have_their_columns_and_no_claim_that_is_no_event(made: Collection) -> None:
    acled = rows("acled", made)[1:]
    assert {r["event_type"] for r in acled} <= {
        "Battles",
        "Explosions/Remote violence",
        "Violence against civilians",
        "Strategic developments",
    }
    assert not [r for r in acled if "kilometers northeast" in r["notes"]]  # background is no event
    ganz = next(r for r in acled if r["notes"] == "The town is under our control")
    assert (ganz["event_date"], ganz["time_precision"], ganz["actor1"]) == ("2022-09-08", "1", "BO")
    assert ganz["source"] == "Viktor Ganz; Telegram; The Daily Courier"
    viina = next(r for r in rows("viina", made) if r["text"] == ganz["notes"])
    assert (viina["date"], viina["t_control"], viina["t_firefight"]) == ("20220908", "1", "0")
    assert "fatalities" not in acled[0]


def test_parquet_keeps_types(made: Collection) -> None:
    table = parquet.read_table(io.BytesIO(written("parquet", made)))
    assert str(table.schema.field("latitude").type) == "double"
    assert str(table.schema.field("geonameid").type) == "int64"
    assert table.num_rows == len(rows("csv", made)) - 1
    assert json.loads(table.schema.metadata[b"oskil"])["draft"] is True


def test_geopackage_opens_in_gdal_and_in_sqlite(made: Collection, tmp_path: Path) -> None:
    path = tmp_path / "claims.gpkg"
    path.write_bytes(written("geopackage", made))
    info = pyogrio.read_info(path, layer="claims")
    assert info["crs"] == "EPSG:4326"
    assert info["geometry_type"] == "Point"
    assert info["features"] == sum(len(e.settlements) for e in made.entries)
    with sqlite3.connect(path) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        assert database.execute("select count(*) from gpkg_geometry_columns").fetchone() == (1,)


def test_timemap_has_what_its_client_asks_of_events_sources_and_associations(made: Collection) -> None:
    text = {"type": "string"}
    event = {
        "type": "object",
        "required": ["id", "description", "date", "time", "location", "latitude", "longitude", "sources"],
        "properties": {
            "date": {"type": "string", "pattern": r"^(\d\d/\d\d/\d{4})?$"},
            "associations": {"type": "array", "items": text},
            "sources": {"type": "array", "items": text},
            "latitude": text,
            "longitude": text,
        },
    }
    source = {
        "type": "object",
        "required": ["id", "paths"],
        "properties": {"id": text, "title": text, "url": text, "paths": {"type": "array"}},
    }
    filed = {
        "type": "object",
        "required": ["id", "title", "mode", "filter_paths"],
        "properties": {"mode": {"enum": ["FILTER"]}, "filter_paths": {"type": "array", "minItems": 2}},
    }
    schema = {
        "properties": {
            "events": {"type": "array", "minItems": 1, "items": event},
            "sources": {"type": "object", "additionalProperties": source},
            "associations": {"type": "array", "items": filed},
        },
        "required": ["events", "sources", "associations"],
    }
    read = json.loads(written("timemap", made))
    jsonschema.validate(read, schema)
    known = {a["id"] for a in read["associations"]}
    assert all(set(e["associations"]) <= known for e in read["events"])
    assert all(set(e["sources"]) <= read["sources"].keys() for e in read["events"])


def test_claimreview_holds_verdicts_only_and_rates_nobody(made: Collection) -> None:
    read = json.loads(written("claimreview", made))
    verdicts = [v for e in made.entries for v in e.verdicts]
    assert len(read["@graph"]) == len(verdicts) > 0
    for review in read["@graph"]:
        assert review["@type"] == "ClaimReview"
        assert review["reviewRating"].keys() == {"@type", "alternateName"}
        assert review["reviewRating"]["alternateName"] in (
            "agrees",
            "differs",
            "contradicted",
            "cannot be checked",
        )
        assert review["claimReviewed"]
        # A contradiction rests on what others said, and on no data.
        assert review.get("isBasedOn") or review["reviewRating"]["alternateName"] == "contradicted"


def test_each_review_has_an_address_of_its_own(tmp_path: Path) -> None:
    text = "Ostrava Lug is 70 kilometers northeast of Varnik, and 30 kilometers east of Senna."
    doc = document(text, "far")
    one = claim(doc, text, "background", places=(2, 1, 4))
    found = collection(tmp_path, [(doc, Reading(doc.id, "handmade 1", (one,), (), toponyms(doc)))])
    (entry,) = found.entries
    verdict = Verdict(
        check="distance",
        claim=one.id,
        outcome="differs",
        stated="70 km",
        found="62 km",
        reason="",
        method="",
        tolerance="",
    )
    several = (verdict, replace(verdict, stated="30 km"), replace(verdict, check="direction"))
    graph = json.loads(written("claimreview", replace(found, entries=(replace(entry, verdicts=several),))))
    ids = [review["@id"] for review in graph["@graph"]]
    assert [i.split(one.id)[1] for i in ids] == [":distance", ":distance:2", ":direction"]


def test_web_annotations_find_their_words_again_by_position_and_by_quotation(made: Collection) -> None:
    texts = {doc.id: doc.text for doc, _ in (report(), summary())}
    by_claim = {e.claim.id: e for e in made.entries}
    read = json.loads(written("webannotation", made))
    assert read["type"] == "AnnotationPage"
    for item in read["items"]:
        entry = by_claim[item["id"].rsplit(":", 1)[1]]
        quote, *places = item["target"]["selector"]
        body = texts[entry.text.id]
        pieces = " ".join(body[p["start"] : p["end"]] for p in places)
        assert " ".join(pieces.split()) == quote["exact"]
        if "[" not in quote["prefix"] + quote["suffix"] and len(places) == 1:
            assert quote["prefix"] + body[places[0]["start"] : places[0]["end"]] + quote["suffix"] in body


def test_prov_is_read_by_its_library(made: Collection) -> None:
    read = ProvDocument.deserialize(content=written("prov", made).decode("utf-8"))
    entities = list(read.get_records(ProvEntity))
    assert len(entities) == len(made.entries) + 2
    assert "wasQuotedFrom" not in {str(r.get_type()) for r in entities}
    assert 'oskil:kind="control"' in read.get_provn()


@pytest.mark.parametrize("name", NAMES)
def test_no_private_name_leaves(name: str, made: Collection) -> None:
    content = written(name, made)
    for private in (b"Mira Tolvan", b"Tolvan", b"QuietHeron77", b"t.me/quietheron"):
        assert private not in content


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_stays_text(name: str, hostile: Collection) -> None:
    content = written(name, hostile)
    if name in ("csv", "acled", "viina"):
        for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
    elif name in ("geojson", "timemap", "claimreview", "webannotation", "prov"):
        json.loads(content)
    elif name == "kml":
        assert b"<script" not in content
        assert kml(content)
    assert b"\x00\x1b" not in content or name in ("parquet", "geopackage")


def test_a_verdict_names_nothing_of_what_is_held_back(tmp_path: Path) -> None:
    theirs = document("Bordian units hold Varnik", "theirs", outlet="Daily")
    ours = document("Ardenian units hold Varnik", "ours", outlet="The Late Bulletin", published="2022-09-12")
    material = [
        (
            doc,
            Reading(
                doc.id,
                "handmade 1",
                (claim(doc, doc.text, "control", places=(1,), holder=side, time=Period(DAY, DAY)),),
            ),
        )
        for doc, side in ((theirs, "BO"), (ours, "AR"))
    ]
    checked = Asked(checked=True)
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    both = collection(tmp_path / "a", material, checked)
    assert b"The Late Bulletin" in json.dumps([v.found + v.reason for v in both.entries[0].verdicts]).encode()
    noon = dt.datetime(2022, 9, 12, 12, tzinfo=dt.UTC)
    final = Asked(checked=True, options=Safety(final=True))
    kept = collection(tmp_path / "b", material, final, noon)
    assert [e.text.outlet for e in kept.entries] == ["Daily"]
    assert "Bulletin" not in repr(kept.entries) and b"Bulletin" not in written("claimreview", kept)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_ledger_gives_an_empty_export(name: str, tmp_path: Path) -> None:
    assert written(name, collection(tmp_path, []))


def test_a_place_at_a_pole_or_on_the_date_line_stays_in_range(tmp_path: Path) -> None:
    edges = [
        Place(1, "Pole", "settlement", 90.0, -180.0, "XA"),
        Place(2, "Line", "settlement", -89.999, 179.999, "XA"),
    ]
    doc = document("Pole and Line were shelled", "edges")
    one = claim(doc, "Pole and Line were shelled", "strike", places=(1, 2), time=Period(DAY, DAY))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        ledger.add(doc, b"x", Reading(doc.id, "handmade 1", (one,)), NOW)
        made = collect(ledger, FakeGazetteer(edges), PROFILE, Asked(), NOW)  # type: ignore[arg-type]
    assert [(s.lat, s.lon) for s in made.entries[0].spots] == [(90.0, -180.0), (-90.0, 180.0)]
    assert geojson.loads(written("geojson", made)).is_valid


def test_filters_delay_and_protection_hold(tmp_path: Path) -> None:
    asked = Asked(claims=ClaimFilter(kind="control"), options=Safety(protect=("AR",)))
    made = collection(tmp_path, [report(), summary()], asked)
    assert {e.claim.kind for e in made.entries} == {"control"}
    varnik = next(s for e in made.entries for s in e.spots if s.name == "Varnik")
    assert (varnik.lat, varnik.lon, varnik.coarse) == (49.5, 36.9, True)
    fresh = dt.datetime(2022, 9, 9, 20, 0, tzinfo=dt.UTC)
    final = Asked(options=Safety(final=True))
    (tmp_path / "b").mkdir()
    held = collection(tmp_path / "b", [report(), summary()], final, now=fresh)
    assert {e.text.outlet for e in held.entries} == {
        "The Daily Courier"
    }  # a day old by then; the summary is not
