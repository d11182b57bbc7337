"""A control map as a document: a line for each area, with the claim that the assessor makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from oskil.conflict import ConflictProfile
from oskil.records import ControlArea, ControlMap, Span
from oskil.sources import days, packed, ready
from oskil.sources.control_maps.parsing import parse
from oskil.sources.given import Given
from oskil.sources.interface import Context, Hints, Loaded, Raw
from oskil.sources.parties import party_words, profile_in_use, side_of

READER = "control map 1"

_KML = re.compile(rb"<kml[\s>]", re.I)
_GEOJSON = re.compile(rb'"type"\s*:\s*"(?:FeatureCollection|Feature|(?:Multi)?Polygon)"')


class ControlMapFile:
    """One day's control map in a file."""

    name = "control map"

    def accepts(self, given: Given) -> bool:
        """Whether this is GeoJSON, KML, or an archive with one of them."""
        head = given.head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
        if head.startswith(packed.ZIP):
            return given.name.lower().endswith(".kmz")
        if head.startswith(b"<"):
            return bool(_KML.search(head))
        return head.startswith(b"{") and bool(_GEOJSON.search(head))

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded]:
        """The one document with its claims. Raises SourceError where it cannot be read."""
        profile, hints = profile_in_use(), context.hints
        raw = given.raw(largest=packed.LARGEST)
        drawn = parse(raw, assessor=hints.outlet, day=hints.published, profile=profile)
        yield document_of(drawn, raw, hints, profile)


def document_of(drawn: ControlMap, raw: Raw, hints: Hints, profile: ConflictProfile) -> Loaded:
    """A map as a document with a line and a claim for each area."""
    title = f"{drawn.assessor}: control map of {days.words(drawn.day)}"
    sheet = ready.Sheet(title)
    who = {"speaker": drawn.assessor, "side": side_of(drawn.assessor, profile), "time": ready.on(drawn.day)}
    for area in drawn.areas:
        text, km2 = _words(area, profile)
        span = sheet.line(text)
        sheet.claim(span, "control", holder=area.holder, quantities=_quantities(span, text, km2), **who)
    for note in drawn.notes:
        sheet.line(f"Note: {note}.")
    return ready.loaded(
        sheet,
        hints,
        key=f"control map of {drawn.assessor}, {drawn.day}",
        where=raw.where,
        raw=raw.data,
        reader=READER,
        outlet=drawn.assessor,
        published=drawn.day.isoformat(),
    )


def _quantities(span: Span, text: str, km2: str) -> tuple[Any, ...]:
    return (ready.quantity(span, km2, text, float(km2.replace(",", "")), "km2"),)


def _words(area: ControlArea, profile: ConflictProfile) -> tuple[str, str]:
    """The line of an area, and its size as it stands in it."""
    import shapely

    from oskil.places.geometry import ellipsoid

    shape = shapely.from_wkb(area.wkb)
    size = f"{abs(ellipsoid().geometry_area_perimeter(shape)[0]) / 1e6:,.0f}"
    west, south, east, north = shape.bounds
    held = "contested" if area.contested else f"held by {party_words(area.holder, profile) or 'not told'}"
    name = f"{area.name}, " if area.name else ""
    box = f"longitude {west:.2f} to {east:.2f}, latitude {south:.2f} to {north:.2f}"
    return f"{name}{area.status}: {held}, {size} km2 at {box}.", size
