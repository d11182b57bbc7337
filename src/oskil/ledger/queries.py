"""The questions put to the tables, as SQLAlchemy selects that any of its databases answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, select, true

from oskil.ledger.days import overlapping, window
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.known import Known, newest_revision, stands, withdrawn
from oskil.ledger.rows import fold, indexable
from oskil.ledger.schema import (
    amendments,
    claim_bodies,
    claim_places,
    claims,
    documents,
    entries,
    readings,
    voices,
)

# The parts that a filter has. A statement is made once for a shape and takes the values each time: making one
# takes longer than most answers.
Shape = frozenset[str]

KIND_AND_DAYS = "kind and days"
_DAYS = frozenset({"since", "until"})
_ESCAPE = "/"


@cache
def log() -> Select[Any]:
    """Entries of the log, with the id of the document that they recorded, if they did."""
    columns = (entries.c.seq, entries.c.kind, entries.c.recorded_at, entries.c.sha256)
    joined = entries.outerjoin(documents, documents.c.entry == entries.c.seq)
    return select(*columns, documents.c.id.label("document")).select_from(joined)


@lru_cache(64)
def stored_documents(latest: bool, known: Known) -> Select[Any]:
    """Documents in the order of recording: body, id, time of recording, whether it is the latest, and whether
    it was withdrawn. With `latest`, the latest revisions alone, and none that was withdrawn.
    """
    newest, gone = newest_revision(known), withdrawn(documents.c.entry, known)
    only = and_(newest, ~gone) if latest else true()
    return (
        select(
            documents.c.id,
            documents.c.body,
            entries.c.recorded_at,
            newest.label("latest"),
            gone.label("withdrawn"),
        )
        .join(entries, entries.c.seq == documents.c.entry)
        .where(known.holds(documents.c.entry), only)
        .order_by(documents.c.entry)
    )


@lru_cache(64)
def latest_readings(known: Known) -> Select[Any]:
    """The latest reading of each document: its entry, document's id, and body."""
    later = readings.alias()
    again = select(later.c.entry).where(
        later.c.document == readings.c.document, later.c.entry > readings.c.entry, known.holds(later.c.entry)
    )
    return (
        select(readings.c.entry, documents.c.id, readings.c.body)
        .join(documents, documents.c.entry == readings.c.document)
        .where(known.holds(readings.c.entry), ~again.exists())
        .order_by(readings.c.entry)
    )


@lru_cache(64)
def stored_claims(known: Known, latest: bool) -> Select[Any]:
    """Claims in the order of recording: number, body, time of recording, whether it stands, whether it is a
    correction. With `latest`, only those that stand.
    """
    standing = stands(known)
    # What was asked for need not be worked out once more.
    shown = true() if latest else standing
    return (
        select(
            claims.c.number,
            claim_bodies.c.body,
            entries.c.recorded_at,
            claims.c.corrected,
            shown.label("latest"),
        )
        .join(claim_bodies, claim_bodies.c.number == claims.c.number)
        .join(entries, entries.c.seq == claims.c.reading)
        # The sum keeps a database from going by the index of readings, and sorting all it finds there.
        .where(known.holds(claims.c.reading + 0), standing if latest else true())
        .order_by(claims.c.number)
    )


def shape_of(wanted: ClaimFilter) -> Shape:
    """Which parts a filter has; `since` and `until` are two, as going through claims tests what is there.
    Where few voices have the letters of `speaker`, `voices` are their ids and stand in its place.
    """
    given = {
        "document": wanted.document,
        "places": wanted.places,
        "speaker": wanted.speaker,
        "kind": wanted.kind,
        "side": wanted.side,
        "since": wanted.since,
        "until": wanted.until,
    }
    return frozenset(name for name, value in given.items() if value)


def values_of(wanted: ClaimFilter) -> dict[str, Any]:
    """What the statements for the filter's shape take; a whole `document` id."""
    given: dict[str, Any] = {"after_claim": wanted.after}
    if wanted.document:
        given["document"] = wanted.document
    if wanted.places:
        given["places"] = list(wanted.places)
    if wanted.speaker:
        letters = fold(wanted.speaker)
        for sign in (_ESCAPE, "%", "_"):
            letters = letters.replace(sign, _ESCAPE + sign)
        given["letters"] = f"%{letters}%"
    if wanted.kind:
        given["kind"] = indexable(wanted.kind)
    if wanted.side:
        given["side"] = indexable(wanted.side)
    if wanted.since or wanted.until:
        given |= window(wanted.since, wanted.until)
    return given


def parts_of(shape: Shape) -> Shape:
    """The parts of a filter by which claims can be found: the two days are one."""
    days = shape & _DAYS
    return shape - days | {"days"} if days else shape


@cache
def conditions(shape: Shape) -> Mapping[str, ColumnElement[bool]]:
    """What a filter of this shape asks of `claims`, each part put so that an index answers it."""
    columns = claims.c
    asked: dict[str, Callable[[], ColumnElement[bool]]] = {
        "document": lambda: columns.document == _entry_of_document(),
        "places": lambda: columns.number.in_(_at_places()),
        "speaker": lambda: columns.voices.in_(voices_like()),
        "voices": lambda: columns.voices.in_(_these_voices()),
        "kind": lambda: columns.kind == bindparam("kind"),
        "side": lambda: columns.side == bindparam("side"),
        "days": overlapping,
    }
    return {name: ask() for name, ask in asked.items() if name in parts_of(shape)}


def joined(shape: Shape) -> dict[str, tuple[str, ...]]:
    """Parts of a filter that one index answers together, by the name of both: common alone, rare together."""
    return {KIND_AND_DAYS: ("kind", "days")} if "kind" in shape and shape & _DAYS else {}


@cache
def candidates(name: str) -> Select[Any]:
    """The numbers of the claims that fulfil one part of a filter, as an index has them."""
    if name == "places":
        return _at_places()
    if name == "document":
        # By way of what stands in the document: its readings and the corrections of its claims.
        entry = _entry_of_document()
        in_it = select(readings.c.entry).where(readings.c.document == entry)
        amended = select(amendments.c.entry).where(amendments.c.document == entry)
        return select(claims.c.number).where(claims.c.reading.in_(in_it.union_all(amended)))
    if name == KIND_AND_DAYS:
        return select(claims.c.number).where(overlapping(claims.c.kind == bindparam("kind")))
    asked = frozenset({"since" if name == "days" else name})
    return select(claims.c.number).where(conditions(asked)[name])


@cache
def apart(shape: Shape) -> Mapping[str, ColumnElement[bool]]:
    """The same parts, put so that no index answers them: for going through claims in their order."""
    held, columns = dict(conditions(shape)), claims.c
    if "places" in shape:
        held["places"] = _at_places().where(claim_places.c.number == columns.number).exists()
    if "speaker" in shape:
        held["speaker"] = func.coalesce(columns.voices, 0).in_(voices_like())
    if "voices" in shape:
        held["voices"] = func.coalesce(columns.voices, 0).in_(_these_voices())
    if "kind" in shape:
        held["kind"] = func.coalesce(columns.kind, "") == bindparam("kind")
    if "side" in shape:
        held["side"] = func.coalesce(columns.side, "") == bindparam("side")
    if shape & _DAYS:
        ends = []
        if "since" in shape:
            ends.append(columns.last_day >= bindparam("since"))
        if "until" in shape:
            ends.append(columns.first_day <= bindparam("until"))
        held["days"] = and_(*ends)
    return held


def _at_places() -> Select[Any]:
    asked: BindParameter[Any] = bindparam("places", expanding=True)
    return select(claim_places.c.number).where(claim_places.c.place.in_(asked))


@cache
def voices_like() -> Select[Any]:
    """The voices with the letters of the filter's speaker in their names."""
    return select(voices.c.id).where(voices.c.names.like(bindparam("letters"), escape=_ESCAPE))


def _these_voices() -> Any:
    return bindparam("voices", expanding=True)


def _entry_of_document() -> Any:
    return select(documents.c.entry).where(documents.c.id == bindparam("document")).scalar_subquery()
