"""Propositions: claims that say the same thing, met in one.

    for proposition in group(claims, documents):
        print(proposition.kind, proposition.places, len(proposition.claims))

Claims are parted by what they are about, then by their days, then by their numbers, then by their words; each
step is a pure function of the set of claims, so that their order makes no difference. `propositions.yaml`
holds what it goes by.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from oskil.records import Claim, Document, Period, Proposition
from oskil.weighing.amounts import allowed
from oskil.weighing.facts import certain_days, proper, stems, the_figure
from oskil.weighing.meeting import grouped, in_common
from oskil.weighing.moments import NEVER, told_order
from oskil.weighing.sameness import Sameness, sameness
from oskil.weighing.thresholds import thresholds

_About = tuple[str, bool, str, tuple[int, ...], tuple[int, ...], bool]
_Told = tuple[tuple[dt.datetime, int, str], str]


@dataclass(frozen=True, slots=True)
class _Saying:
    """A claim as far as grouping looks at it.

    `first`..`last` are its days, widened, and `days` as they stand; `low`..`high` bound its number.
    """

    claim: Claim
    told: _Told
    first: dt.date | None
    last: dt.date | None
    days: Period
    unit: str
    low: float
    high: float


def group(claims: Iterable[Claim], documents: Iterable[Document]) -> tuple[Proposition, ...]:
    """The propositions of these claims, in the order in which they were first told.

    `documents` are those the claims stand in; they give the days and the order of publication. A claim that
    names several places is in a proposition for each where its kind is one that places alone decide.
    """
    known = sameness()
    published = {document.id: document for document in documents}
    abouts: dict[_About, list[_Saying]] = defaultdict(list)
    for claim in {claim.id: claim for claim in claims}.values():
        saying = _saying(claim, published.get(claim.document), known)
        for about in _abouts(claim, known):
            abouts[about].append(saying)
    found = [
        (met[0].told, _proposition(about, met))
        for about, sayings in abouts.items()
        for met in _meetings(about, sayings, known)
    ]
    return tuple(proposition for _, proposition in sorted(found, key=lambda pair: (pair[0], pair[1].id)))


def _saying(claim: Claim, document: Document | None, known: Sameness) -> _Saying:
    days = Period(*certain_days(claim, document.published_on if document else None))
    unit, low, high = _number(claim, known)
    told = (told_order(document) if document else (NEVER, 0, claim.document), claim.id)
    return _Saying(claim, told, *_widened(claim, days, known), days, unit, low, high)


def _widened(claim: Claim, days: Period, known: Sameness) -> tuple[dt.date | None, dt.date | None]:
    if days.first is None or days.last is None:
        return None, None
    slack = known.slack_days.get(claim.kind, 0)
    undated = claim.time is None or (claim.time.first is None and claim.time.last is None)
    return _moved(days.first, -(known.undated_days if undated else slack)), _moved(days.last, slack)


def _moved(day: dt.date, days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return day


def _number(claim: Claim, known: Sameness) -> tuple[str, float, float]:
    for unit, share in known.shares.get(claim.kind, {}).items():
        figure = the_figure(claim, unit)
        if figure is not None:
            low, high = sorted(allowed(figure, share, thresholds()))
            return unit, low, high
    return "", -math.inf, math.inf


def _abouts(claim: Claim, known: Sameness) -> Iterator[_About]:
    """What a claim is about: kind, whether a condition, polarity, places, areas, whether words count."""
    bare = claim.kind, claim.certainty == "conditional", claim.polarity
    if claim.kind in known.by_place and claim.at:
        yield from ((*bare, (place,), (), False) for place in set(claim.at))
    else:
        yield *bare, tuple(sorted(set(claim.places))), tuple(sorted(set(claim.areas))), True


def _meetings(about: _About, sayings: Sequence[_Saying], known: Sameness) -> Iterator[list[_Saying]]:
    kind, _, _, places, _, worded = about
    optional = kind in known.holder_optional
    for same_days in _by_days(sayings):
        for same_holder in _by_holder(same_days, optional):
            for same_number in _by_number(same_holder):
                for met in _by_words(same_number, bool(places), known) if worded else [same_number]:
                    yield sorted(met, key=lambda saying: saying.told)


def _by_days(sayings: Sequence[_Saying]) -> Iterator[Sequence[_Saying]]:
    yield from filter(None, [[saying for saying in sayings if saying.first is None]])
    dated = [saying for saying in sayings if saying.first is not None]
    yield from in_common(dated, lambda saying: (saying.first, saying.last), lambda saying: saying.claim.id)


def _by_holder(sayings: Sequence[_Saying], optional: bool) -> Iterator[Sequence[_Saying]]:
    yield from _joined(_parted((saying.claim.holder, saying) for saying in sayings), None, optional)


def _by_number(sayings: Sequence[_Saying]) -> Iterator[Sequence[_Saying]]:
    units = _parted((saying.unit, saying) for saying in sayings)
    numbers: dict[Hashable, list[_Saying]] = {"": units.pop("", [])}
    for unit, same in units.items():
        meetings = in_common(same, lambda s: (s.low, s.high), lambda s: s.claim.id)
        numbers.update({(unit, n): met for n, met in enumerate(meetings)})
    yield from _joined({key: met for key, met in numbers.items() if met}, "", True)


def _by_words(sayings: Sequence[_Saying], placed: bool, known: Sameness) -> Iterator[list[_Saying]]:
    """Those in much the same words that speak of the same names. Without a place, words must say more."""
    if len(sayings) == 1:
        yield list(sayings)
        return
    least = known.least if placed else known.least_unplaced
    ordered = sorted(sayings, key=lambda saying: saying.claim.id)
    names = [frozenset(proper(saying.claim.quote, thresholds())) for saying in ordered]
    words = [frozenset(stems(saying.claim.quote, thresholds())) for saying in ordered]
    sets = [(plain | named, named) for plain, named in zip(words, names, strict=True)]
    heads = grouped(sets, known.share, least)
    yield from _parted((head, saying) for head, saying in zip(heads, ordered, strict=True)).values()


def _parted(pairs: Iterable[tuple[Hashable, _Saying]]) -> dict[Hashable, list[_Saying]]:
    parted: dict[Hashable, list[_Saying]] = defaultdict(list)
    for key, saying in pairs:
        parted[key].append(saying)
    return parted


def _joined(
    parted: Mapping[Hashable, list[_Saying]], open_key: Hashable, allowed: bool
) -> Iterator[list[_Saying]]:
    """The parts; those that leave open what parts them join the other one where there is just one."""
    if allowed and open_key in parted and len(parted) == 2:
        yield [saying for part in parted.values() for saying in part]
    else:
        yield from parted.values()


def _proposition(about: _About, met: Sequence[_Saying]) -> Proposition:
    kind, conditional, polarity, places, areas, _ = about
    first = met[0].claim
    holder = next(iter(sorted({s.claim.holder for s in met if s.claim.holder})), None)
    unit = max(saying.unit for saying in met)
    low, high = max(saying.low for saying in met), min(saying.high for saying in met)
    made = Proposition(
        id="",
        kind=kind,
        polarity=first.polarity,
        places=places,
        areas=areas,
        claims=tuple(saying.claim.id for saying in met),
        holder=holder,
        period=_period(met),
        low=low if unit else None,
        high=high if unit and high < math.inf else None,
        unit=unit,
        conditional=conditional,
    )
    named = "\n".join((kind, polarity, repr((places, areas, holder, conditional)), first.id))
    return replace(made, id=hashlib.sha256(named.encode()).hexdigest())


def _period(met: Sequence[_Saying]) -> Period | None:
    """From the latest beginning to the earliest end; the other way round where they only nearly meet."""
    firsts = [saying.days.first for saying in met if saying.days.first]
    lasts = [saying.days.last for saying in met if saying.days.last]
    if not firsts or not lasts:
        return None
    return Period(*sorted((max(firsts), min(lasts))))
