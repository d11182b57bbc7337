"""A table of events as documents: one for each day, a line for each event, with its claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from oskil.conflict import ConflictProfile
from oskil.errors import SourceError
from oskil.records import Quantity, Refusal, Span
from oskil.sources import days, packed, ready
from oskil.sources.events.events import Event, event_of
from oskil.sources.events.maps import ColumnMap, of_user, shipped
from oskil.sources.events.placing import placed
from oskil.sources.events.rows import heading, rows
from oskil.sources.given import Given
from oskil.sources.interface import Context, Hints, Loaded, Raw
from oskil.sources.parties import profile_in_use, side_of

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer

READER = "event table 2"
_SHEETS = (".xlsx", ".xlsm")
_TABLES = (".csv", ".tsv")


class EventTable:
    """A CSV or a spreadsheet whose columns are known, or for which a column map is given."""

    name = "event table"

    def accepts(self, given: Given) -> bool:
        """Whether it is a spreadsheet, or its first line names the columns of a shipped map, or its name says
        that it is a table: one of unknown columns is refused with their names, and not read as prose.
        """
        if given.head.startswith(packed.ZIP):
            return given.name.lower().endswith(_SHEETS)
        if given.head[:1] in (b"{", b"[", b"<"):
            return False
        if given.name.lower().removesuffix(".gz").endswith(_TABLES):
            return True
        header = heading(given.head.decode("utf8", "ignore"))
        return len(header) > 1 and any(one.fits(header) for one in shipped())

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded | Refusal]:
        """A document for each day, and a Refusal for each row that cannot be read."""
        raw = given.raw(largest=packed.LARGEST)
        yield from tabled(raw, context.hints, context.gazetteer)


def tabled(raw: Raw, hints: Hints, gazetteer: Gazetteer | None = None) -> Iterator[Loaded | Refusal]:
    """The documents of a table. Raises SourceError where its columns are unknown or not those of its map."""
    profile = profile_in_use()
    header, each = rows(raw)
    by = of_user(hints.columns) if hints.columns else _fitting(header, raw.where)
    if missing := by.missing(header):
        told = ", ".join(header)[:200]
        raise SourceError(
            f"no column {' and '.join(missing)} of the map {by.name}; there are {told}", raw.where
        )
    found: dict[object, list[Event]] = {}
    for row in each:
        try:
            event = event_of(row, by, profile)
            found.setdefault(event.day, []).append(event)
        except SourceError as error:
            yield Refusal(error.where, error.message)
    source = hints.outlet or by.source or PurePath(raw.where).name
    for day in sorted(found, key=str):
        yield _document(source, found[day], raw, hints, profile, gazetteer)


def _fitting(header: Sequence[str], where: str) -> ColumnMap:
    found = next((one for one in shipped() if one.fits(header)), None)
    if found is None and not any(header):
        raise SourceError("there is no line with the names of columns in it", where)
    if found is None:
        told = ", ".join(header)[:200]
        raise SourceError(
            "its columns are not known, neither as losses nor as events; name a column map with --columns; "
            f"there are {told}",
            where,
        )
    return found


def _document(
    source: str,
    events: Sequence[Event],
    raw: Raw,
    hints: Hints,
    profile: ConflictProfile,
    gazetteer: Gazetteer | None,
) -> Loaded:
    day = events[0].day
    sheet = ready.Sheet(f"{source}: events of {days.words(day)}")
    for event in events:
        text = _words(event)
        span = sheet.line(text, event.url)
        where = placed(event, span, gazetteer)
        sheet.toponyms.extend(where.toponyms)
        # What only one outlet told is that outlet's word; what was coded from several is the coder's.
        only = event.outlets[0] if len(event.outlets) == 1 else source
        speaker = event.speaker or only
        sheet.claim(
            span,
            event.kind,
            speaker=speaker,
            side=event.side or side_of(speaker, profile),
            relays=event.outlets if event.speaker else (),
            places=where.places,
            areas=where.areas,
            around=where.around,
            time=event.period,
            holder=event.holder,
            quantities=tuple(_quantities(event, span, text)),
        )
    return ready.loaded(
        sheet,
        hints,
        key=f"events of {source}, {day}",
        where=raw.where,
        raw=raw.data,
        reader=READER if gazetteer is None else f"{READER}, {_called(gazetteer)}",
        outlet=source,
        published=day.isoformat(),
        language=_language(events),
    )


def _called(gazetteer: Gazetteer) -> str:
    # A reading by another gazetteer is another reading.
    return f"{gazetteer.source.name} {gazetteer.source.version}"


def _language(events: Sequence[Event]) -> str:
    said = Counter(event.language for event in events if event.language)
    return said.most_common(1)[0][0] if said else "en"


def _words(event: Event) -> str:
    """The line of an event: where, what, how many, by whom, where to be found."""
    place = ", ".join(x for x in (event.place, event.region) if x)
    head = f"{place}: " if place else ""
    numbers = "".join(f" [{words} {unit}]" for words, unit, _ in event.numbers)
    outlets = f" ({'; '.join(event.outlets)})" if event.outlets else ""
    return " ".join(f"{head}{event.text or event.kind}{numbers}{outlets} {event.url}".split())


def _quantities(event: Event, span: Span, text: str) -> Iterator[Quantity]:
    for words, unit, value in event.numbers:
        at = span.start + text.rindex(f"[{words} {unit}]") + 1
        yield Quantity(value=value, unit=unit, start=at, end=at + len(words))
