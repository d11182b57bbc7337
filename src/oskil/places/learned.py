"""The learned finder: which stretches of a text are names of places, by the weights of `finder.npz`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from oskil.places.clues import CLASSES, Clues, Stretch
from oskil.places.linear import HashedModel, hashed, load

FILE = Path(__file__).parent / "finder.npz"
WORD_BITS = 16
STRETCH_BITS = 17
# A stretch that the rules passed over is not looked at where no word of it is likelier to be a place: one
# that the gazetteer lacks, and one that it has ("Smith"). Of 5,700 of the latter 7 would have been taken.
_UNLIKELY, _HOPELESS = 0.04, 0.005


@cache
def models() -> tuple[HashedModel, HashedModel]:
    """The two models: of words, and of stretches. Raises GazetteerError where the file is damaged."""
    return load(FILE, "words"), load(FILE, "stretches")


def judged(clues: Clues, words: HashedModel) -> Iterator[tuple[Stretch, list[int]]]:
    """Each stretch of a text with the rows of its features, by what the first model thinks of the words."""
    scores = words.scores([hashed(clues.of_word(at), WORD_BITS) for at in clues.capitals])
    chances = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(scores) else scores
    chances = (chances / chances.sum(axis=1, keepdims=True)).tolist() if len(scores) else []
    sure = dict(zip(clues.capitals, chances, strict=True))
    thought = {at: CLASSES[max(range(4), key=one.__getitem__)] for at, one in sure.items()}
    for one in clues.stretches():
        likeliest = max((sure[a][3] for a in range(one.first, one.last + 1) if a in sure), default=0.0)
        if likeliest < (_HOPELESS if one.named else _UNLIKELY) and clues.rule(one) == "-":
            continue
        yield one, hashed(clues.of_stretch(one, thought, sure), STRETCH_BITS)


def chances(clues: Clues) -> list[tuple[Stretch, float]]:
    """Each stretch of a text with the probability that it is a place's name."""
    return judged_by(clues, *models())


def judged_by(clues: Clues, words: HashedModel, stretches: HashedModel) -> list[tuple[Stretch, float]]:
    """The same by any two models."""
    found = list(judged(clues, words))
    scores = stretches.scores([rows for _, rows in found])
    odds = scores[:, 1] - scores[:, 0]
    return [(one, float(1 / (1 + np.exp(-o)))) for (one, _), o in zip(found, odds, strict=True)]


def chosen(
    judged: Sequence[tuple[Stretch, float]], least: float, at_home: float
) -> list[tuple[Stretch, float]]:
    """The likeliest stretches that do not overlap, in the text's order: each at least so likely, or `at_home`
    where it may be in the country of most of the surer ones. A town of a war abroad is called what no word
    was called that the models learned from.
    """
    sure = _apart(judged, least)
    countries: defaultdict[str, float] = defaultdict(float)
    for one, _ in sure:
        for country in (named := _countries(one)):
            countries[country] += 1 / len(named)  # namesakes share the weight of one
    home = {max(countries, key=countries.__getitem__, default="")}
    raised = [
        (one, least if at_home <= chance < least and home.intersection(_countries(one)) else chance)
        for one, chance in judged
    ]
    return _apart(raised, least)


def _countries(one: Stretch) -> list[str]:
    return sorted({place.country for place in one.named if place.country})


def _apart(judged: Sequence[tuple[Stretch, float]], least: float) -> list[tuple[Stretch, float]]:
    taken: list[tuple[Stretch, float]] = []
    ends: dict[int, bool] = {}
    for one, chance in sorted(judged, key=lambda j: (-j[1], j[0].start, -j[0].end)):
        if chance < least:
            break
        if not any(at in ends for at in range(one.start, one.end)):
            ends |= dict.fromkeys(range(one.start, one.end), True)
            taken.append((one, chance))
    return sorted(taken, key=lambda j: j[0].start)
