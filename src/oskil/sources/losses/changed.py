"""What changed between two states of one loss list, as a document: a line and a claim for each change."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from oskil.conflict import ConflictProfile
from oskil.records import LossEntry, LossList, Quantity
from oskil.sources import days, ready
from oskil.sources.interface import Hints, Loaded, Raw
from oskil.sources.losses.changes import Change, changes
from oskil.sources.losses.keys import changes_key
from oskil.sources.parties import party_words, side_of

READER = "loss list changes 1"


def changes_of(
    before: LossList, after: LossList, side: str, raw: Raw, profile: ConflictProfile, *, page: bool
) -> Loaded | None:
    """What was removed from, recategorised in and added to the list of one side; None where nothing was.

    `raw` is the later list as it came, and is kept beside; the earlier is named by its hash. The key is of
    the later list alone: where a list in between turns up afterwards, the document gets a new revision.
    """
    found = changes(*([e for e in one.entries if e.side == side] for one in (before, after)))
    if not found:
        return None
    day, loser = _day(after), party_words(side, profile)
    sheet = ready.Sheet(f"{after.assessor}: changes in the list of losses of {loser} by {days.words(day)}")
    sheet.line(_since(before))
    for change in found:
        _line(sheet, change, after, loser, profile)
    sheet.line("")
    sheet.line(_sum(found))
    return ready.loaded(
        sheet,
        Hints(),
        key=changes_key(after.assessor, side, f"{day}, {after.source.sha256[:12]}", page=page),
        where=raw.where,
        raw=raw.data,
        reader=READER,
        outlet=after.assessor,
        published=day.isoformat(),
    )


def _day(listed: LossList) -> dt.date:
    return max(entry.listed for entry in listed.entries)


def _since(before: LossList) -> str:
    return f"Since the list of {days.words(_day(before))} (SHA-256 {before.source.sha256}):"


def _line(sheet: ready.Sheet, change: Change, after: LossList, loser: str, profile: ConflictProfile) -> None:
    entry = change.after or change.before
    assert entry is not None, "a change has a state before or after"
    span = sheet.line(
        f"{change.kind.capitalize()}: {_words(change, loser)}. {entry.evidence}", entry.evidence
    )
    at = span.start + len(change.kind) + 2
    sheet.claim(
        span,
        "losses",
        speaker=after.assessor,
        side=side_of(after.assessor, profile),
        holder=entry.side,
        # An entry that has gone, or is called something else, is so from the later list on.
        time=ready.on(entry.listed if change.kind == "added" else _day(after)),
        polarity="denied" if change.kind == "removed" else "affirmed",
        quantities=(Quantity(value=1.0, unit="item", start=at, end=at + 1),),
        evidence="photo" if entry.evidence else None,
    )


def _words(change: Change, loser: str) -> str:
    if change.before is None or change.after is None:
        entry = change.after or change.before
        assert entry is not None, "a change has a state before or after"
        return f"1 {_what(entry)} of {loser}: {entry.status}"
    was, now = change.before, change.after
    earlier = f", was {_what(was)}: {was.status}" if _what(was) != _what(now) else f", was {was.status}"
    return f"1 {_what(now)} of {loser}: {now.status}{earlier}"


def _what(entry: LossEntry) -> str:
    return f"{entry.item} ({entry.category})" if entry.category else entry.item


def _sum(found: Sequence[Change]) -> str:
    return f"In all {', '.join(f'{n:,} {kind}' for kind, n in Counter(c.kind for c in found).items())}."
