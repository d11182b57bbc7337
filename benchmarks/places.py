"""How well place names are found and placed: `python -m benchmarks.places [GOLD.jsonl.gz ...] [--write]`.

Without arguments the corpora beside the checkout; any other in the same format by its path. `--write` takes
all figures, with each corpus left out of the learning too, into the page of benchmarks. Finding and
`acc161` come from the scorer that comes with the gold. Of the gold names that are found and have
coordinates, the rest says how many the embedded gazetteer can place at all (a candidate within 161 km), how
many the most populous candidate places, how many are placed right of those it can place, and how far the
stated probability is from the share that is right.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import report
from benchmarks.figures import SHARED, BenchmarkError, Figure, digest, timed

if TYPE_CHECKING:
    from oskil.places.mention import Found
    from oskil.records import Place, Toponym

FOLDER = SHARED / "data" / "geoparse"
CORPORA = {"LGL": FOLDER / "lgl.jsonl.gz", "TR-News": FOLDER / "tr-news.jsonl.gz"}
EVENTS = SHARED / "data" / "evidence" / "geolocated-events-dev.csv.gz"
SCORER = SHARED / "score" / "places.py"
FIND_GOALS = {"LGL": "≥ 72", "TR-News": "≥ 81"}
NEAR_KM = 161.0  # 100 miles, the field's measure
EVENT_KM = 10.0
_BINS = 10
_SEED, _DRAWS = 20221122, 100


@dataclass(slots=True)
class Measured:
    """What one corpus gave: the scorer's figures and ours, in percent where they are shares."""

    find_f: float
    found: int
    acc161: float
    ceiling: float
    most_populous: float
    of_placeable: float
    ece: float
    ms: float
    at_home: tuple[int, float, float]  # texts whose outlet's home is known; right of placeable; error
    by_chance: tuple[str, str]  # the calibration errors of probabilities that are right


def available() -> bool:
    """Whether gold and scorer lie beside the checkout."""
    return SCORER.is_file() and EVENTS.is_file() and all(path.is_file() for path in CORPORA.values())


def data_hash() -> str:
    """The hash that the floors are pinned to."""
    return digest([SCORER, EVENTS, *CORPORA.values()])


def documents(path: Path) -> list[dict[str, Any]]:
    """The documents of a corpus. Raises BenchmarkError where the file cannot be read."""
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (OSError, EOFError, ValueError) as error:
        raise BenchmarkError(f"{path}: {error}") from error


def measure(path: Path) -> Measured:
    """Find and place all names of a corpus, and compare with its gold."""
    from oskil.conflict import for_text
    from oskil.places import gazetteer
    from oskil.places.geoparse import find_names, find_toponyms
    from oskil.places.home import home_of
    from oskil.places.outlets import heard
    from training.places_choosing import from_others

    names = gazetteer.load()
    gold = documents(path)
    profiles = [for_text(document["text"]) for document in gold]
    outlets = [(str(d.get("source") or ""), str(d.get("url") or "")) for d in gold]
    homes = [home_of(*outlet, {}) for outlet in outlets]
    find_toponyms(gold[0]["text"], names, profiles[0])  # what is read once is not timed
    started = time.process_time()
    placed = [find_toponyms(d["text"], names, p, h) for d, p, h in zip(gold, profiles, homes, strict=True)]
    seconds = time.process_time() - started
    named = [find_names(d["text"], names, p) for d, p in zip(gold, profiles, strict=True)]
    known = from_others([heard(d["text"], names, p) for d, p in zip(gold, profiles, strict=True)], outlets)
    again = [find_toponyms(d["text"], names, p, h) for d, p, h in zip(gold, profiles, known, strict=True)]
    found, at_home = ([*_all_pairs(gold, toponyms, named)] for toponyms in (placed, again))
    score = _score(path, gold, placed)
    words = sum(len(d["text"].split()) for d in gold)
    return Measured(
        score["find_f"],
        len(found),
        score["acc161_found"],
        *_shares(found),
        1000 * seconds / words * 500,
        (sum(home is not None and home.placed for home in known), *_shares(at_home)[2:]),
        (_by_chance(found), _by_chance(at_home)),
    )


Pair = tuple["dict[str, Any]", "Toponym", "Sequence[Place]"]


def _all_pairs(
    gold: Sequence[dict[str, Any]], placed: Sequence[Sequence[Toponym]], named: Sequence[Sequence[Found]]
) -> Iterator[Pair]:
    for document, toponyms, candidates in zip(gold, placed, named, strict=True):
        yield from _pairs(document, toponyms, {(f.start, f.end): f.candidates for f in candidates})


def _pairs(
    document: dict[str, Any], toponyms: Sequence[Toponym], candidates: dict[tuple[int, int], Sequence[Place]]
) -> Iterator[Pair]:
    mine = {(t.start, t.end): t for t in toponyms}
    for gold in document["toponyms"]:
        at = gold["start"], gold["end"]
        if gold["lat"] is not None and at in mine:
            yield gold, mine[at], candidates.get(at, ())


def _near(place: Place, gold: dict[str, Any], km: float) -> bool:
    from oskil.places.geometry import rough_km

    return rough_km(place.lat, place.lon, gold["lat"], gold["lon"]) <= km


def _same(place: Place, gold: dict[str, Any]) -> bool:
    """Whether it is the gold's place: near it, of its id, or the very country or first-order region."""
    code = str(gold.get("fcode") or "")
    if place.id == gold.get("geonameid") or (place.kind == "country" and code.startswith("PCL")):
        return True
    state = place.kind == "region" and code == "ADM1" and place.name.startswith(str(gold.get("admin1")))
    return state or _near(place, gold, NEAR_KM)


def _shares(found: Sequence[Pair]) -> tuple[float, float, float, float]:
    """Ceiling, most populous, right of those that can be placed, calibration error; in percent."""
    can = [(g, t, c) for g, t, c in found if any(_near(p, g, NEAR_KM) for p in c)]
    most = sum(_near(max(c, key=lambda p: p.population), g, NEAR_KM) for g, _, c in found if c)
    right = sum(t.place is not None and _near(t.place, g, NEAR_KM) for g, t, _ in can)
    every, placeable = max(1, len(found)), max(1, len(can))
    error = 100 * calibration_error(_sure(found))
    return 100 * len(can) / every, 100 * most / every, 100 * right / placeable, error


def _sure(found: Sequence[Pair]) -> list[tuple[float, bool]]:
    return [(t.confidence, _same(t.place, g)) for g, t, _ in found if t.place is not None]


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error over ten bins of equal width, 0..1."""
    error = 0.0
    for number in range(_BINS):
        mine = [(p, right) for p, right in sure if min(_BINS - 1, int(p * _BINS)) == number]
        if mine:
            gap = abs(sum(p for p, _ in mine) - sum(right for _, right in mine))
            error += gap / len(sure)
    return error


def chance_error(chances: Sequence[tuple[str, float]]) -> float:
    """The calibration error of (name, probability) if all were just so likely: what the sample's size does.

    Mentions of one name with the very same probability are of one text, and right together.
    """
    random = np.random.default_rng(_SEED)
    number = {pair: at for at, pair in enumerate(dict.fromkeys(chances))}
    errors = []
    for _ in range(_DRAWS):
        drawn = random.random(len(number))
        errors.append(calibration_error([(pair[1], bool(drawn[number[pair]] < pair[1])) for pair in chances]))
    return sum(errors) / len(errors)


def _by_chance(found: Sequence[Pair]) -> str:
    named = [(t.phrase, t.confidence) for _, t, _ in found if t.place is not None]
    return f"{100 * chance_error(named):.1f} % by chance"


def _score(path: Path, gold: Sequence[dict[str, Any]], placed: Sequence[Sequence[Toponym]]) -> dict[str, Any]:
    lines = [
        json.dumps({"id": d["id"], "toponyms": [_wire(t) for t in toponyms]})
        for d, toponyms in zip(gold, placed, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        guess = Path(folder) / "predicted.jsonl"
        guess.write_text("\n".join(lines) + "\n", encoding="utf-8")
        result = timed((sys.executable, str(SCORER), str(path), str(guess), "--json"))
    score: dict[str, Any] = json.loads(result.out)
    return score


def _wire(toponym: Toponym) -> dict[str, Any]:
    place = toponym.place
    point = {"lat": place.lat, "lon": place.lon} if place else {"lat": None, "lon": None}
    return {"start": toponym.start, "end": toponym.end, **point}


def events(half: str) -> tuple[float, int]:
    """Share, in percent, of located events put within 10 km, and of how many: those whose town the gazetteer
    has within 10 km. `half` is "first", from which the weights were learned too, or "second".
    """
    from oskil.conflict import for_text
    from oskil.places import gazetteer
    from oskil.places.geoparse import find_toponyms
    from training.places_choosing import event_text
    from training.places_choosing import events as rows

    names = gazetteer.load()
    right = known = 0
    for row in rows(half):
        text, (gold,) = event_text(row)
        if not any(_near(p, gold, EVENT_KM) for p in names.search(row["town/city"])):
            continue
        known += 1
        spots = [
            t for t in find_toponyms(text, names, for_text(text)) if t.start == gold["start"] and t.place
        ]
        right += any(t.place is not None and _near(t.place, gold, EVENT_KM) for t in spots)
    return 100 * right / max(1, known), known


def scored() -> dict[str, float]:
    """Percentages for the floors, with the shipped weights."""
    out: dict[str, float] = {}
    for name, path in CORPORA.items():
        found = measure(path)
        out |= {f"{name}_find": found.find_f, f"{name}_of_placeable": round(found.of_placeable, 1)}
        out[f"{name}_ece_left"] = round(100 - found.ece, 1)
        out[f"{name}_at_home"] = round(found.at_home[1], 1)
        out[f"{name}_at_home_ece_left"] = round(100 - found.at_home[2], 1)
    out["events"] = round(events("second")[0], 1)
    return out


def figures() -> list[Figure]:
    """The table's rows: the shipped weights first, then with each corpus left out of what they learn from."""
    rows = [row for name, path in CORPORA.items() for row in rows_of(name, measure(path))]
    for half, note in (("first", "learned from"), ("second", "not learned from")):
        share, known = events(half)
        name = f"located events within 10 km, {half} half ({note})"
        rows.append(Figure(name, round(share, 1), f"% of {known}", "≥ 95 %"))
    return [*rows, *left_out()]


def rows_of(name: str, found: Measured) -> list[Figure]:
    """The rows of one corpus."""
    of = f"of {found.found} found with coordinates"
    texts, right, error = found.at_home
    first, again = found.by_chance
    known = f"home known of {texts} texts"
    populous = f"most populous: {100 * found.most_populous / max(1e-9, found.ceiling):.1f} %"
    return [
        Figure(f"{name}: finding, exact F", found.find_f, "%", FIND_GOALS.get(name, "")),
        Figure(f"{name}: placed within 161 km, embedded gazetteer", found.acc161, "%", "", of),
        Figure(f"{name}: ceiling of the embedded gazetteer", round(found.ceiling, 1), "%", "", of),
        Figure(f"{name}: most populous candidate", round(found.most_populous, 1), "%", "", of),
        Figure(f"{name}: right of those it can place", round(found.of_placeable, 1), "%", "≥ 90 %", populous),
        Figure(
            f"{name}: calibration error of the probability",
            round(found.ece, 1),
            "%",
            "≤ 2 %",
            first,
        ),
        Figure(f"{name}: right, with the outlet's other texts", round(right, 1), "%", "≥ 90 %", known),
        Figure(f"{name}: calibration error, with them", round(error, 1), "%", "≤ 2 %", again),
        Figure(f"{name}: a document of 500 words", round(found.ms, 1), "ms", "< 10 ms", "processor time"),
    ]


def left_out() -> list[Figure]:
    """Each corpus with finder and weights that learned from the others only."""
    from oskil.places import gazetteer
    from oskil.places.joined import AT_HOME, LEAST
    from training import places_choosing as choosing
    from training import places_finder as finder

    names = gazetteer.load()
    rows = []
    known = {c: list(choosing.texts(c, names)) for c in (*finder.CORPORA, choosing.EVENTS)}
    for corpus, f in finder.left_out(names, LEAST, AT_HOME).items():
        by = choosing.learned([text for other, texts in known.items() if other != corpus for text in texts])
        rows.append(Figure(f"{corpus} left out: finding, exact F", round(f, 1), "%"))
        for alone, how in ((True, ""), (False, ", with the outlet's other texts")):
            result = choosing.evaluate(known[corpus], by, alone=alone)
            right = round(float(100 * result["of_placeable"]), 1)
            rows.append(Figure(f"{corpus} left out: right{how}, by identity", right, "%", "≥ 90 %"))
            error = round(float(100 * result["ece"]), 1)
            rows.append(Figure(f"{corpus} left out: calibration error{how}", error, "%", "≤ 2 %"))
    return rows


def main() -> int:
    """Print the rows of the corpora given, or of those beside the checkout; or write the page's table."""
    paths = [Path(argument) for argument in sys.argv[1:] if argument != "--write"]
    if "--write" in sys.argv[1:]:
        report.write("places", report.figures(figures()))
        return 0
    given = {path.name.split(".")[0]: path for path in paths} or CORPORA
    try:
        for name, path in given.items():
            for row in rows_of(name, measure(path)):
                print(f"{row.name:60} {row.shown:12} {row.goal:8} {row.beside}")
    except BenchmarkError as error:
        print(f"places: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
