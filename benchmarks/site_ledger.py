"""A large ledger for the site: the simulated streams of control as daily posts of their sources.

Both windows of the stream, and where they are too few, posts that are made up over all settlements of the
state they start from, until there are as many claims as asked for. A source's reports of one day are one
post, a sentence each.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.figures import SHARED
from oskil.ledger.store import Ledger
from oskil.places.interface import Gazetteer
from oskil.records import Claim, Document, Period, Reading, Span

STREAMS = tuple(SHARED / "data" / "control" / f"stream-dev-{year}.jsonl.gz" for year in (2022, 2023))
STATE = SHARED / "data" / "control" / "settlement-status-dev.csv.gz"
KINDS = {
    "took": "control",
    "holds": "control",
    "left": "movement",
    "contested": "fighting",
    "strike": "strike",
}
WORDS = {
    "took": "{who} took {place} today.",
    "holds": "{place} is held by {who}.",
    "left": "{who} left {place}.",
    "contested": "Fighting goes on in {place}.",
    "strike": "{place} was shelled; {who} holds the town.",
}
DAYS = 500
KEEPERS = (("Chronicle", None, "media"), ("RU daily", "RU", "official"), ("UA daily", "UA", "official"))
Row = dict[str, Any]


def rows(count: int) -> list[Row]:
    """The reports in the order of time: those of the streams, and made-up ones up to the count."""
    found: list[Row] = []
    for path in STREAMS:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines]
    rng = random.Random(5)
    with gzip.open(STATE, "rt", encoding="utf-8") as lines:
        held = {int(r["geonameid"]): r["status"].upper() for r in csv.DictReader(lines)}
    places, first = sorted(held), dt.date(2022, 6, 1)
    while len(found) < count:
        place = places[len(found) % len(places)]
        day = first + dt.timedelta(days=rng.randrange(DAYS))
        source, side, role = rng.choice(KEEPERS)
        holder = held[place] if held[place] in ("UA", "RU") else "UA"
        told = {"source": source, "side": side, "role": role, "certainty": "asserted", "relay_of": None}
        found.append(told | {"time": f"{day}T12:00", "place": place, "kind": "holds", "holder": holder})
    return sorted(found, key=lambda row: str(row["time"]))[:count]


def read(reports: list[Row], gazetteer: Gazetteer) -> Iterator[tuple[Document, bytes, Reading]]:
    """The reports as posts: one for each source and day."""
    by_post: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in reports:
        by_post[row["time"][:10], row["source"]].append(row)
    for (day, source), some in sorted(by_post.items()):
        yield _post(day, source, some, gazetteer)


def _post(day: str, source: str, some: list[Row], gazetteer: Gazetteer) -> tuple[Document, bytes, Reading]:
    sentences = [_sentence(row, gazetteer) for row in some]
    starts = itertools.accumulate((len(s) + 1 for s in sentences), initial=0)
    text = " ".join(sentences)
    raw = text.encode()
    key = f"{source} {day}"
    id = hashlib.sha256(f"{key}\n{text}".encode()).hexdigest()
    document = Document(
        id=id,
        key=key,
        text=text,
        title=key,
        outlet=source,
        published=f"{some[-1]['time']}:00+00:00",
        language="en",
        medium="summary",
        raw_sha256=hashlib.sha256(raw).hexdigest(),
    )
    claims = tuple(
        _claim(id, row, sentence, start)
        for row, sentence, start in zip(some, sentences, starts, strict=False)
    )
    return document, raw, Reading(document=id, reader="simulated", claims=claims)


def _sentence(row: Row, gazetteer: Gazetteer) -> str:
    place = gazetteer.get(row["place"])
    words: Mapping[str, str] = {
        "who": str(row["holder"]),
        "place": place.name if place else str(row["place"]),
    }
    return WORDS[row["kind"]].format(**words)


def _claim(document: str, row: Row, sentence: str, start: int) -> Claim:
    span = Span(start, start + len(sentence))
    day = dt.date.fromisoformat(row["time"][:10])
    named = hashlib.sha256(f"{document} {start}".encode()).hexdigest()
    return Claim(
        id=named,
        document=document,
        quote=sentence,
        spans=(span,),
        kind=KINDS[row["kind"]],
        speaker=row["relay_of"] or row["source"],
        side=row["side"] if row["relay_of"] is None else None,
        certainty=row["certainty"],
        places=(row["place"],),
        holder=row["holder"],
        time=Period(day, day),
    )


def fill(ledger: Ledger, count: int, gazetteer: Gazetteer) -> int:
    """Record the posts; returns how many."""
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    return sum(1 for _ in ledger.add_many(read(rows(count), gazetteer), moment))
