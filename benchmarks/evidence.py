"""How well short notes on who holds an area are read: the status that a map's editors gave, and the place.

A note is right where the settlement nearest to the editors' point, of those that the note's claims give a
standing to (`oskil.weighing.standing`), lies within 15 km of it and has the editors' status. The notes are
split by a hash into two halves; the rules were written with the notes of the first in view, and those of the
second unread, though some repeat the first almost word by word. A note is *tellable* where its text names, in
any case form, a settlement of the gazetteer within 15 km of the editors' point: no reader can do better
without another gazetteer. So the notes are read a second time, as by a user who added one: the towns of a
list of incidents, through `oskil gazetteer add` and into a folder that is thrown away. That list knows
nothing of the notes.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import OSKIL, SHARED, Figure, digest, timed

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer

NOTES = SHARED / "data" / "evidence" / "control-evidence-dev.jsonl.gz"
INCIDENTS = SHARED / "data" / "evidence" / "geolocated-events-dev.csv.gz"
COLUMNS = ("town/city", "lat", "lon")
TOGETHER_KM = 10.0  # positions of one name within this of their median are of one town
NEAR_KM = 15.0
STATUSES = {"UA": "liberated", "RU": "occupied", "contested": "contested"}
GOALS = {"uk": 70, "en": 75}
HALVES = ("first", "second")


def available() -> bool:
    """Whether the notes lie beside the checkout."""
    return NOTES.is_file() and INCIDENTS.is_file()


def data_hash() -> str:
    """The hash that the floors are pinned to."""
    return digest([NOTES, INCIDENTS])


def half(note: dict[str, Any]) -> str:
    """Which half a note is in, by a hash of its id."""
    return HALVES[int(hashlib.sha256(str(note["id"]).encode()).hexdigest(), 16) % 2]


Counts = dict[tuple[str, str], tuple[int, int, int]]


@cache
def counts(towns: bool = False) -> Counts:
    """By language and half: notes right, tellable, and with a text; `towns`: with those of the list."""
    from oskil.places import gazetteer

    if not towns:
        return _counted(gazetteer.load())
    with tempfile.TemporaryDirectory() as folder:
        _add_towns(Path(folder))
        return _counted(gazetteer.load(data=Path(folder)))


def _counted(names: Gazetteer) -> Counts:
    from oskil import conflict
    from oskil.reading import reader

    reads = reader(names, conflict.load("ukraine-2022"))
    out = {}
    for language in GOALS:
        for part in HALVES:
            mine = [n for n in notes() if half(n) == part and n[f"text_{language}"].strip()]
            right = sum(_right(n, n[f"text_{language}"], reads, names) for n in mine)
            tellable = sum(_tellable(n, n[f"text_{language}"], names) for n in mine)
            out[language, part] = (right, tellable, len(mine))
    return out


@cache
def notes() -> list[dict[str, Any]]:
    """The notes as they lie in the file."""
    with gzip.open(NOTES, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _add_towns(data: Path) -> None:
    """Add the towns of the list to the gazetteer of a data folder, as a user does it."""
    path = data / "towns.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(towns_of_incidents())
    roles = [
        word
        for role, column in zip(("name", "lat", "lon"), COLUMNS, strict=True)
        for word in ("--column", f"{role}={column}")
    ]
    timed([*OSKIL, "gazetteer", "add", str(path), "--kind", "settlement", *roles, "--data", str(data)])


def towns_of_incidents() -> Iterator[tuple[str, float, float]]:
    """Towns by name: the median of the incidents of one province, where most of them lie close to it."""
    from oskil.places.geometry import rough_km

    at = defaultdict(list)
    with gzip.open(INCIDENTS, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if (name := row["town/city"].strip()) and row["lat"] and row["lon"]:
                at[name, row["country"], row["province"]].append((float(row["lat"]), float(row["lon"])))
    for (name, _, _), points in sorted(at.items()):
        lat, lon = (statistics.median(one) for one in zip(*points, strict=True))
        near = sum(rough_km(lat, lon, *point) <= TOGETHER_KM for point in points)
        if 2 * near > len(points):
            yield name, round(lat, 5), round(lon, 5)


def _right(note: dict[str, Any], text: str, reads: Any, names: Gazetteer) -> bool:
    from oskil.places.geometry import rough_km
    from oskil.records import Document
    from oskil.weighing.standing import standings

    document = Document(id=note["id"], key=note["id"], text=text, published=note["first_seen"], medium="post")
    found = []
    for standing in standings(reads.read(document).claims):
        place = names.get(standing.place)
        if place:
            found.append((rough_km(place.lat, place.lon, note["lat"], note["lon"]), standing.status))
    km, status = min(found, default=(NEAR_KM + 1, ""))
    return km <= NEAR_KM and STATUSES.get(status) == note["status"]


def _tellable(note: dict[str, Any], text: str, names: Gazetteer) -> bool:
    from oskil.places.normalise import key

    said = set(_keys(text))
    near = (p for _, p in names.near(note["lat"], note["lon"], NEAR_KM) if p.kind == "settlement")
    return any(set(key(name).split()) <= said for p in near for name in names.names(p.id) if key(name))


def _keys(text: str) -> Iterator[str]:
    """The words of a text that have a capital, Cyrillic ones in every nominative that they may have."""
    from oskil.places.morphology import is_cyrillic, language_of, nominatives
    from oskil.places.normalise import key

    for word in re.findall(r"[^\W\d_]+(?:['’ʼ‘`-][^\W\d_]+)*", text):
        if word[0].isupper():
            all_forms = nominatives(word, language_of(text))[-1] if is_cyrillic(word) else (word,)
            yield from (part for form in all_forms for part in key(form).split())


def scored() -> dict[str, float]:
    """Percentages for the floors: of all notes of both halves, by language, and of the second half alone;
    also with the towns of the list.
    """
    out = {}
    for name, found in (("", counts()), ("_towns", counts(True))):
        for language in GOALS:
            right, _, asked = (sum(found[language, part][k] for part in HALVES) for k in range(3))
            out[f"{language}{name}"] = round(100 * right / max(1, asked), 1)
            right, _, asked = found[language, "second"]
            out[f"{language}{name}_unseen"] = round(100 * right / max(1, asked), 1)
    return out


def figures() -> list[Figure]:
    """One row a language and half, with the embedded gazetteer and with the towns of the list besides."""
    return [
        Figure(
            f"notes in text_{language}, {part} half: status and place right{beside}",
            round(100 * right / max(1, notes), 1),
            f"% of {notes}",
            f"{GOALS[language]} %",
            f"{right} right of {tellable} that name a known settlement within {NEAR_KM:g} km",
        )
        for towns, beside in (
            (False, ""),
            (True, ", with the towns of a list of incidents added to the gazetteer"),
        )
        for (language, part), (right, tellable, notes) in counts(towns).items()
    ]
