"""What speaks for each candidate of each name of a text, as a table of named features.

Mentions that are written alike and have the same candidates are one name: one sense in a document. The last
rows of the table stand for "none of these", one a name.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from oskil.places.candidates import local
from oskil.places.home import Home, at_home
from oskil.places.normalise import key, likeness
from oskil.places.renamed import aliases
from oskil.places.scores import Name, Setting, container
from oskil.records import Place

FEATURES = (
    "share",  # log of its share of the people who live in places of the name, 500 added to each
    "size",  # log10 of its people and 1,000, over a town of 10,000
    "is_country",
    "is_region",
    "local",  # in the conflict's countries and box, where the text is about the conflict
    "party",  # in the conflict's countries
    "country_named",  # log of 1 + how often the text names its country
    "region_named",  # log of 1 + how often the text names its first-order region
    "contained",  # what follows the name contains it: "Paris, Texas"
    "home",  # a settlement in the country of the outlet
    "home_region",  # in its first-order region
    "home_near",  # exp(-km / 100) from its town
    "home_area",  # a country or region of the country of the outlet
    "outlet_named",  # a settlement whose name stands in the outlet's name or address
    "unlike",  # 1 - likeness of its main name to the name in the text
    "sounded",  # only the sound of the name matches
    "country_support",  # share of the other names' sense that lies in its country
    "region_support",  # log of 1 + how many of the other names lie in its region
    "near_sentence",  # exp(-km / 50) of the nearest other name of its sentences
    "near_paragraph",  # the same, of its paragraphs
    "near_listed",  # exp(-km / 15) of the nearest name right before or after it in an enumeration
    "near_document",  # log of 1 + the sum of exp(-km / 50) over all names around
    "none",  # the rows of "none of these" have this, and the four below
    "none_size",  # size of the biggest candidate
    "none_unlike",  # unlikeness of the likest candidate
    "none_area",  # a country or a region is among the candidates
    "none_many",  # log of the number of candidates
    "none_embedded",  # the name stands in that of something else
)
COLUMN = {name: at for at, name in enumerate(FEATURES)}
_ALONE = [COLUMN[f] for f in FEATURES[: COLUMN["home"]]] + [COLUMN["unlike"], COLUMN["sounded"]]
_HOME = slice(COLUMN["home"], COLUMN["home_area"] + 1)
SUPPORT = slice(COLUMN["country_support"], COLUMN["near_document"] + 1)
NEAR_KM = 50.0
LISTED_KM = 15.0  # lists of villages run along a front, each a few km from the next
CANDIDATES = 40  # of a name; the most populous, and all in the conflict's area
_AROUND = 75  # names before and after that support a name by their nearness
_BLOCK = 50
_KM_PER_DEGREE = 111.2


@dataclass(slots=True)
class Sense:
    """A name of a text with its mentions and the candidates that are weighed."""

    mentions: list[int]
    candidates: tuple[Place, ...]
    begin: int = 0


@dataclass(slots=True)
class Table:
    """The features: a row a candidate, those of a sense together, then a row of "none" for each sense.

    `of` is the sense of each candidate's row; `senses` are in the order of their first mention.
    """

    senses: list[Sense]
    rows: Any
    of: Any
    lat: Any
    lon: Any
    country: Any
    region: Any
    settled: Any
    together: dict[str, list[list[int]]]

    @property
    def size(self) -> int:
        """Number of candidates' rows."""
        return len(self.of)


def weighed(candidates: Sequence[Place], setting: Setting) -> tuple[Place, ...]:
    """The candidates that are compared: of a name borne by hundreds, not all."""
    if len(candidates) <= CANDIDATES:
        return tuple(candidates)
    first = candidates[:CANDIDATES]
    return (*first, *(p for p in candidates[CANDIDATES:] if local(p, setting.profile)))


def table_of(text: str, names: Sequence[Name], setting: Setting, home: Home | None = None) -> Table:
    """The table of a text, with nothing yet in the columns of support."""
    senses = _senses(names, setting)
    count = sum(len(s.candidates) for s in senses)
    rows = np.zeros((count + len(senses), len(FEATURES)))
    of = np.zeros(count, int)
    at = 0
    for number, sense in enumerate(senses):
        sense.begin = at
        stop = at + len(sense.candidates)
        of[at:stop] = number
        rows[at:stop, _ALONE] = list(_alone(text, sense, names, setting))
        if home is not None:
            rows[at:stop, _HOME] = at_home(sense.candidates, home)
            if home.named(names[sense.mentions[0]].sense):
                rows[at:stop, COLUMN["outlet_named"]] = [p.kind == "settlement" for p in sense.candidates]
        rows[count + number, SUPPORT.stop :] = _none(sense, names, rows[at:stop])
        at = stop
    places = [p for s in senses for p in s.candidates]
    return Table(
        senses,
        rows,
        of,
        np.array([p.lat for p in places]),
        np.array([p.lon for p in places]),
        _numbered([p.country for p in places]),
        _numbered([(p.country, p.region) for p in places]),
        np.array([p.kind == "settlement" for p in places], bool),
        _together(senses, names),
    )


def _senses(names: Sequence[Name], setting: Setting) -> list[Sense]:
    found: dict[tuple[str, tuple[Place, ...]], Sense] = {}
    for name in names:
        if name.found.candidates:
            at = (name.sense, name.found.candidates)
            if at not in found:
                found[at] = Sense([], weighed(name.found.candidates, setting))
            found[at].mentions.append(name.at)
    return list(found.values())


def _alone(text: str, sense: Sense, names: Sequence[Name], setting: Setting) -> list[list[float]]:
    found = names[sense.mentions[0]].found
    people = [p.population + 500 for p in sense.candidates]
    total = sum(n for n, p in zip(people, sense.candidates, strict=True) if p.kind == "settlement") or 1
    written = [found.latin or found.phrase]
    if now := aliases(setting.profile).get(key(found.phrase)):
        written.append(now)
    out = []
    for place, n in zip(sense.candidates, people, strict=True):
        settled = place.kind == "settlement"
        inside = local(place, setting.profile)
        held = max(container(text, names[m], names, place) for m in sense.mentions)
        out.append(
            [
                math.log(n / total) if settled else 0.0,
                math.log10(place.population + 1000) - 4 if settled else 0.0,
                float(place.kind == "country"),
                float(place.kind == "region"),
                setting.relevance * inside,
                setting.relevance * (place.country in setting.profile.countries),
                math.log1p(setting.countries.get(place.country, 0.0)) * settled,
                math.log1p(setting.regions.get((place.country, place.region), 0.0)) * settled,
                float(held > 0),
                1 - max(likeness(w, place.name) for w in written),
                float(found.sounded),
            ]
        )
    return out


def _none(sense: Sense, names: Sequence[Name], rows: Any) -> list[float]:
    area = any(p.kind != "settlement" for p in sense.candidates)
    embedded = all(names[m].found.use == "embedded" for m in sense.mentions)
    size, unlike = rows[:, COLUMN["size"]].max(), rows[:, COLUMN["unlike"]].min()
    return [1.0, float(size), float(unlike), float(area), math.log(len(sense.candidates)), float(embedded)]


def _numbered(values: Sequence[Any]) -> Any:
    numbers: dict[Any, int] = {}
    return np.array([numbers.setdefault(v, len(numbers)) for v in values], int)


def _together(senses: Sequence[Sense], names: Sequence[Name]) -> dict[str, list[list[int]]]:
    """For each sense the others that share a sentence, and those that share a paragraph with it."""
    out = {}
    for circle in ("sentence", "paragraph"):
        members: dict[int, list[int]] = defaultdict(list)  # in rising order
        for number, sense in enumerate(senses):
            for at in dict.fromkeys(getattr(names[m], circle) for m in sense.mentions):
                members[at].append(number)
        out[circle] = [
            _others(number, [members[at] for at in {getattr(names[m], circle) for m in sense.mentions}])
            for number, sense in enumerate(senses)
        ]
    out["listed"] = _listed(senses, names)
    return out


def _listed(senses: Sequence[Sense], names: Sequence[Name]) -> list[list[int]]:
    """For each sense the others that stand right before or after it in an enumeration."""
    sense_of = {m: number for number, sense in enumerate(senses) for m in sense.mentions}
    out: list[dict[int, None]] = [{} for _ in senses]
    for left, right in zip(names, names[1:], strict=False):
        one, other = sense_of.get(left.at), sense_of.get(right.at)
        if left.listing == right.listing and one is not None and other is not None and one != other:
            out[one][other] = out[other][one] = None
    return [list(found) for found in out]


def _others(number: int, circles: Sequence[Sequence[int]]) -> list[int]:
    """The others of some circles; of a huge one only those beside it."""
    found: dict[int, None] = {}
    for circle in circles:
        first, last = bisect_left(circle, number - _AROUND), bisect_right(circle, number + _AROUND)
        found |= dict.fromkeys(circle[first:last])
    found.pop(number, None)
    return list(found)


def support(table: Table, chances: Any) -> None:
    """Fill the columns of support from how likely each candidate now is."""
    rows, of = table.rows[: table.size], table.of
    if not table.size:
        return
    rows[:, COLUMN["country_support"]] = _share(table.country, of, chances)
    rows[:, COLUMN["region_support"]] = _count(table.region, of, chances)
    count = len(table.senses)
    for begin in range(0, count, _BLOCK):
        first, last = max(0, begin - _AROUND), min(count, begin + _BLOCK + _AROUND)
        _nearness(table, chances, (begin, min(count, begin + _BLOCK)), (first, last))


def _share(labels: Any, of: Any, chances: Any) -> Any:
    totals = np.bincount(labels, chances)
    own = _own(labels, of, chances)
    return (totals[labels] - own) / (totals.sum() - np.bincount(of, chances)[of] + 1.0)


def _count(labels: Any, of: Any, chances: Any) -> Any:
    return np.log1p(np.maximum(0.0, np.bincount(labels, chances)[labels] - _own(labels, of, chances)))


def _own(labels: Any, of: Any, chances: Any) -> Any:
    """How much of a candidate's label its own sense holds."""
    pairs = of * (labels.max() + 1) + labels
    values, where = np.unique(pairs, return_inverse=True)
    return np.bincount(where, chances, minlength=len(values))[where]


def _nearness(table: Table, chances: Any, block: tuple[int, int], around: tuple[int, int]) -> None:
    mine = slice(*_rows(table, *block))
    theirs = slice(*_rows(table, *around))
    lat, lon = table.lat[mine, None], table.lon[mine, None]
    north = table.lat[None, theirs] - lat
    east = (table.lon[None, theirs] - lon + 180) % 360 - 180
    km = _KM_PER_DEGREE * np.hypot(north, east * np.cos(np.radians(lat)))
    weight = (chances * table.settled)[None, theirs]
    starts = [table.senses[n].begin - theirs.start for n in range(*around)]
    by_sense = np.add.reduceat(np.exp(-km / NEAR_KM) * weight, starts, axis=1)
    own = table.of[mine] - around[0]
    by_sense[np.arange(len(own)), own] = 0.0
    by_sense *= table.settled[mine, None]
    closely = np.add.reduceat(np.exp(-km / LISTED_KM) * weight, starts, axis=1) * table.settled[mine, None]
    rows = table.rows[mine]
    rows[:, COLUMN["near_document"]] = np.log1p(by_sense.sum(axis=1))
    for circle, near in (("sentence", by_sense), ("paragraph", by_sense), ("listed", closely)):
        column = COLUMN[f"near_{circle}"]
        for number in range(*block):
            sense = table.senses[number]
            others = [n - around[0] for n in table.together[circle][number] if around[0] <= n < around[1]]
            here = slice(sense.begin - mine.start, sense.begin - mine.start + len(sense.candidates))
            rows[here, column] = near[here][:, others].max(axis=1) if others else 0.0


def _rows(table: Table, first: int, last: int) -> tuple[int, int]:
    end = table.senses[last].begin if last < len(table.senses) else table.size
    return table.senses[first].begin, end
