"""Loss lists as documents: a line for each entry with its claim; a document for each day of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from oskil.conflict import ConflictProfile
from oskil.records import LossEntry, LossList, Quantity
from oskil.sources import days, packed, ready, sniffing
from oskil.sources.given import Given
from oskil.sources.interface import Context, Hints, Loaded, Raw
from oskil.sources.losses.keys import day_key, list_key
from oskil.sources.losses.parsing import is_page, parse
from oskil.sources.losses.table import is_loss_table
from oskil.sources.losses.words import words
from oskil.sources.parties import party_words, profile_in_use, side_of

READER = "loss list 1"

_TITLE = re.compile(rb"<title[^<>]*>([^<>]{1,400})", re.I)


class LossFile:
    """A loss list in a file."""

    name = "loss list"

    def accepts(self, given: Given) -> bool:
        """Whether this is a table with the columns of a loss list, or a page with the title of one."""
        if sniffing.is_html(Raw(where=given.name, data=given.head, media_type=given.media_type)):
            title = _TITLE.search(given.head)
            return title is not None and words().is_title(title[1].decode("utf8", "replace"))
        return given.head[:1] not in (b"{", b"[", b"<") and is_loss_table(given.head.decode("utf8", "ignore"))

    def loaded(self, given: Given, context: Context) -> Iterator[Loaded]:
        """The documents of a list with their claims. Raises SourceError where it cannot be read."""
        profile, hints = profile_in_use(), context.hints
        raw = given.raw(largest=packed.LARGEST)
        listed = parse(raw, assessor=hints.outlet, day=hints.published, profile=profile)
        yield from documents_of(listed, raw, hints, profile)


def documents_of(listed: LossList, raw: Raw, hints: Hints, profile: ConflictProfile) -> Iterator[Loaded]:
    """A document for what was listed on each day, of each side.

    A page is the whole list as it stood on its day: the page of the next day is its next revision.
    """
    page = is_page(raw)
    for day, entries in groupby(listed.entries, key=lambda entry: entry.listed):
        for side, own in _by_side(list(entries)):
            key = list_key(listed.assessor, side) if page else day_key(listed.assessor, side, day)
            yield _document(listed, own, raw, hints, profile, key)


def _by_side(entries: list[LossEntry]) -> Iterator[tuple[str, list[LossEntry]]]:
    """The entries of each side, sides in the order of their ids: each list is of one side."""
    for side in sorted({entry.side for entry in entries}):
        yield side, [entry for entry in entries if entry.side == side]


def _document(
    listed: LossList,
    entries: Sequence[LossEntry],
    raw: Raw,
    hints: Hints,
    profile: ConflictProfile,
    key: str,
) -> Loaded:
    day, side = entries[0].listed, entries[0].side
    loser = party_words(side, profile)
    sheet = ready.Sheet(f"{listed.assessor}: losses of {loser} listed on {days.words(day)}")
    speaks = side_of(listed.assessor, profile)
    for entry in entries:
        text = _words(entry, loser)
        span = sheet.line(text, entry.evidence)
        sheet.claim(
            span,
            "losses",
            speaker=listed.assessor,
            side=speaks,
            holder=side,
            time=ready.on(entry.removed or day),
            polarity="denied" if entry.removed else "affirmed",
            quantities=(Quantity(value=1.0, unit="item", start=span.start, end=span.start + 1),),
            evidence="photo" if entry.evidence else None,
        )
    sheet.line("")
    sheet.line(_sum(entries))
    return ready.loaded(
        sheet,
        hints,
        key=key,
        where=raw.where,
        raw=raw.data,
        reader=READER,
        outlet=listed.assessor,
        published=day.isoformat(),
    )


def _words(entry: LossEntry, loser: str) -> str:
    category = f" ({entry.category})" if entry.category else ""
    gone = f", removed from the list on {days.words(entry.removed)}" if entry.removed else ""
    return f"1 {entry.item}{category} of {loser}: {entry.status}{gone}. {entry.evidence}".rstrip()


def _sum(entries: Sequence[LossEntry]) -> str:
    standing = Counter(entry.status for entry in entries if not entry.removed)
    told = ", ".join(f"{number:,} {status}" for status, number in standing.most_common())
    return f"In all {sum(standing.values()):,}: {told}." if standing else "In all none."
