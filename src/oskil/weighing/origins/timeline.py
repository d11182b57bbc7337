"""One line of time for a proposition: first publication, repeats, edits, and what was taken out again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from oskil.records import Claim, Document, Proposition
from oskil.weighing.moments import NEVER, told_at, told_order
from oskil.weighing.origins.names import Names

_Order = tuple[dt.datetime, int, str]
Happening = Literal[
    "first published",
    "published",
    "added in an edit",
    "reworded in an edit",
    "taken out",
    "corrected",
    "withdrawn",
]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a proposition in one text. `at` is an ISO date or date-time, empty where unknown.

    Of an edit often no more is known than when it was seen, and of a correction or withdrawal than when it
    was recorded: `seen` is True then, and `note` gives the reason and by whom. `claim` is the claim as it
    stands after the event, or for what was taken out, as it stood before; `document` the revision.
    """

    at: str
    what: Happening
    outlet: str
    claim: str
    document: str
    seen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    """A correction or withdrawal of a claim, or of the document that holds it, with the reason in words."""

    target: str
    what: Literal["corrected", "withdrawn"]
    note: str
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """A document with the time at which it was recorded."""

    document: Document
    recorded_at: dt.datetime


def timeline(
    proposition: Proposition,
    claims: Iterable[Claim],
    revisions: Iterable[Revision],
    names: Names | None = None,
    amendments: Iterable[Amended] = (),
) -> tuple[Event, ...]:
    """The events of a proposition in the order of time, the first one marked as the first publication.

    `revisions` are all states of the texts that the proposition's claims stand in; `claims` those of all of
    them. A text's first state happens when it was published; a later one too, where it gives a later time
    than the one before, and else when it was recorded.
    """
    within = set(proposition.claims)
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.id in within:
            said[claim.document].append(claim)
    states: dict[str, list[Revision]] = defaultdict(list)
    for revision in sorted(revisions, key=lambda r: (r.recorded_at, r.document.id)):
        states[revision.document.key].append(revision)
    known = names or Names()
    found = [event for same in states.values() for event in _events(same, said, known)]
    texts = {state.document.id: state.document for same in states.values() for state in same}
    for amended in amendments:
        found += _amended(amended, said, texts, known)
    ordered = [event for _, event in sorted(found, key=lambda pair: pair[0])]
    if ordered and ordered[0].what == "published":
        ordered[0] = replace(ordered[0], what="first published")
    return tuple(ordered)


def _events(
    states: Iterable[Revision], said: Mapping[str, list[Claim]], names: Names
) -> list[tuple[_Order, Event]]:
    found: list[tuple[_Order, Event]] = []
    before: list[Claim] = []
    former: Revision | None = None
    for state in states:
        now = sorted(said.get(state.document.id, ()), key=lambda claim: (claim.spans, claim.id))
        what = _what(before, now, former is None)
        if what is not None:
            moment, at, seen = _when(state, former)
            claim, outlet = (now or before)[0].id, names.outlet(state.document).name
            event = Event(at, what, outlet, claim, state.document.id, seen)
            # Of one moment in the order in which texts count as told.
            found.append(((moment, *told_order(state.document)[1:]), event))
        before, former = now, state
    return found


def _amended(
    amended: Amended, said: Mapping[str, list[Claim]], texts: Mapping[str, Document], names: Names
) -> list[tuple[_Order, Event]]:
    """What was recorded about a claim of the proposition, or about a text that holds one."""
    found: list[tuple[_Order, Event]] = []
    for key, claims in said.items():
        meant = [claim for claim in claims if amended.target in (claim.id, key)][:1]
        if meant and key in texts:
            at = amended.recorded_at.isoformat(timespec="seconds")
            outlet = names.outlet(texts[key]).name
            event = Event(at, amended.what, outlet, meant[0].id, key, seen=True, note=amended.note)
            found.append(((amended.recorded_at, 0, key), event))
    return found


def _when(state: Revision, former: Revision | None) -> tuple[dt.datetime, str, bool]:
    """The moment of a state, as it is shown, and whether that is only when it was seen."""
    published = told_at(state.document)
    if former is None or told_at(former.document) < published < NEVER:
        return published, state.document.published or "", False
    return state.recorded_at, state.recorded_at.isoformat(timespec="seconds"), True


def _what(before: list[Claim], now: list[Claim], first: bool) -> Happening | None:
    if not now:
        return "taken out" if before else None
    if not before:
        return "published" if first else "added in an edit"
    same = {claim.quote for claim in before} == {claim.quote for claim in now}
    return None if same else "reworded in an edit"
