"""Whose word claims are in the end: a stream of claims of which half of the copies hide where they are from.

The stream is imported as claims and documents, as if it had been read: who published, when, on which place,
whose word it says it is, and a body whose words are equal where the stream's wording is. From half of the
media's claims, drawn by a seed, the relayed name is taken away and the body is put into words of its own.
What the whole stream shows about them is the answer that the tracing is held against.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import duplicates
from benchmarks.figures import SHARED, Figure, digest
from oskil.records import Claim, Document, Proposition, Span
from oskil.weighing import origins, propositions
from oskil.weighing.origins import Heard

STREAM = SHARED / "data" / "control" / "stream-dev-2022.jsonl.gz"
# The kinds of the stream by those of claims; the word that the text has for it keeps them apart.
KINDS = {
    "took": "control",
    "holds": "control",
    "left": "movement",
    "contested": "fighting",
    "strike": "strike",
}
SEED = 1
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """By number of the row: the origin that the whole stream shows, of the media's claims that have one."""

    origin: Mapping[int, str]
    hidden: frozenset[int]


@dataclass(frozen=True, slots=True)
class Measured:
    """What tracing the imported claims gave, in percent and counts, with its cost in seconds of one core."""

    quality: Mapping[str, float]
    seconds: float
    claims: int


def available() -> bool:
    """Whether the stream lies beside the checkout."""
    return STREAM.is_file()


def data_hash() -> str:
    """The hash that the floors are pinned to."""
    return digest([STREAM])


def rows() -> list[Row]:
    """The stream, one claim a row, in the order of time."""
    with gzip.open(STREAM, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def answers(stream: Sequence[Row], seed: int = SEED) -> Answers:
    """What is known of the media's copies, and which of them hide it."""
    media = [n for n, row in enumerate(stream) if row["role"] == "media"]
    sources = {row["source"] for row in stream if row["role"] != "media"}
    traced = origins.trace([heard(n, row) for n, row in enumerate(stream)])
    known = {n: traced[n].origin for n in media if traced[n].origin in sources}
    rng = random.Random(seed)
    return Answers(known, frozenset(n for n in media if rng.random() < 0.5))


def heard(number: int, row: Row, *, hidden: bool = False) -> Heard:
    """A row as a light record; a hidden one shows neither relay nor wording."""
    return Heard(
        number,
        dt.datetime.fromisoformat(row["time"]).replace(tzinfo=dt.UTC),
        row["source"],
        row["place"],
        row["kind"],
        row["holder"],
        None if hidden else row["relay_of"],
        None if hidden else row["wording"],
    )


def imported(stream: Sequence[Row], hidden: Iterable[int]) -> tuple[list[Claim], list[Document]]:
    """The rows as claims, each in a document of its own; the hidden ones without relay and in other words."""
    concealed = set(hidden)
    pairs = [_told(n, row, n in concealed) for n, row in enumerate(stream)]
    return [claim for claim, _ in pairs], [document for _, document in pairs]


def _told(number: int, row: Row, hidden: bool) -> tuple[Claim, Document]:
    named = f"{number:08x}"
    words = _body(f"hidden {number}" if hidden else f"{row['wording']} {row['place']} {row['kind']}", row)
    text = " ".join(words)
    document = Document(
        id=named, key=named, text=text, outlet=row["source"], published=f"{row['time']}:00+00:00"
    )
    claim = Claim(
        id=named,
        document=named,
        quote=text,
        spans=(Span(0, len(text)),),
        kind=KINDS[row["kind"]],
        speaker=None if hidden else row["relay_of"],
        places=(row["place"],),
        holder=row["holder"],
        certainty=row["certainty"],
    )
    return claim, document


def _body(seed: str, row: Row) -> list[str]:
    rng = random.Random(seed)
    return [f"{row['kind']}", *(f"w{rng.randrange(30000)}" for _ in range(24))]


def scored() -> dict[str, float]:
    """In percent: media copies traced right, propositions with the right number of origins, copied texts."""
    return {**measured().quality, **duplicates.scored()}


def measured(seed: int = SEED) -> Measured:
    """Import, group, trace, and compare with what the whole stream shows."""
    stream = rows()
    known = answers(stream, seed)
    claims, documents = imported(stream, known.hidden)
    began = time.process_time()
    met = origins.traced(propositions.group(claims, documents), claims, documents, habits=True)
    took = time.process_time() - began
    found = {claim: origin.name for p in met for origin in p.origins for claim in origin.claims}
    traced = {int(claim, 16): name for claim, name in found.items()}
    quality = {**_traced_right(traced, stream, known), **_counted_right(met, stream, known)}
    return Measured(quality, took, len(claims))


def figures() -> list[Figure]:
    """The table's rows."""
    found = measured()
    q = found.quality
    latest = _latest(rows())
    pace = 100_000 * found.seconds / found.claims
    return [
        Figure("media copies traced to the right origin", q["all_recall"], "%", "", "counting outlets: 0 %"),
        Figure("of the origins called, right", q["all_precision"], "%"),
        Figure(
            "copies that hide it, traced to the right origin",
            q["hidden_recall"],
            "%",
            "",
            f"the latest earlier claim of the same: {latest} %",
        ),
        Figure("of the origins called for these, right", q["hidden_precision"], "%"),
        Figure(
            "propositions of two outlets or more with the right number of origins",
            q["counted"],
            "%",
            "",
            f"counting outlets: {q['counted_outlets']} %",
        ),
        Figure("mean error of that number", q["error"], "", "", f"counting outlets: {q['error_outlets']}"),
        *duplicates.figures(),
        Figure("100,000 claims grouped and traced, one core", pace, "s", "< 60 s"),
    ]


def _latest(stream: Sequence[Row]) -> float:
    """In percent: hidden copies whose origin is that of the latest earlier claim on the same, as it shows."""
    known = answers(stream)
    items = [heard(n, row, hidden=n in known.hidden) for n, row in enumerate(stream)]
    shown, before, right = origins.trace(items), {}, 0
    for n, item in enumerate(items):
        if n in known.hidden and n in known.origin:
            right += before.get(item.matter) == known.origin[n]
        before[item.matter] = shown[n].origin
    return _percent(right, len(known.hidden & set(known.origin)))


def _traced_right(traced: Mapping[int, str], stream: Sequence[Row], known: Answers) -> dict[str, float]:
    result = {}
    for name, wanted in (("all", set(known.origin)), ("hidden", set(known.origin) & known.hidden)):
        called = {n for n in wanted if traced[n] != stream[n]["source"]}
        right = {n for n in called if traced[n] == known.origin[n]}
        result[f"{name}_recall"] = _percent(len(right), len(wanted))
        result[f"{name}_precision"] = _percent(len(right), len(called))
    return result


def _counted_right(met: Iterable[Proposition], stream: Sequence[Row], known: Answers) -> dict[str, float]:
    """Of the propositions by two outlets or more: those with the true number of origins; the mean error."""
    exact, outlets, off, outlets_off, many = 0, 0, 0, 0, 0
    for proposition in met:
        rows_of = [int(claim, 16) for claim in proposition.claims]
        if len(proposition.outlets) < 2:
            continue
        true = len({known.origin.get(n, stream[n]["source"]) for n in rows_of})
        many += 1
        exact += len(proposition.origins) == true
        outlets += len(proposition.outlets) == true
        off += abs(len(proposition.origins) - true)
        outlets_off += abs(len(proposition.outlets) - true)
    return {
        "counted": _percent(exact, many),
        "counted_outlets": _percent(outlets, many),
        "error": round(off / max(1, many), 3),
        "error_outlets": round(outlets_off / max(1, many), 3),
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 2)
