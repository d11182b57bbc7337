"""The pieces of "What is weighed" of docs/site-data.md.

    basis = weighed.Basis(layout=layout, material=material, gazetteer=gazetteer, profile=profile,
                          options=options, redactor=redactor, now=now, given=given)
    found = weighed.weigh(basis)
    made = weighed.pieces(basis, found)              # {name: JSON}, without ".js"
    core["has"] = weighed.has(made)
    core["beliefs"] = weighed.core_beliefs(basis, found)
    weighed.joined(basis, found, pieces.cut(layout, texts))  # the record's pieces with what is weighed

All is pure, and made of what is shown alone: `material` has neither what the delay holds back nor what was
withdrawn, and of `given` only what belongs to a document that is shown is used. Names and words go through
the redactor; shapes are made from snapped points or snapped themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from oskil.publishing.weighed import beliefs, cells, coverage, lines, losses, records, said
from oskil.publishing.weighed.basis import Amended, Basis, Given, Ground, Json, Kept
from oskil.publishing.weighed.weighing import Weighed, inferring, met, weigh

# Propositions in a piece.
PROPOSITIONS = 200

# Pieces that are there once or not at all.
_SINGLE = ("said", "cells", "sources", "forecasts", "losses", "coverage", "corrections")


def pieces(basis: Basis, weighed: Weighed) -> dict[str, Any]:
    """Every weighed piece by name; what would be empty is left out."""
    found = dict(_pieces(basis, weighed))
    return {name: value for name, value in found.items() if value}


def certain(basis: Basis, weighed: Weighed) -> dict[str, Any]:
    """Those of them that rest on nothing inferred: of `weighed` the propositions alone are looked at."""
    return {name: value for name, value in _certain(basis, weighed) if value}


def inferred(basis: Basis, weighed: Weighed) -> dict[str, Any]:
    """The others."""
    return {name: value for name, value in _inferred(basis, weighed) if value}


def _pieces(basis: Basis, weighed: Weighed) -> Iterator[tuple[str, Any]]:
    yield from _certain(basis, weighed)
    yield from _inferred(basis, weighed)


def _certain(basis: Basis, weighed: Weighed) -> Iterator[tuple[str, Any]]:
    yield "said", said.piece(basis)
    yield "cells", cells.piece(basis)
    yield from losses.pieces(basis)
    yield "coverage", coverage.coverage(basis)
    yield "corrections", coverage.corrections(basis)
    yield from _cut("propositions", records.propositions(basis, weighed))
    for number, map_ in enumerate(lines.drawn(basis)):
        yield f"drawn-{number}", map_
    for name, layer in lines.layers(basis):
        yield f"layer-{name}", layer


def _inferred(basis: Basis, weighed: Weighed) -> Iterator[tuple[str, Any]]:
    if weighed.inferred is not None:
        yield from beliefs.pieces(basis, weighed.inferred)
    yield "sources", records.sources(basis, weighed.tracks)
    yield "forecasts", records.forecasts(basis, weighed.forecasts)


def _cut(name: str, entries: Sequence[Json]) -> Iterator[tuple[str, Sequence[Json]]]:
    for number, start in enumerate(range(0, len(entries), PROPOSITIONS)):
        yield f"{name}-{number}", entries[start : start + PROPOSITIONS]


def has(made: Mapping[str, Any]) -> Json:
    """Which pieces there are, for the page's core."""
    propositions = [value for name, value in made.items() if name.startswith("propositions-")]
    maps = [value for name, value in made.items() if name.startswith("drawn-")]
    return {
        **{name: name in made for name in _SINGLE},
        "beliefs": _names(made, "belief-"),
        "propositions": {
            "size": PROPOSITIONS,
            "count": len(propositions),
            "entries": sum(map(len, propositions)),
        },
        "drawn": [{"assessor": one["assessor"], "day": one["day"]} for one in maps],
        "layers": _names(made, "layer-"),
    }


def joined(basis: Basis, weighed: Weighed, made: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The pieces of the record with what is weighed of their places and claims: the course of beliefs of a
    place, and the number of the proposition that a claim is in.
    """
    told: dict[int, Json] | None = None
    number = {claim: n for n, p in reversed([*enumerate(weighed.propositions)]) for claim in p.claims}
    listed = {basis.number[claim]: n for claim, n in number.items()}
    for name, piece in made:
        if name.startswith("place-"):
            told = courses(basis, weighed) if told is None else told
            yield name, {place: {**one, "belief": told.get(int(place))} for place, one in piece.items()}
        elif name.startswith("claims-"):
            yield name, [_with_proposition(claim, listed) for claim in piece]
        else:
            yield name, piece


def _with_proposition(claim: Json, listed: Mapping[int, int]) -> Json:
    if not claim["witnesses"] or claim["number"] not in listed:
        return claim
    return {**claim, "witnesses": {**claim["witnesses"], "proposition": listed[claim["number"]]}}


def _names(made: Mapping[str, Any], begin: str) -> list[str]:
    return [name.removeprefix(begin) for name in made if name.startswith(begin)]


def core_beliefs(basis: Basis, weighed: Weighed) -> Json | None:
    """What the page's core tells of beliefs; None where there are none."""
    return None if weighed.inferred is None else beliefs.core(basis, weighed.inferred)


def courses(basis: Basis, weighed: Weighed) -> dict[int, Json]:
    """The course of what is inferred of each place, by its id, for the pieces of places."""
    return {} if weighed.inferred is None else beliefs.courses(basis, weighed.inferred)


__all__ = [
    "Amended",
    "Basis",
    "Given",
    "Ground",
    "Kept",
    "Weighed",
    "certain",
    "core_beliefs",
    "courses",
    "has",
    "inferred",
    "inferring",
    "joined",
    "met",
    "pieces",
    "weigh",
]
