"""Was there a way out of a place for the side that held it, and how wide?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from oskil.checking import drawing
from oskil.checking.changes import held_by, not_held
from oskil.checking.control import near_days
from oskil.checking.figures import km
from oskil.checking.interface import Case
from oskil.checking.making import day, party, spot, verdict
from oskil.checking.maps import DayMap, Series, areal
from oskil.checking.parties import named
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.whereabouts import any_of, found_in, place_at
from oskil.records import Outcome, Place, Shape, Span, Verdict, Working

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Widths that a way out is tried at: finer ones would promise more than drawn lines hold.
_STEPS_KM = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0)
_SIMPLE_M = 200.0
_SHOWN_KM = 60.0
_MARGIN_M = 2e5


@dataclass(frozen=True, slots=True)
class WayOut:
    """At least how wide the narrowest part of the widest way is, km: 0 where there is none; `off_km` is how
    far the place lies from ground of its side.
    """

    day: dt.date
    width_km: float
    off_km: float


class Encirclement:
    """The ground that a side held around a place: does it hang together with the rest, and how wide?"""

    name = "encirclement"
    description = "A place said to be encircled, cut off, or not: the way out on control maps."
    method = (
        "The ground of the side that held the place, with the contested, is narrowed from its edges until "
        "the place "
        "is parted from the side's largest piece; twice the narrowing is the width of the widest way out."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each encirclement or cutting off of a settlement that the claim's words state or deny."""
        for match in found_in(case, _pattern()):
            yield self._verdict(case, match)
            return  # one account of a place is enough for a claim

    def _verdict(self, case: Case, match: re.Match[str]) -> Verdict:
        at = Span(*match.span())
        place = place_at(case, at)
        aim = _is_aim(case, match)
        denied = case.claim.polarity == "denied"
        part = _is_part(case, match)
        if place is None or place.kind != "settlement":
            return cannot_be_checked(self, case, _words(match), "the text does not say which place it is", at)
        stated = (
            f"{place.name}: “{_words(match)}”{', denied' if denied else ''}{', as an aim' if aim else ''}"
            f"{', in part' if part else ''}"
        )
        last = (case.claim.time.last if case.claim.time else None) or case.document.published_on
        if last is None or not case.data.series:
            reason = f"control maps of {day(last)} would allow a check" if last else "the text gives no day"
            return cannot_be_checked(self, case, stated, reason, at)
        series = case.data.series[0]
        inside = _inside(case, match, series, place, last)
        drawn = [one for s in near_days(series, place, last) if (one := series.at(s.day)) and one.day <= last]
        if inside is None or not drawn:
            reason = f"the maps of {series.assessor} do not tell whose troops were there on {day(last)}"
            return cannot_be_checked(self, case, stated, reason, at)
        ways = [way_out(series, one, inside, place) for one in drawn]
        outcome, reason = _judge(case, ways, inside, denied=denied, aim=aim, part=part)
        return verdict(
            self,
            case,
            outcome,
            stated=stated,
            found="; ".join(_told(way) for way in ways),
            reason=reason,
            tolerance=f"A way narrower than {km(tolerances()['encirclement.open_km'])} is not told from "
            "none: lines "
            "are drawn to some hundred metres, and a road within reach of guns is no way out.",
            data=[series.sources[way.day] for way in ways],
            numbers=(max(way.width_km for way in ways), tolerances()["encirclement.open_km"], None, "km"),
            places=(place.id,),
            at=at,
            working=_working(case, series, drawn, inside, place, ways),
        )


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('encircle_words')})\w*", re.I)


@cache
def _aims() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('aim_words')})(?:\s+[\w-]+){{0,2}}\s*$", re.I)


def _words(match: re.Match[str]) -> str:
    return " ".join(match.group().lower().split())


def _is_aim(case: Case, match: re.Match[str]) -> bool:
    return _aims().search(case.document.text, max(0, match.start() - 60), match.start()) is not None


@cache
def _parts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = rf"(?<!\w)(?:{any_of('ring_part_words')})[\s-]+$"
    return re.compile(before, re.I), re.compile(rf"\s+(?:{any_of('ring_part_words_after')})(?!\w)", re.I)


def _is_part(case: Case, match: re.Match[str]) -> bool:
    text = case.document.text
    before, after = _parts()
    return bool(
        before.search(text, max(0, match.start() - 30), match.start()) or after.match(text, match.end())
    )


def _inside(case: Case, match: re.Match[str], series: Series, place: Place, last: dt.date) -> str | None:
    """The party in the place: who held it last by the maps up to that day, and is not said to encircle it."""
    start = case.claim.spans[0].start
    by = {owner for _, owner in named(case, Span(start, match.start()))}
    held = [s.holder for s in series.history(place) if s.day <= last and s.holder is not None]
    return next((holder for holder in reversed(held) if holder not in by), None)


def way_out(series: Series, one: DayMap, inside: str, place: Place) -> WayOut:
    """The way out of a place on one map."""
    key = ("way", one.day, inside, place.id)
    if key not in series.cache:
        series.cache[key] = _way_out(series, one, inside, place)
    found: WayOut = series.cache[key]
    return found


def _way_out(series: Series, one: DayMap, inside: str, place: Place) -> WayOut:
    import shapely

    point = shapely.Point(series.plane.point(place.lat, place.lon))
    off = float(point.distance(_ground(series, one, inside))) / 1000
    reach = tolerances()["encirclement.near_km"]
    width = 0.0
    for step in _STEPS_KM:
        body = _body(series, one, inside, step)
        # A disc as wide as the step that touches the place must fit into the largest piece of the ground.
        if body.is_empty or float(point.distance(body)) / 1000 > reach + step / 2:
            break
        width = step
    return WayOut(one.day, width, off)


def _body(series: Series, one: DayMap, inside: str, width_km: float) -> BaseGeometry:
    """The largest piece of a side's ground once it is narrowed from its edges by half a width."""
    import shapely

    key = ("body", one.day, inside, width_km)
    if key not in series.cache:
        ground = shapely.simplify(_ground(series, one, inside), _SIMPLE_M)
        parts = shapely.get_parts(ground.buffer(-width_km * 500, quad_segs=3))
        largest = max(parts, key=lambda part: part.area, default=shapely.Polygon())
        shapely.prepare(largest)
        series.cache[key] = largest
    found: BaseGeometry = series.cache[key]
    return found


def _ground(series: Series, one: DayMap, inside: str) -> BaseGeometry:
    key = ("ground", one.day, inside)
    if key not in series.cache:
        series.cache[key] = _ground_of(series, one, inside)
    found: BaseGeometry = series.cache[key]
    return found


def _ground_of(series: Series, one: DayMap, inside: str) -> BaseGeometry:
    import shapely

    if inside != series.elsewhere:
        return held_by(one, inside, contested=True)
    others = not_held(one, inside, contested=False)
    west, south, east, north = others.bounds
    return areal(
        shapely.box(west - _MARGIN_M, south - _MARGIN_M, east + _MARGIN_M, north + _MARGIN_M) - others
    )


def _judge(
    case: Case, ways: list[WayOut], inside: str, *, denied: bool, aim: bool, part: bool
) -> tuple[Outcome, str]:
    widest = max(ways, key=lambda way: way.width_km)
    open_ = widest.width_km >= tolerances()["encirclement.open_km"]
    told = (
        f"on {day(widest.day)} a way out for {party(case, inside)} was {km(widest.width_km)} wide at its "
        "narrowest"
        if open_
        else f"the maps show no way out for {party(case, inside)}"
    )
    if aim:
        return "cannot be checked", f"the words tell of an aim, and maps show what came about: {told}"
    if part:
        return "cannot be checked", f"the words tell of a part of a ring, which may leave a way out: {told}"
    if not open_ and any(way.off_km > 0 for way in ways):
        return "cannot be checked", f"{told}, because they no longer have the place on its ground"
    if not open_:
        return ("differs" if denied else "agrees"), f"{told}; ground that joins it beyond the map is not seen"
    return ("agrees" if denied else "differs"), told


def _told(way: WayOut) -> str:
    if way.off_km > tolerances()["encirclement.near_km"]:
        return f"{day(way.day)}: the place lies {km(way.off_km)} from ground of that side"
    return (
        f"{day(way.day)}: a way out {km(way.width_km)} wide"
        if way.width_km
        else f"{day(way.day)}: no way out"
    )


def _working(
    case: Case, series: Series, drawn: list[DayMap], inside: str, place: Place, ways: list[WayOut]
) -> Working:
    widest = max(ways, key=lambda way: way.width_km)
    one = next(one for one in drawn if one.day == widest.day)
    ground = drawing.around(series, _ground(series, one, inside), (place.lon, place.lat), _SHOWN_KM)
    shape = drawing.area(series, ground, "before", f"{party(case, inside)} or contested, {day(one.day)}")
    shapes: tuple[Shape, ...] = (shape, spot(place)) if shape else (spot(place),)
    steps = [f"The side inside: {party(case, inside)}, the last that the maps have there."]
    steps += [f"{_told(way)}." for way in ways]
    steps.append(
        "Width by halving: the ground is narrowed from its edges until the place is parted from the rest."
    )
    return Working(steps=tuple(steps), shapes=shapes)
