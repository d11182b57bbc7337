"""Kind, certainty, polarity, day, numbers and evidence of a Cyrillic clause."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from oskil.reading.cyrillic.lexicon import Kind, lexicon
from oskil.reading.cyrillic.words import Word, occurs
from oskil.records import Certainty, Evidence, Period, Polarity, Quantity, Span

DATE = re.compile(r"(?<![\d.])([0-3]?\d)\.([01]\d)(?:\.(\d{4}|\d\d))?(?![\d.]*\d)")
DAY = re.compile(r"(?<!\d)([0-3]?\d)(?:-?[гоеї]+)?\s+$")
UNTIL = re.compile(r"\b(?:до|к)\s+$", re.I)
NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|(?<![\d.,-])\d+(?:[.,]\d+)?")
UNITS = (
    (re.compile(r"\s*(?:кв\.?\s?км|км²|км2|квадратн\w+ к[іи]лометр\w*)", re.I), "km2"),
    (re.compile(r"\s*(?:км\b|к[іи]лометр\w*)", re.I), "km"),
    (re.compile(r"\s*(?:%|в[іи]дсотк\w+|процент\w+)", re.I), "percent"),
    (
        re.compile(
            r"\s*(?:\w+\s)?(?:ос[іо]б\w*|люд\w+|человек\w*|чоловік\w*|цивільн\w+|житель\w*|мирн\w+|дітей|детей|солдат\w*"
            r"|загибл\w+|поранен\w+|погибш\w+|ранен\w+|військов\w+)",
            re.I,
        ),
        "people",
    ),
    (
        re.compile(
            r"\s*(?:\w+\s)?(?:дрон\w*|бпла\b|ракет\w*|танк\w*|шахед\w*|атак\w*|бомб\w*|машин\w*|автомоб\w+|гармат\w*|обстр\w+"
            r"|безпілотник\w*|беспилотник\w*|населен\w+|нас[её]л[её]нн\w+|сел\w*|бо[їєя]\w*)",
            re.I,
        ),
        "item",
    ),
)
COMPARATOR = re.compile(
    r"(понад|більш\w*\s(?:ніж|як)?|більше|більш|свыше|более(?:\sчем)?|больше|близько|приблизно|майже|около|примерно|почти"
    r"|щонайменше|не менше|по меньшей мере|не менее|до)\s*$",
    re.I,
)
COMPARED = {
    "more than": "понад більш свыше более больше",
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
    """The day that a stretch names: "07.03", "31 березня", "вчора"; the latest before publication."""
    if published is None:
        return None
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
    return None


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
    """Numbers in figures with a unit, and what compares them."""
    out = []
    for match in NUMBER.finditer(text, span.start, span.end):
        unit = next(((m, u) for p, u in UNITS if (m := p.match(text, match.end(), span.end))), None)
        if unit is None:
            continue
        before = COMPARATOR.search(text[max(span.start, match.start() - 24) : match.start()])
        word = before.group(1).lower().split()[0] if before else ""
        comparator = next((c for c, listed in COMPARED.items() if word and word in listed.split()), "")
        if word.startswith("більш"):
            comparator = "more than"
        value = float(re.sub(r"[ \u00a0]", "", match.group()).replace(",", "."))
        out.append(
            Quantity(
                value=value,
                unit=unit[1],
                start=match.start(),
                end=unit[0].end() if unit[1] in ("km", "km2", "percent") else match.end(),
                comparator=comparator,
            )
        )
    return tuple(out)
