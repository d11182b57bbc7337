"""`oskil origins`: whose word a claim is, and how it came from there, as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oskil.cli.options import AsKnownOption, KindOption, LedgerOption, LimitOption, ProfileOption
from oskil.cli.propositions import HabitsOption, about
from oskil.cli.tables import safe, write_json, write_line, write_rendered
from oskil.cli.wording import Names, quoted, short, when

if TYPE_CHECKING:
    from oskil.ledger.store import Ledger
    from oskil.pipeline.witnesses import Witnesses
    from oskil.places.interface import Gazetteer
    from oskil.records import Claim, OriginEdge, Proposition
    from oskil.weighing.origins.timeline import Event
    from oskil.weighing.origins.tree import Node

CLAIM_ID = re.compile(r"[0-9a-f]{4,64}")
PASSAGE = 160


class Drawing(StrEnum):
    """How the graph is written."""

    tree = "tree"
    json = "json"
    jsonl = "jsonl"
    dot = "dot"
    mermaid = "mermaid"


def origins(
    of: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM|PLACE",
            help="A claim by the beginning of its id; or a place, in any spelling or by its GeoNames id.",
        ),
    ],
    kind: KindOption = None,
    as_known_on: AsKnownOption = None,
    habits: HabitsOption = False,
    limit: LimitOption = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: Annotated[
        Drawing,
        typer.Option(
            "--format", "-f", metavar="tree|json|jsonl|dot|mermaid", help="How to draw or write the graph."
        ),
    ] = Drawing.tree,
) -> None:
    """Draw where a claim came from: its outlets, those who passed it on, and whose word it is.

    Of a place, what two outlets or more have published, the most outlets first. Each step says what
    shows it. Below stands the line of time: first publication, repeats, edits.
    """
    from oskil.cli import rooms
    from oskil.pipeline.witnesses import events

    with rooms.open_to_look(ledger) as store:
        places = rooms.gazetteer()
        wish = rooms.Wish(kind=kind, as_known_on=as_known_on)
        found = _found(of, wish, store, places, profile, habits)
        shown = found.propositions[:limit]
        view = store.as_known_on(as_known_on)
        lines = {p.id: events(view, found, p) for p in shown} if form in WITH_TIME else {}
    names = rooms.names_of(places)
    if form is Drawing.tree:
        write_rendered(*_page(found, shown, lines, names))
    elif form is Drawing.json:
        write_json([_record(found, p, lines[p.id], names) for p in shown])
    elif form is Drawing.jsonl:
        for proposition in shown:
            write_line(_record(found, proposition, lines[proposition.id], names))
    else:
        from oskil.cli.graphs import dot, mermaid

        print((dot if form is Drawing.dot else mermaid)(found, shown))


WITH_TIME = frozenset((Drawing.tree, Drawing.json, Drawing.jsonl))


def _found(
    of: str, wish: Any, store: Ledger, places: Gazetteer, profile: str | None, habits: bool
) -> Witnesses:
    from dataclasses import replace

    from oskil.cli import rooms
    from oskil.pipeline.witnesses import repeated_at, witnesses_of

    known = rooms.profile_of(profile)
    claim = None if of.isdigit() and places.get(int(of)) else _claim(of, store)
    if claim is not None:
        wanted = rooms.wanted(wish, store, places, profile)
        return witnesses_of(store, claim, known, wanted, habits=habits)
    wanted = rooms.wanted(replace(wish, place=of), store, places, profile)
    return repeated_at(store, wanted, known, habits=habits)


def _claim(of: str, store: Ledger) -> Claim | None:
    """The claim of that id; None where no id begins so, and it must be a place."""
    from oskil.errors import LedgerError

    if not CLAIM_ID.fullmatch(of):
        return None
    try:
        return store.claim(of).claim
    except LedgerError as error:
        if "more than one" in error.message:
            raise
        return None


def _page(
    found: Witnesses, shown: tuple[Proposition, ...], lines: dict[str, tuple[Event, ...]], names: Names
) -> Iterator[Any]:
    from rich.text import Text
    from rich.tree import Tree

    from oskil.weighing.origins import summary
    from oskil.weighing.origins.tree import trees

    if not shown:
        yield Text("The ledger has nothing of it that two outlets have published.")
    for proposition in shown:
        words = "; ".join(
            part for part in (proposition.kind, about(proposition, names), _days(proposition)) if part
        )
        yield Text(safe(words), style="bold")
        yield Text(safe("\n".join((summary(proposition), *_against(proposition, found)))) + "\n")
        for node in trees(proposition):
            tree = Tree(Text(safe(node.name), style="bold"), guide_style="dim")
            _grow(tree, node, found)
            yield tree
        yield Text("\n" + "\n".join(safe(_happened(event)) for event in lines[proposition.id]) + "\n")


def _against(proposition: Proposition, found: Witnesses) -> Iterator[str]:
    """What cannot be true together with it, by the words and the id of the first claim that says so."""
    for pair in found.against(proposition):
        first = found.first_of(pair.second)
        words = quoted(first.claim) if first else "another proposition"
        named = f" ({short(first.claim.id)})" if first else ""
        yield f"Cannot both be true with {words}{named}: {pair.reason}"


def _days(proposition: Proposition) -> str:
    return "" if proposition.period is None else "".join(when(proposition.period).split())


def _grow(tree: Any, node: Node, found: Witnesses) -> None:
    from rich.text import Text

    for below in node.below:
        label = _told(below, found) if below.claim else f"{below.name} (own text not in the ledger)"
        _grow(tree.add(Text(safe(label))), below, found)


def _told(node: Node, found: Witnesses) -> str:
    from oskil.cli.wording import outlet_of

    one = found.told[node.claim]
    lines = [f"{outlet_of(one.document)}, {_moment(one.document.published)}  {short(node.claim)}"]
    lines.append(quoted(one.claim))
    if node.edge is not None:
        lines.append(f"  {_shown(node.edge, one.document.text)}")
    return "\n".join(lines)


def _shown(edge: OriginEdge, text: str) -> str:
    words = " ... ".join(" ".join(text[span.start : span.end].split()) for span in edge.evidence)
    cut = f"{words[:PASSAGE]} ..." if len(words) > PASSAGE else words
    likely = f", likely ({edge.probability:.2f})" if edge.reason == "habit" else ""
    return f"{edge.reason}{likely}: {edge.note}" + (f": {cut!r}" if cut and edge.reason != "link" else "")


def _moment(published: str | None) -> str:
    return (published or "undated")[:16].replace("T", " ")


def _happened(event: Event) -> str:
    seen = " (seen then)" if event.seen else ""
    note = f": {event.note}" if event.note else ""
    return f"{_moment(event.at)}  {event.what}{seen}: {event.outlet}  {short(event.claim)}{note}"


def _record(
    found: Witnesses, proposition: Proposition, line: tuple[Event, ...], names: Names
) -> dict[str, Any]:
    from oskil.publishing.origin_records import edge_record, event_record, proposition_record

    quotes = {key: one.claim.quote for key, one in found.told.items()}
    documents = {key: one.document.id for key, one in found.told.items()}
    texts = {one.document.id: one.document.text for one in found.told.values()}
    return {
        **proposition_record(proposition, names, quotes, found.against(proposition)),
        "edges": [edge_record(edge, texts, documents) for edge in proposition.edges],
        "timeline": [event_record(event) for event in line],
    }
