"""Which places stand on the map, and what the map is framed by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from publishing_handmade import NOW, PLACES, PROFILE, FakeGazetteer, ledger
from publishing_reading import record_of

from oskil.publishing.site import publish
from oskil.records import Toponym

FAR = replace(PLACES[0], id=99, name="Farport", lat=52.5, lon=31.0, population=900_000)


def page(folder: Path, relation: str) -> dict[str, object]:
    """The page of a record in which a distant town is named once, and nothing claimed of it."""
    made = ledger()
    doc = next(s.document for s in made.stored if s.latest)
    named = Toponym(start=0, end=5, phrase="Arden", place=FAR, relation=relation, why="a reason")
    reading = made.readings[doc.id]
    made.readings[doc.id] = replace(reading, toponyms=(*reading.toponyms, named))
    publish(made, FakeGazetteer((*PLACES, FAR)), folder, profile=PROFILE, now=NOW)
    return record_of(folder)


def test_a_town_that_is_only_named_is_no_point_and_widens_no_frame(site: Path, tmp_path: Path) -> None:
    record = page(tmp_path / "p", "at")
    (far,) = [p for p in record["places"] if p["id"] == 99]  # type: ignore[attr-defined,union-attr]
    assert far["point"] is None and far["mentions"]
    assert record["frame"] == record_of(site)["frame"]


@pytest.mark.parametrize("relation", ["metonym", "demonym"])
def test_a_name_that_stands_for_a_government_is_no_mention(tmp_path: Path, relation: str) -> None:
    record = page(tmp_path / "p", relation)
    assert not [p for p in record["places"] if p["id"] == 99]  # type: ignore[attr-defined,union-attr]


def test_the_frame_holds_every_town_with_a_claim(site: Path) -> None:
    record = record_of(site)
    west, south, east, north = record["frame"]
    points = [p["point"] for p in record["places"] if p["claims"] and p["kind"] == "settlement"]
    assert len(points) >= 4
    assert all(west < lon < east and south < lat < north for lon, lat in points)


def test_a_region_has_no_point(site: Path) -> None:
    assert all(p["point"] is None for p in record_of(site)["places"] if p["kind"] != "settlement")


def test_contested_and_assessed_places(site: Path) -> None:
    standing = {p["name"]: p["standing"] for p in record_of(site)["places"]}
    assert standing["Varnik"] == "contested"
    assert standing["Izmar"] == "assessed"
    assert standing["Senna"] == "claimed"
