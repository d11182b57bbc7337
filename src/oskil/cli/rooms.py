"""Opens what the commands work on: the ledger, the gazetteer, the profile, the reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter

from oskil.cli.console import complain
from oskil.cli.wording import Names
from oskil.errors import InputError, LedgerError
from oskil.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oskil.conflict import ConflictProfile
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.places.home import Home
    from oskil.places.index import CompiledGazetteer
    from oskil.places.interface import FullGazetteer, Gazetteer
    from oskil.places.layers import Layer
    from oskil.reading.interface import Reader


def ledger_at(where: str | Path | None) -> Path | str:
    """The ledger's place: the option's, else the settings'; a path, or an address with `://` in it."""
    if where is None:
        return settings().ledger
    return str(where) if "://" in str(where) else Path(where)


def open_to_write(where: str | Path | None) -> Ledger:
    """The ledger, made if there is none. Raises LedgerError."""
    from oskil.ledger.store import open_ledger

    path = ledger_at(where)
    try:
        if isinstance(path, Path):
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"its folder cannot be made: {error.strerror}", str(path)) from error
    return open_ledger(path)


def open_to_look(where: str | Path | None, as_known_on: dt.date | None = None) -> Ledger:
    """The ledger, which must exist, as it stood at the end of a day. Raises LedgerError."""
    from oskil.ledger.store import open_ledger

    path = ledger_at(where)
    if isinstance(path, Path) and not path.exists():
        raise LedgerError("there is no ledger here yet; `oskil read FILE` makes one", str(path))
    ledger = open_ledger(path, create=False)
    tell_if_unknown(ledger, as_known_on)
    return ledger.as_known_on(as_known_on)


def tell_if_unknown(ledger: Ledger, day: dt.date | None, instead: str = "") -> None:
    """Say on standard error where a ledger knew nothing by the end of a day, and what may have been meant
    `instead`: old texts that are read today are known from today on.
    """
    if day is None or ledger.as_known_on(day).head() is not None or not (first := ledger.log(0, 1)):
        return
    began = first[0].recorded_at.date()
    hint = f"; {instead}" if instead else ""
    complain(f"the ledger knew nothing by the end of {day}: its first entry is of {began}{hint}")


def profile_of(name: str | None) -> ConflictProfile:
    """The conflict profile of that name or path, else the settings'. Raises ProfileError."""
    from oskil import conflict

    return conflict.load(name or settings().profile)


def gazetteer(data: Path | None = None) -> FullGazetteer:
    """The gazetteer with all that was added to it. Raises GazetteerError."""
    from oskil.places.gazetteer_store import GazetteerStore, merged

    return merged(embedded(), GazetteerStore(data))


def embedded() -> CompiledGazetteer:
    """The embedded gazetteer; the first use compiles it, and says so on a terminal. Raises GazetteerError."""
    from oskil.cli.console import progress
    from oskil.places.gazetteer import index_path, load_embedded

    cache = settings().cache
    if index_path(cache).exists():
        return load_embedded(cache)
    with progress("Compiling the gazetteer, once"):
        return load_embedded(cache)


def reader_for(profile: str | None, *, threads: int = 0) -> Reader:
    """The reader of texts: with the profile asked for, else with the one that fits each text. `threads` 0
    lets the tagger take all cores.
    """
    from threadpoolctl import threadpool_limits

    from oskil.pipeline.rereading import named
    from oskil.reading import reader

    war = profile_of(profile) if profile else None
    places = gazetteer()
    found = named(reader(places, war, homes=homes(), rivers=rivers(), threads=threads), places)
    # A text's matrices are small: the numeric library's own threads only wait for one another, and keep
    # others from a core.
    threadpool_limits(1)  # type: ignore[no-untyped-call]
    return found


def homes(data: Path | None = None) -> Mapping[str, Home]:
    """Where outlets are known to be at home. Raises GazetteerError."""
    from oskil.places import home_file

    return home_file.load((data or settings().data) / home_file.FILE)


def rivers(data: Path | None = None) -> Layer | None:
    """The layer that was added as "rivers"; None where there is none. Raises GazetteerError."""
    from oskil.places.layer_store import LayerStore
    from oskil.places.rivers import LAYER

    store = LayerStore(data)
    return store.open(LAYER) if any(one.name == LAYER for one in store.entries()) else None


def names_of(places: Gazetteer) -> Names:
    """A function from ids to names; an id that the gazetteer lost is shown as it is."""

    def name(place_id: int) -> str:
        place = places.get(place_id)
        return place.name if place else str(place_id)

    return name


@dataclass(frozen=True, slots=True)
class Wish:
    """The filters as a user states them."""

    place: str | None = None
    speaker: str | None = None
    kind: str | None = None
    side: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    as_known_on: dt.date | None = None
    limit: int | None = None


def wanted(wish: Wish, ledger: Ledger, places: Gazetteer, profile: str | None) -> ClaimFilter:
    """The filter for the ledger. Raises InputError for a place, a kind or a side that there is not, and a
    usage error for days that no claim can be of.
    """
    from oskil.ledger.filters import ClaimFilter
    from oskil.pipeline import place_meant

    if wish.since and wish.until and wish.until < wish.since:
        raise BadParameter(f"{wish.until} is before --since {wish.since}", param_hint="--until")
    if ledger.day is None:  # one that was opened as of a day has told already
        tell_if_unknown(ledger, wish.as_known_on, "--until goes by the days that are spoken of")
    meant: tuple[int, ...] = ()
    if wish.place is not None:
        meant = (place_meant(wish.place, places, profile_of(profile), ledger).place.id,)
    return ClaimFilter(
        places=meant,
        speaker=wish.speaker,
        kind=known_kind(wish.kind),
        side=known_side(wish.side, ledger, profile),
        since=wish.since,
        until=wish.until,
        as_known_on=wish.as_known_on,
        limit=wish.limit,
    )


def known_kind(kind: str | None) -> str | None:
    """The kind, if the vocabulary has it. Raises InputError that names the kinds there are."""
    from oskil.reading.kinds import kinds

    ids = sorted(k.id for k in kinds()) if kind is not None else []
    if kind is not None and kind not in ids:
        raise InputError(f"there is no such kind; there are {', '.join(ids)}", kind)
    return kind


def known_side(side: str | None, ledger: Ledger, profile: str | None = None) -> str | None:
    """The side as the profile or the ledger writes it. Raises InputError that names those there are."""
    from oskil.ledger.filters import as_written

    if side is None:
        return None
    sides = sorted({party.id for party in profile_of(profile).parties} | ledger.sides() | {"independent"})
    found = as_written(side, sides)
    if found is None:
        raise InputError(f"there is no such side; there are {', '.join(sides)}", side)
    return found
