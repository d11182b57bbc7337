"""Who holds what by real texts: a map's editors' notes, read, weighed and compared with the editors' status.

The notes are read in each language by itself. Their reports make one stream, without a start state. A note
counts where it gives a report of a settlement within 15 km of the editors' point; then the belief of the
nearest such settlement, on the day that the note speaks of, is compared.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import TYPE_CHECKING, Any

from benchmarks.evidence import GOALS, NEAR_KM, NOTES, STATUSES
from benchmarks.figures import Figure

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer
    from oskil.weighing.control.rows import Report

PARTIES = ("RU", "UA")


def figures() -> list[Figure]:
    """Two rows a language: how many notes report on their settlement, and of how many the belief agrees."""
    from oskil.places import gazetteer

    names = gazetteer.load()
    with gzip.open(NOTES, "rt", encoding="utf-8") as lines:
        notes = [json.loads(line) for line in lines]
    return [row for language in GOALS for row in _rows(language, notes, names)]


def _rows(language: str, notes: list[dict[str, Any]], names: Gazetteer) -> list[Figure]:
    from oskil.pipeline.control import Span, inferred_from

    mine = [note for note in notes if note[f"text_{language}"].strip()]
    told = {note["id"]: reports for note, reports in zip(mine, _read(mine, language, names), strict=True)}
    everything = [report for reports in told.values() for report in reports]
    beliefs = inferred_from(everything, names, Span()).beliefs
    placed = right = 0
    for note in mine:
        report = _nearest(note, told[note["id"]], names)
        if report is not None:
            chances = beliefs.on(_day(report), hindsight=True)[beliefs.places == report.place][0]
            placed += 1
            right += STATUSES[beliefs.statuses[int(chances.argmax())]] == note["status"]
    some = sum(bool(reports) for reports in told.values())
    return [
        Figure(
            f"notes in text_{language} that report on their settlement and a day",
            placed,
            f"of {len(mine)}",
            beside=f"{some} report on any settlement",
        ),
        Figure(f"of these, believed likeliest what the editors say, text_{language}", right, f"of {placed}"),
    ]


def _read(notes: list[dict[str, Any]], language: str, names: Gazetteer) -> list[list[Report]]:
    from oskil import conflict
    from oskil.reading import reader
    from oskil.records import Document
    from oskil.weighing.control.setting import setting
    from oskil.weighing.control.told import reports_of

    reads = reader(names, conflict.load("ukraine-2022"))
    found = []
    for note in notes:
        key, text = note["id"], note[f"text_{language}"]
        document = Document(id=key, key=key, text=text, published=note["first_seen"], medium="post")
        pairs = ((claim, document) for claim in reads.read(document).claims)
        found.append(list(reports_of(pairs, PARTIES, setting())))
    return found


def _nearest(note: dict[str, Any], reports: list[Report], names: Gazetteer) -> Report | None:
    from oskil.places.geometry import rough_km

    near = []
    for report in reports:
        place = names.get(report.place)
        if place:
            near.append((rough_km(place.lat, place.lon, note["lat"], note["lon"]), report.time, report))
    close = [one for one in near if one[0] <= NEAR_KM]
    return min(close, key=lambda one: (one[0], -int(one[1][:10].replace("-", ""))))[2] if close else None


def _day(report: Report) -> dt.date:
    return dt.date.fromisoformat(report.time[:10])


def main() -> None:
    """Print the rows."""
    for row in figures():
        print(row)


if __name__ == "__main__":
    main()
