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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from oskil.conflict.choosing import for_text
from oskil.places import gazetteer
from oskil.places.evidence import COLUMN, FEATURES, SUPPORT, Table, support
from oskil.places.geometry import rough_km
from oskil.places.geoparse import find_names
from oskil.places.interface import Gazetteer
from oskil.places.ranking import PASSES, Weights, chances
from oskil.places.resolve import prepared
from oskil.records import Place
from training.places_finder import CORPORA, SHARED, records

EVENTS = "events"
NEAR_KM = {EVENTS: 10.0}
_WEIGHT = {EVENTS: 0.2}  # 1,700 short texts about one war against 700 articles
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
    "country_named": (0.3, 10.0),
}
LEAST = 0.2  # of names less likely than this, fewer than three in ten were placed right
_NOTHING_ALONE = [*range(SUPPORT.start, SUPPORT.stop)]


@dataclass(slots=True)
class Case:
    """A mention whose place is known; `right` are the numbers of its right candidates, empty for "none"."""

    table: Table
    sense: int
    right: list[int]
    weight: float


def texts(corpus: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each text of a corpus with its toponyms that have coordinates."""
    if corpus == EVENTS:
        yield from (event_text(row) for row in events("first"))
        return
    for record in records(SHARED / "geoparse" / f"{corpus}.jsonl.gz"):
        yield record["text"], [t for t in record["toponyms"] if t["lat"] is not None]


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


def cases(corpus: str, names: Gazetteer) -> Iterator[list[Case]]:
    """The cases of each text, with the table that they share."""
    km, weight = NEAR_KM.get(corpus, 161.0), _WEIGHT.get(corpus, 1.0)
    for text, gold in texts(corpus):
        profile = for_text(text)
        ready = prepared(text, find_names(text, names, profile), profile)
        sense_of = {m: n for n, sense in enumerate(ready.table.senses) for m in sense.mentions}
        at = {(n.found.start, n.found.end): n.at for n in ready.names}
        found = []
        for one in gold:
            mention = at.get((one["start"], one["end"]))
            if mention is None or mention not in sense_of:
                continue
            number = sense_of[mention]
            sense = ready.table.senses[number]
            right = [k for k, p in enumerate(sense.candidates) if is_right(p, one, km)]
            exact = [k for k in right if sense.candidates[k].id == one["geonameid"]]
            found.append(Case(ready.table, number, exact or right, weight))
        yield found


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


def learned(given: Sequence[list[Case]]) -> Weights:
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


def evaluate(given: Sequence[list[Case]], by: Weights) -> dict[str, float]:
    """Share right of all and of those that can be placed, and the expected calibration error (ten bins)."""
    from oskil.places.ranking import scored

    sure, good, can = [], [], []
    for text in given:
        for case in text:
            case.table.rows[: case.table.size, SUPPORT] = 0.0
        if not text:
            continue
        p, none = chances(text[0].table, scored(text[0].table, by) / by.temperature)
        for case in text:
            sense = case.table.senses[case.sense]
            mine = p[sense.begin : sense.begin + len(sense.candidates)]
            best = int(mine.argmax())
            sure.append(mine[best])
            good.append(best in case.right)
            can.append(bool(case.right))
    s, g, c = np.array(sure), np.array(good), np.array(can)
    bins = np.minimum((s * 10).astype(int), 9)
    ece = sum(abs(s[bins == b].mean() - g[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    return {"n": len(g), "right": g.mean(), "placeable": c.mean(), "of_placeable": g[c].mean(), "ece": ece}


def written(by: Weights, origin: str) -> str:
    """The weights as the file has them."""
    lines = [f"# {line}" for line in origin.splitlines()]
    for name, weights in (("alone", by.alone), ("together", by.together)):
        lines.append(f"{name}:")
        lines += [f"  {f}: {w:.3f}" for f, w in zip(FEATURES, weights, strict=True) if abs(w) >= 0.0005]
    return "\n".join([*lines, f"temperature: {by.temperature:.3f}", f"least: {by.least}", ""])


_ORIGIN = """Weights of the features of evidence.py, learned by training/places_choosing.py from
{corpora}; {count} names. See docs/places.md."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", default="")
    given = parser.parse_args()
    names = gazetteer.load()
    corpora = [c for c in (*CORPORA, EVENTS) if c != given.without]
    known = [text for corpus in corpora for text in cases(corpus, names)]
    by = learned(known)
    origin = _ORIGIN.format(corpora=", ".join(corpora), count=sum(map(len, known)))
    given.out.write_text(written(by, origin), "utf-8")


if __name__ == "__main__":
    main()
