"""Pairs of claims that cannot both be true, with the reason.

A few pure rules: who holds a place (`holding.py`), a thing affirmed and denied (`denials.py`), numbers
that differ (`amounts.py`). Each names the matters a claim speaks of, and only claims on the same matter
are compared. What they go by is `contradictions.yaml`. Claims of one speaker in one document are not
set against each other: a text tells of before and after, and of the parts of a place.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from oskil.records import Claim, Contradiction, Proposition
from oskil.weighing.amounts import Differing
from oskil.weighing.denials import Denial
from oskil.weighing.facts import Fact, certain_days, facts_of, opposed_in_time, same_voice
from oskil.weighing.holding import Holding
from oskil.weighing.interface import Rule
from oskil.weighing.thresholds import thresholds

# Enough that one voice in one text, which is not set against itself, does not stand alone.
VOICES = 3


def find(
    claims: Sequence[Claim], published: Mapping[str, dt.date] | None = None
) -> tuple[Contradiction, ...]:
    """Every pair of these claims that cannot both be true, in the order given; each pair once.

    `published` may give the day of publication by document id: it stands in for a time that a claim
    leaves out, and ends a state that a claim leaves open. Where the same speaker made both claims, in
    different documents, the reason says so: it is a revision rather than a dispute.
    """
    known = thresholds()
    facts = facts_of(claims, known, published or {})
    rules: list[Rule] = [Holding(known), Denial(known)]
    rules += [Differing(amount, known) for amount in known.amounts]
    found: dict[tuple[int, int], Contradiction] = {}
    for rule in rules:
        for one, other in _pairs(facts, rule):
            pair = (one.order, other.order)
            if pair not in found and (reason := _reason(one, other, rule)):
                found[pair] = Contradiction(one.claim.id, other.claim.id, reason)
    return tuple(found[pair] for pair in sorted(found))


def between(
    propositions: Sequence[Proposition],
    claims: Iterable[Claim],
    published: Mapping[str, dt.date] | None = None,
) -> tuple[Contradiction, ...]:
    """Every pair of these propositions that cannot both be true, by their ids; each pair once.

    Some claims stand for each proposition: of those with the same days the first of a few voices. So the
    cost grows with the number of propositions, and not with the product of those who say one thing and
    those who say the other.
    """
    by_id = {claim.id: claim for claim in claims}
    said_in: dict[str, list[str]] = defaultdict(list)
    standing: list[Claim] = []
    for proposition in propositions:
        for claim in _standing([by_id[claim] for claim in proposition.claims], published or {}):
            if claim.id not in said_in:
                standing.append(claim)
            said_in[claim.id].append(proposition.id)
    found: dict[tuple[str, str], Contradiction] = {}
    for pair in find(standing, published):
        for one, other in product(said_in[pair.first], said_in[pair.second]):
            if one != other:
                found.setdefault((one, other), Contradiction(one, other, pair.reason))
    about = {p.id: {*p.places, *p.areas} for p in propositions}
    return tuple(c for c in found.values() if about[c.first] & about[c.second] or not about[c.first])


def _standing(claims: Sequence[Claim], published: Mapping[str, dt.date]) -> Iterator[Claim]:
    voices: dict[object, set[object]] = defaultdict(set)
    for claim in claims:
        days = certain_days(claim, published.get(claim.document))
        heard = voices[days, bool(claim.quantities)]
        voice = claim.speaker or claim.document
        if voice not in heard and len(heard) < VOICES:
            heard.add(voice)
            yield claim


def _pairs(facts: Sequence[Fact], rule: Rule) -> Iterator[tuple[Fact, Fact]]:
    matters: dict[Hashable, list[Fact]] = defaultdict(list)
    for fact in facts:
        for matter in rule.matters(fact):
            matters[matter].append(fact)
    for same in matters.values():
        sides = {fact.order: rule.side(fact) for fact in same}
        if len(set(sides.values())) > 1:
            pairs = opposed_in_time(same, sides) if rule.timed else combinations(same, 2)
            yield from ((a, b) if a.order < b.order else (b, a) for a, b in pairs)


def _reason(one: Fact, other: Fact, rule: Rule) -> str | None:
    same = same_voice(one, other)
    if same and one.claim.document == other.claim.document:
        return None
    reason = rule.reason(one, other)
    return f"the same speaker gave another account: {reason}" if reason and same else reason
