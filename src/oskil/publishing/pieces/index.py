"""What finds a claim: the table of all in columns, ids, words, and the names of places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from oskil.publishing import folding
from oskil.publishing.pieces.layout import CERTAINTIES, OUTCOMES, TABLE, Json, Layout


def pieces(layout: Layout) -> Iterator[tuple[str, Any]]:
    """The pieces of all indexes."""
    for number, start in enumerate(range(0, len(layout.claims), TABLE)):
        yield f"table-{number}", _table(layout, layout.claims[start : start + TABLE])
    yield from _ids(layout)
    yield from _words(layout)
    yield "names", {"places": _names(layout)}


def _table(layout: Layout, claims: list[Json]) -> dict[str, list[Any]]:
    rows = [_row(layout, claim) for claim in claims]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _row(layout: Layout, claim: Json) -> Json:
    first, last = layout.span_of(claim)
    document = layout.documents[claim["document"]]
    places = [layout.rows[i] for i in (*claim["places"], *claim["areas"]) if i in layout.rows]
    return {
        "kind": layout.kinds.index(claim["kind"]),
        "side": layout.side.get(claim["side"], -1),
        "certainty": CERTAINTIES.index(claim["certainty"]),
        "denied": int(claim["polarity"] == "denied"),
        "day": first,
        "last": last,
        "known": layout.known_day(claim),
        "speaker": layout.speaker.get(claim["speaker"], -1),
        "outlet": layout.outlet.get(document["outlet"], -1),
        "place": places[0] if places else -1,
        "places": places if len(places) > 1 else None,
        "current": int(layout.is_current(claim)),
        "verdict": _outcome(layout, claim),
        "against": int(claim["number"] in layout.against),
        "document": claim["document"],
    }


def _outcome(layout: Layout, claim: Json) -> int:
    """The outcome that a reader should see first: what does not hold before what does."""
    found = {OUTCOMES.index(layout.record["verdicts"][i]["outcome"]) + 1 for i in claim["verdicts"]}
    return next((outcome for outcome in (3, 2, 1, 4) if outcome in found), 0)


def _ids(layout: Layout) -> Iterator[tuple[str, Any]]:
    found: defaultdict[str, Json] = defaultdict(lambda: {"claims": {}, "documents": {}, "verdicts": {}})
    for claim in layout.claims:
        found[claim["id"][:2]]["claims"][claim["id"]] = claim["number"]
        for at, number in enumerate(claim["verdicts"]):
            name = layout.record["verdicts"][number]["id"]
            found[name[:2]]["verdicts"][name] = [claim["number"], at]
    for document in layout.documents:
        found[document["id"][:2]]["documents"][document["id"]] = document["number"]
    for start in sorted(found):
        yield f"ids-{start}", found[start]


def _words(layout: Layout) -> Iterator[tuple[str, Any]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for claim in layout.claims:
        told = f"{claim['quote']} {claim['speaker'] or ''} {' '.join(claim['relays'])}"
        for word in set(folding.words(told)):
            found[word].append(claim["number"])
    shards: list[dict[str, list[int]]] = [{} for _ in range(layout.shards)]
    for word in sorted(found):
        numbers = found[word]
        steps = [after - before for before, after in pairwise(numbers)]
        shards[folding.shard(word, layout.shards)][word] = [numbers[0], *steps]
    # One without a word is there too: a browser complains of a file that is not.
    for number, shard in enumerate(shards):
        yield f"search-{number}", shard


def _names(layout: Layout) -> list[list[Any]]:
    return [[layout.rows[i], names] for i, names in layout.record["names"].items() if names]
