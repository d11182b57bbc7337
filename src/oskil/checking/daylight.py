"""Was it dark, or light, at that time and place?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from oskil.checking import sun
from oskil.checking.interface import Case
from oskil.checking.making import day, spot, verdict
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.whereabouts import any_of, sentence_of
from oskil.records import Bar, DataSource, Outcome, Place, Span, Verdict, Working

_FORMULAS = DataSource("Astronomical Almanac, low-precision formulas for the sun", "1984", "")


class Daylight:
    """The sun's height at the place against words for the time of day."""

    name = "daylight"
    description = "A time of day, or a picture said to be of a day, against the sun's height at the place."
    method = (
        "The sun's height by the Astronomical Almanac's low-precision formulas at the gazetteer's point; "
        "night is "
        "between sunset and sunrise (-0.833 degrees), in the conflict's time zone."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One where the claim's sentence gives a weekday with a part of the day, or a picture posted then."""
        sentence = sentence_of(case)
        match = _timed().search(case.document.text, sentence.start, sentence.end)
        clock = _clock().search(case.document.text, sentence.start, sentence.end)
        if case.data.profile is None or (match is None and clock is None):
            return
        place = _place(case)
        if place is None:
            return
        if clock is not None and (light := _light().search(case.document.text, sentence.start, sentence.end)):
            yield self._at_clock(case, place, clock, light)
        elif match is not None:
            yield self._in_part(case, place, match)

    def _in_part(self, case: Case, place: Place, match: re.Match[str]) -> Verdict:
        at, stated = Span(*match.span()), " ".join(match.group().split())
        zone, on = _zone(case), case.claim.time.last if case.claim.time else None
        if zone is None or on is None:
            return cannot_be_checked(
                self, case, stated, "the text gives no day, or its time zone is not known", at
            )
        rise, fall = _rise_and_set(place.lat, place.lon, on, zone)
        if rise is None or fall is None:
            return cannot_be_checked(
                self, case, stated, "the sun does not rise and set there on that day", at
            )
        times = f"at {place.name} the sun rose at {rise:%H:%M} and set at {fall:%H:%M} on {day(on)}"
        if case.claim.evidence in ("photo", "footage", "satellite"):
            reason = (
                "when it was taken the text does not say; the picture with its shadows would allow a check"
            )
            return _with(case, self, "cannot be checked", stated, times, reason, at, place, on, zone)
        if (
            (moment := _published(case, zone)) is not None
            and moment.date() == on
            and _dark(match)
            and moment < fall
        ):
            reason = (
                f"the text is dated {moment:%H:%M}, before that night; an update after the date "
                "would explain it"
            )
            return _with(case, self, "differs", stated, times, reason, at, place, on, zone)
        weekday = f"{on:%A}"
        fits = weekday.lower() == (match["weekday"] or match["weekday2"]).lower()
        reason = f"{day(on)} was a {weekday}; {_hours(match, rise, fall)}"
        return _with(case, self, "agrees" if fits else "differs", stated, times, reason, at, place, on, zone)

    def _at_clock(self, case: Case, place: Place, clock: re.Match[str], light: re.Match[str]) -> Verdict:
        at = Span(min(clock.start(), light.start()), max(clock.end(), light.end()))
        stated = f"{' '.join(clock.group().split())}, {light.group().lower()}"
        zone, on = _zone(case), case.claim.time.last if case.claim.time else None
        if zone is None or on is None:
            return cannot_be_checked(
                self, case, stated, "the text gives no day, or its time zone is not known", at
            )
        moment = dt.datetime.combine(on, _time(clock), tzinfo=zone)
        height = sun.height(place.lat, place.lon, moment)
        wants_dark = light["dark"] is not None
        fits = height < sun.SET if wants_dark else height > sun.DUSK
        found = (
            f"the sun stood {height:.0f} degrees {'above' if height > 0 else 'below'} the horizon of "
            f"{place.name}"
        )
        found = found.replace("-", "")
        reason = (
            "so it was dark" if height < sun.DUSK else "twilight" if height < sun.SET else "so it was light"
        )
        return _with(case, self, "agrees" if fits else "differs", stated, found, reason, at, place, on, zone)


def _with(
    case: Case,
    check: Daylight,
    outcome: Outcome,
    stated: str,
    found: str,
    reason: str,
    at: Span,
    place: Place,
    on: dt.date,
    zone: ZoneInfo,
) -> Verdict:
    hours = [dt.datetime.combine(on, dt.time(n), tzinfo=zone) for n in range(24)]
    bars = tuple(
        Bar(f"{one:%H:%M}", round(height, 1), "found" if height > 0 else "none")
        for one in hours
        for height in (sun.height(place.lat, place.lon, one),)
    )
    return verdict(
        check,
        case,
        outcome,
        stated=stated,
        found=found,
        reason=reason,
        tolerance="The formulas are good to a minute of time; the time zone is the conflict's.",
        data=(_FORMULAS, case.gazetteer.source),
        places=(place.id,),
        at=at,
        working=Working(
            steps=(f"{found}.",), shapes=(spot(place),), bars=bars, unit="degrees above the horizon"
        ),
    )


@cache
def _timed() -> re.Pattern[str]:
    days, parts = any_of("weekdays"), any_of("day_parts")
    return re.compile(
        rf"(?<!\w)(?:(?:late|early)\s+(?P<weekday>{days})|(?P<weekday2>{days})\s+(?P<part>{parts}))(?!\w)",
        re.I,
    )


@cache
def _clock() -> re.Pattern[str]:
    half = r"(?:\s*(?P<{}>[ap]\.?m\b\.?))"
    return re.compile(
        rf"(?<![\w:.])(?:(?P<hour>\d{{1,2}}):(?P<minute>\d\d){half.format('half')}?|"
        rf"(?P<hour2>\d{{1,2}}){half.format('half2')})(?![\w%:])",
        re.I,
    )


@cache
def _light() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:(?P<dark>{any_of('dark_words')})|(?P<bright>{any_of('light_words')}))(?!\w)", re.I
    )


def _place(case: Case) -> Place | None:
    ids = case.claim.places
    place = case.gazetteer.get(ids[0]) if len(ids) == 1 else None
    return place if place is not None and place.kind == "settlement" else None


def _zone(case: Case) -> ZoneInfo | None:
    try:
        return ZoneInfo(case.data.profile.timezone) if case.data.profile else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


@lru_cache(maxsize=512)
def _rise_and_set(
    lat: float, lon: float, on: dt.date, zone: ZoneInfo
) -> tuple[dt.datetime | None, dt.datetime | None]:
    return (
        sun.crossing(lat, lon, on, zone, sun.SET, rising=True),
        sun.crossing(lat, lon, on, zone, sun.SET, rising=False),
    )


def _published(case: Case, zone: ZoneInfo) -> dt.datetime | None:
    """The moment of publication, where the text's date has a clock time with its offset."""
    try:
        moment = dt.datetime.fromisoformat(case.document.published or "")
    except ValueError:
        return None
    return moment.astimezone(zone) if moment.tzinfo is not None else None


def _dark(match: re.Match[str]) -> bool:
    return (match["part"] or "").lower() == "night"


def _hours(match: re.Match[str], rise: dt.datetime, fall: dt.datetime) -> str:
    if _dark(match):
        return f"its night is from {fall:%H:%M} on"
    return f"its day was from {rise:%H:%M} to {fall:%H:%M}"


def _time(clock: re.Match[str]) -> dt.time:
    hour, minute = int(clock["hour"] or clock["hour2"]), int(clock["minute"] or 0)
    half = (clock["half"] or clock["half2"] or "").lower().replace(".", "")
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return dt.time(hour % 24, minute % 60)
