"""Learns how a place is chosen: `python -m training.places_choosing OUT.yaml [--without NAME]`.

Gold: the toponyms with coordinates of LGL and TR-News that the finder finds, and the first half of the
located events (by hash), whose text is put together from description, town and province. A candidate is
right if it has the gold's GeoNames id, else if it lies within 161 km of the gold (10 km for events), or is
the very country or region; where none is, "none of these" is right. Greatest likelihood with a small penalty
on the squares of the weights, by Newton's method from zero, so there is no chance in it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from oskil.conflict.choosing import for_text
from oskil.conflict.profile import ConflictProfile
from oskil.places import gazetteer
from oskil.places.evidence import COLUMN, FEATURES, SUPPORT, Table, support
from oskil.places.geometry import rough_km
from oskil.places.geoparse import find_names
from oskil.places.home import Home, country_of, home_of, outlet_key
from oskil.places.interface import Gazetteer
from oskil.places.mention import Found
from oskil.places.outlets import Heard, home_from, weighed
from oskil.places.ranking import ANYWHERE, AT_HOME, PASSES, Weights, chances, scored
from oskil.places.resolve import prepared
from oskil.records import Place
from training.places_finder import CORPORA, SHARED, records

EVENTS = "events"
NEAR_KM = {EVENTS: 10.0}
_WEIGHT = {EVENTS: 0.05}  # 1,700 texts put together about one war, against 700 articles
_PENALTY = 0.5
# Where a weight would be drawn to without gold, and how strongly: what the corpora show too seldom to teach.
_EXPECTED = {
    "contained": (4.0, 10.0),
    "near_sentence": (1.0, 10.0),
    "near_paragraph": (0.5, 10.0),
    "near_listed": (3.0, 50.0),
    "local": (1.5, 10.0),
    "party": (0.5, 10.0),
    "home": (1.0, 10.0),
    "home_region": (1.5, 10.0),
    "home_near": (3.0, 10.0),
    "home_area": (1.0, 10.0),
    "outlet_named": (1.0, 10.0),
    "country_named": (0.3, 10.0),
}
_FOLDS = 5
_TEMPERATURES = [t / 50 for t in range(30, 101)]
LEAST = 0.2  # of names less likely than this, fewer than three in ten were placed right
_NOTHING_ALONE = [*range(SUPPORT.start, SUPPORT.stop)]


@dataclass(slots=True)
class Text:
    """A text of a corpus with the names that are found in it; `outlet` is the domain that it is from."""

    corpus: str
    text: str
    gold: list[dict[str, Any]]
    profile: ConflictProfile
    found: list[Found]
    outlet: str = ""
    url: str = ""


@dataclass(slots=True)
class Case:
    """A mention whose place is known; `right` are the numbers of its right candidates, empty for "none"."""

    table: Table
    sense: int
    right: list[int]
    weight: float


def texts(corpus: str, names: Gazetteer) -> Iterator[Text]:
    """Each text of a corpus with its toponyms that have coordinates."""
    for text, gold, outlet, url in _raw(corpus):
        profile = for_text(text)
        yield Text(corpus, text, gold, profile, find_names(text, names, profile), outlet, url)


def _raw(corpus: str) -> Iterator[tuple[str, list[dict[str, Any]], str, str]]:
    if corpus == EVENTS:
        yield from ((*event_text(row), "", "") for row in events("first"))
        return
    for record in records(SHARED / "geoparse" / f"{corpus}.jsonl.gz"):
        gold = [t for t in record["toponyms"] if t["lat"] is not None]
        yield record["text"], gold, record.get("source") or "", record.get("url") or ""


def events(half: str) -> Iterator[dict[str, str]]:
    """Located events with a town, of one half by the hash of their entry."""
    path = SHARED / "evidence" / "geolocated-events-dev.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            first = hashlib.sha256(row["entry"].encode()).digest()[0] < 128
            if row["town/city"].strip() and first == (half == "first"):
                yield row


def event_text(row: dict[str, str]) -> tuple[str, list[dict[str, Any]]]:
    """Description, town and province as a text, and where the town stands in it."""
    town = row["town/city"].strip()
    text = f"{row['brief description'].strip().rstrip('.')}. It happened in "
    gold = {"start": len(text), "end": len(text) + len(town), "phrase": town}
    gold |= {"lat": float(row["lat"]), "lon": float(row["lon"]), "geonameid": None}
    return text + ", ".join([town, *filter(None, [row["province"].strip()])]) + ".", [gold]


def is_right(place: Place, gold: dict[str, Any], km: float) -> bool:
    """Whether a candidate is the gold's place."""
    if place.id == gold.get("geonameid"):
        return True
    if rough_km(place.lat, place.lon, gold["lat"], gold["lon"]) <= km:
        return True
    code = gold.get("fcode") or ""
    return (
        place.kind == "country"
        and code.startswith("PCL")
        or (place.kind == "region" and code == "ADM1" and place.name.startswith(str(gold.get("admin1"))))
    )


def cases(of: Text, home: Home | None) -> list[Case]:
    """The cases of a text, which share a table."""
    km, weight = NEAR_KM.get(of.corpus, 161.0), _WEIGHT.get(of.corpus, 1.0)
    ready = prepared(of.text, of.found, of.profile, home=home)
    sense_of = {m: n for n, sense in enumerate(ready.table.senses) for m in sense.mentions}
    at = {(n.found.start, n.found.end): n.at for n in ready.names}
    found = []
    for one in of.gold:
        mention = at.get((one["start"], one["end"]))
        if mention is None or mention not in sense_of:
            continue
        number = sense_of[mention]
        sense = ready.table.senses[number]
        right = [k for k, p in enumerate(sense.candidates) if is_right(p, one, km)]
        exact = [k for k in right if sense.candidates[k].id == one["geonameid"]]
        found.append(Case(ready.table, number, exact or right, weight))
    return found


def homes(given: Sequence[Text], by: Weights) -> list[Home | None]:
    """The home of each text's outlet, from the outlet's other texts where they tell, else its address."""
    spoken = [weighed(prepared(t.text, t.found, t.profile), by) if t.outlet else {} for t in given]
    return from_others(spoken, [(t.outlet, t.url) for t in given])


def from_others(spoken: Sequence[Heard], outlets: Sequence[tuple[str, str]]) -> list[Home | None]:
    """The home of each text's outlet by what its other texts speak of; the outlets are (domain, address)."""
    out: list[Home | None] = []
    for at, (outlet, url) in enumerate(outlets):
        others = [s for k, s in enumerate(spoken) if k != at and outlets[k][0] == outlet]
        known = home_from(others, country_of(outlet)) if outlet else None
        out.append(home_of(outlet, url, {outlet_key(outlet): known} if known else {}))
    return out


def fitted(given: Sequence[Case], start: Any, free: Sequence[int]) -> Any:
    """The weights of greatest likelihood; those not free stay as they are."""
    rows, right, of, weight = _stacked(given)
    weights = start.copy()
    penalty, expected = np.full(len(FEATURES), _PENALTY), np.zeros(len(FEATURES))
    for name, (value, firmness) in _EXPECTED.items():
        penalty[COLUMN[name]], expected[COLUMN[name]] = firmness, value
    for _ in range(30):
        scores = rows @ weights
        p, q = _posterior(scores, right, of)
        slope = rows.T @ (weight * (q - p)) - penalty * (weights - expected)
        mean = np.zeros((of[-1] + 1, rows.shape[1]))
        np.add.at(mean, of, p[:, None] * rows)
        spread = rows - mean[of]
        curve = spread.T @ (spread * (weight * p)[:, None]) + np.diag(penalty)
        step = np.zeros(len(weights))
        step[list(free)] = np.linalg.solve(curve[np.ix_(free, free)], slope[list(free)])
        weights += np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-4:
            break
    return weights


def _stacked(given: Sequence[Case]) -> tuple[Any, Any, Any, Any]:
    rows, right, of, weight = [], [], [], []
    for number, case in enumerate(given):
        sense = case.table.senses[case.sense]
        count = len(sense.candidates)
        rows.append(case.table.rows[sense.begin : sense.begin + count])
        rows.append(case.table.rows[case.table.size + case.sense][None])
        right += [k in case.right for k in range(count)] + [not case.right]
        of += [number] * (count + 1)
        weight += [case.weight] * (count + 1)
    return np.vstack(rows), np.array(right), np.array(of), np.array(weight)


def _posterior(scores: Any, right: Any, of: Any) -> tuple[Any, Any]:
    top = np.full(of[-1] + 1, -np.inf)
    np.maximum.at(top, of, scores)
    raised = np.exp(scores - top[of])
    p = raised / np.bincount(of, raised)[of]
    good = p * right
    return p, good / np.maximum(np.bincount(of, good)[of], 1e-12)


def learned(given: Sequence[Text]) -> dict[str, Weights]:
    """The weights for texts by themselves, and for those of outlets whose other texts tell their homes; with
    the temperatures at which texts that were left out in their fitting are likeliest.
    """
    by = fitted_sets(given)
    sure: dict[str, list[Sure]] = {name: [] for name in by}
    for fold in range(_FOLDS):
        rest = fitted_sets([t for t in given if _fold(t) != fold])
        left = [t for t in given if _fold(t) == fold]
        for name, found in _at(left, rest).items():
            sure[name] += outcomes(found, rest[name])
    return {name: replace(one, temperature=temperature(sure[name])) for name, one in by.items()}


def _fold(text: Text) -> int:
    """The texts of an outlet are in one fold."""
    return hashlib.sha256((text.outlet or text.text).encode()).digest()[0] % _FOLDS


def fitted_sets(given: Sequence[Text]) -> dict[str, Weights]:
    """The weights, without temperatures."""
    bare = fitted_both([cases(t, home_of(t.outlet, t.url, {})) for t in given])
    homed = fitted_both([cases(t, home) for t, home in zip(given, homes(given, bare), strict=True)])
    return {ANYWHERE: bare, AT_HOME: homed}


def _at(given: Sequence[Text], by: dict[str, Weights]) -> dict[str, list[list[Case]]]:
    """The cases of each text by itself, and of those whose outlet's home is known."""
    pairs = [(t, home) for t, home in zip(given, homes(given, by[ANYWHERE]), strict=True)]
    return {
        ANYWHERE: [cases(t, home_of(t.outlet, t.url, {})) for t in given],
        AT_HOME: [cases(t, home) for t, home in pairs if home is not None and home.placed],
    }


def fitted_both(given: Sequence[list[Case]]) -> Weights:
    """Both sets of weights from the cases of texts."""
    flat = [case for text in given for case in text]
    tables = {id(case.table): case.table for case in flat}
    free = [at for at in range(len(FEATURES)) if at not in _NOTHING_ALONE]
    for table in tables.values():
        table.rows[: table.size, SUPPORT] = 0.0
    alone = fitted(flat, np.zeros(len(FEATURES)), free)
    together = alone
    for _ in range(PASSES + 1):
        for table in tables.values():
            now, _ = chances(table, table.rows @ alone if together is alone else table.rows @ together)
            support(table, now)
        together = fitted(flat, together, range(len(FEATURES)))
    return Weights(alone, together, 1.0, LEAST)


@dataclass(slots=True)
class Sure:
    """A case with the scores of its candidates and, last, of "none"; which of them are right."""

    scores: Any
    right: Any
    weight: float

    def chances(self, temperature: float) -> Any:
        """Their probabilities."""
        raised = np.exp((self.scores - self.scores.max()) / temperature)
        return raised / raised.sum()


def outcomes(given: Sequence[list[Case]], by: Weights) -> list[Sure]:
    """What each case comes to under some weights."""
    out = []
    for text in given:
        if not text:
            continue
        table = text[0].table
        table.rows[: table.size, SUPPORT] = 0.0
        scores = scored(table, by)
        for case in text:
            sense = table.senses[case.sense]
            mine = scores[sense.begin : sense.begin + len(sense.candidates)]
            right = [k in case.right for k in range(len(mine))]
            with_none = np.append(mine, scores[table.size + case.sense])
            out.append(Sure(with_none, np.array([*right, not case.right]), case.weight))
    return out


def temperature(sure: Sequence[Sure]) -> float:
    """The one by which what is right is likeliest."""
    if not sure:
        return 1.0
    losses = {
        t: -sum(s.weight * np.log(max(1e-9, s.chances(t)[s.right].sum())) for s in sure)
        for t in _TEMPERATURES
    }
    return min(losses, key=lambda t: (losses[t], t))


def evaluate(given: Sequence[Text], by: dict[str, Weights], *, alone: bool) -> dict[str, float]:
    """Share right of all and of those that can be placed, and the expected calibration error (ten bins).

    `alone`: each text by itself; else with its outlet's other texts, of which nothing but the text is known.
    """
    at = [home_of(t.outlet, t.url, {}) for t in given] if alone else homes(given, by[ANYWHERE])
    sure, right, can = [], [], []
    for text, home in zip(given, at, strict=True):
        weights = by[AT_HOME if home is not None and home.placed else ANYWHERE]
        for one in outcomes([cases(text, home)], weights):
            mine = one.chances(weights.temperature)[:-1]
            best = int(mine.argmax())
            sure.append(mine[best])
            right.append(bool(one.right[best]))
            can.append(not one.right[-1])
    s, g, c = np.array(sure), np.array(right), np.array(can)
    bins = np.minimum((s * 10).astype(int), 9)
    ece = sum(abs(s[bins == b].mean() - g[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    return {"n": len(g), "right": g.mean(), "placeable": c.mean(), "of_placeable": g[c].mean(), "ece": ece}


def written(by: dict[str, Weights], origin: str) -> str:
    """The weights as the file has them."""
    lines = [f"# {line}" for line in origin.splitlines()]
    for section, one in by.items():
        lines.append(f"{section}:")
        for name, weights in (("alone", one.alone), ("together", one.together)):
            lines.append(f"  {name}:")
            lines += [f"    {f}: {w:.3f}" for f, w in zip(FEATURES, weights, strict=True) if abs(w) >= 0.0005]
        lines += [f"  temperature: {one.temperature:.3f}", f"  least: {one.least}"]
    return "\n".join([*lines, ""])


_ORIGIN = """Weights of the features of evidence.py, learned by training/places_choosing.py from
{corpora}; {count} names. See docs/places.md."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", default="")
    given = parser.parse_args()
    names = gazetteer.load()
    corpora = [c for c in (*CORPORA, EVENTS) if c != given.without]
    known = [text for corpus in corpora for text in texts(corpus, names)]
    origin = _ORIGIN.format(corpora=", ".join(corpora), count=sum(len(t.gold) for t in known))
    by = learned(known)
    given.out.write_text(written(by, origin), "utf-8")


if __name__ == "__main__":
    main()
