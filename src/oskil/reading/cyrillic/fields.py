"""Kind, certainty, polarity, day, numbers and evidence of a Cyrillic clause."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from oskil.reading.cyrillic.lexicon import Kind, lexicon
from oskil.reading.cyrillic.words import Word, occurs
from oskil.reading.quantities import find_quantities
from oskil.reading.times import resolve_period
from oskil.records import Certainty, Evidence, Period, Polarity, Quantity, Span

DATE = re.compile(r"(?<![\d.])([0-3]?\d)\.([01]\d)(?:\.(\d{4}|\d\d))?(?![\d.]*\d)")
DAY = re.compile(r"(?<!\d)([0-3]?\d)(?:-?[гоеї]+)?\s+$")
NIGHT_TO = re.compile(r"\b(?:ночь|ніч|вночі) на\b", re.I)
UNTIL = re.compile(r"\b(?:до|к)\s+$", re.I)
COMPARED = {
    "more than": "понад більш більше свыше более больше",
    "about": "близько приблизно майже около примерно почти",
    "at least": "щонайменше не по",
    "up to": "до",
}


def kind_of(found: Sequence[Word], *, attributed: bool) -> str:
    """The kind whose patterns weigh most; else an assessment where somebody says it, or background."""
    said = frozenset().union(*(word.lemmas for word in found))
    scores = {kind.id: (_weight(kind, found, said), kind.precedence) for kind in lexicon().kinds}
    best = max(scores, key=lambda k: scores[k])
    if scores[best][0] > 0:
        return best
    return "assessment" if attributed else "background"


def _weight(kind: Kind, found: Sequence[Word], said: frozenset[str]) -> float:
    single = sum(kind.single[lemma] for lemma in said & kind.single.keys())
    # Most patterns fail by their first word already.
    return single + sum(
        weight for pattern, weight in kind.patterns if pattern[0] in said and occurs(pattern, found)
    )


def certainty_of(found: Sequence[Word], stance: str) -> Certainty:
    """`conditional` before `hedged` before `asserted`."""
    groups = lexicon().groups
    said = {lemma for word in found for lemma in word.lemmas}
    if any(w.text.lower() in groups["conditions"] for w in found):
        return "conditional"
    if stance == "hedged" or said & groups["hedges"] or rumoured(found):
        return "hedged"
    return "asserted"


def rumoured(found: Sequence[Word]) -> bool:
    """Whether the words only say that there is a report: "є інформація про"."""
    return any(occurs(pattern, found) for pattern in lexicon().rumours)


def polarity_of(found: Sequence[Word], stance: str) -> Polarity:
    """`denied` where the first predicate carries a negation, or the cue denies."""
    first = next((k for k, w in enumerate(found) if w.finite), len(found) - 1)
    negations = lexicon().groups["negations"]
    denied = any(w.text.lower() in negations for w in found[max(0, first - 1) : first + 1])
    return "denied" if denied != (stance == "denied") else "affirmed"


def evidence_in(found: Sequence[Word]) -> Evidence | None:
    """The kind of thing shown that the words name."""
    said = {lemma for word in found for lemma in word.lemmas}
    order: tuple[Evidence, ...] = ("satellite", "footage", "photo", "document")
    return next((name for name in order if said & lexicon().evidence[name]), None)


def day_in(text: str, span: Span, found: Sequence[Word], published: dt.date | None) -> Period | None:
    """The day that a stretch names: "07.03", "31 березня", "вчора", the latest before publication; else the
    days that its other words of time tell: "минулої доби", "в ночь на 5 мая", "на минулому тижні".
    """
    if published is None:
        return None
    if NIGHT_TO.search(text, span.start, span.end):
        return resolve_period(text, span.start, span.end, published)
    for match in DATE.finditer(text, span.start, span.end):
        if day := _day(int(match[1]), int(match[2]), match[3], published):
            return Period(day, day)
    for word in found:
        number = next((lexicon().months[m] for m in word.lemmas if m in lexicon().months), None)
        before = DAY.search(text, span.start, word.start) if number else None
        ahead = before is not None and UNTIL.search(text, span.start, before.start()) is not None
        if number and before and (day := _day(int(before[1]), number, None, published, ahead)):
            return Period(day, day)
        if (shift := lexicon().days.get(word.text.lower())) is not None:
            day = published + dt.timedelta(days=shift)
            return Period(day, day)
    return resolve_period(text, span.start, span.end, published)


def told_of(stated: Period | None) -> bool:
    """Whether a paragraph goes on telling of what a sentence names: a day, or a day and its night."""
    if stated is None or stated.first is None or stated.last is None:
        return False
    return (stated.last - stated.first).days <= 1


def _day(day: int, month: int, year: str | None, published: dt.date, ahead: bool = False) -> dt.date | None:
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [published.year, published.year - 1]
    for one in years:
        try:
            found = dt.date(one, month, day)
        except ValueError:
            continue
        if year or ahead or found <= published + dt.timedelta(days=1):
            return found
    return None


def quantities_in(text: str, span: Span) -> tuple[Quantity, ...]:
    """Numbers with a unit, and what compares them, in English words as everywhere."""
    return tuple(
        replace(q, comparator=_compared(q.comparator)) for q in find_quantities(text, span.start, span.end)
    )


def _compared(words: str) -> str:
    """The English word for "понад", "не менее", "близько"."""
    first = words.lower().split()[0] if words else ""
    return next((c for c, listed in COMPARED.items() if first and first in listed.split()), words)
