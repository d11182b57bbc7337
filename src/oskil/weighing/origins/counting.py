"""How many outlets published a proposition, how many witnesses stand behind it, and who they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from oskil.records import Claim, Document, Origin, Proposition
from oskil.weighing.origins.graph import Entry, Graph, Led
from oskil.weighing.origins.habits import Habits, learn
from oskil.weighing.origins.names import Names, Voice, merged

MOST_NAMED = 3


def traced(
    propositions: Iterable[Proposition],
    claims: Iterable[Claim],
    documents: Iterable[Document],
    names: Names | None = None,
    *,
    habits: Habits | bool = False,
    standing: Container[str] | None = None,
) -> tuple[Proposition, ...]:
    """The propositions with their outlets, their origins and every step between, in the order given.

    `claims` are all that stand in `documents`, also those of other propositions: a claim may have been taken
    from any of them. `habits` add steps that are only likely, and say so; True learns them from these same
    claims. `standing` holds the ids of the claims that count: one of an older revision, or one withdrawn, is
    traced, but nobody says it any longer.
    """
    wanted = tuple(propositions)
    graph = Graph(wanted, claims, documents, names or Names())
    led = graph.led()
    if habits:
        graph.by_habit(led, learn(graph.heard(led)) if habits is True else habits)
    return counted(wanted, graph, led, standing)


def counted(
    propositions: Iterable[Proposition],
    graph: Graph,
    led: Mapping[tuple[str, str], Led],
    standing: Container[str] | None = None,
) -> tuple[Proposition, ...]:
    """The propositions with what a graph's leads amount to."""
    within: dict[str, list[Entry]] = defaultdict(list)
    for entry in graph.entries:
        within[entry.proposition.id].append(entry)
    return tuple(_counted(p, within[p.id], led, standing) for p in propositions)


def _counted(
    proposition: Proposition,
    entries: Sequence[Entry],
    led: Mapping[tuple[str, str], Led],
    standing: Container[str] | None,
) -> Proposition:
    counting = [e for e in entries if standing is None or e.claim.id in standing]
    edges = tuple(edge for entry in entries if (edge := led[entry.key].edge) is not None)
    outlets = tuple(dict.fromkeys(entry.outlet.name for entry in counting))
    return replace(proposition, outlets=outlets, edges=edges, origins=_origins(counting, led))


def _origins(entries: Sequence[Entry], led: Mapping[tuple[str, str], Led]) -> tuple[Origin, ...]:
    shown = merged(led[entry.key].voice for entry in entries)
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    voices: dict[tuple[str, str], Voice] = {}
    for entry in entries:
        way = led[entry.key]
        voice = shown[way.voice.key]
        key = voice.key, "" if voice.named else way.root
        voices[key] = voice
        groups[key].append(entry)
    return tuple(
        Origin(
            name=voices[key].name,
            side=voices[key].side or next((e.claim.side for e in group if e.claim.side), None),
            claims=tuple(entry.claim.id for entry in group),
            outlets=tuple(dict.fromkeys(entry.outlet.name for entry in group)),
            named=voices[key].named,
        )
        for key, group in groups.items()
    )


def summary(proposition: Proposition) -> str:
    """How many outlets and origins a traced proposition has, and who they are, in one line.

    "10 outlets, 1 origin: Ukraine's General Staff". At most three are named.
    """
    outlets, origins = len(proposition.outlets), len(proposition.origins)
    line = f"{_many(outlets, 'outlet')}, {_many(origins, 'origin')}"
    if not origins:
        return line
    shown = [_shown(origin) for origin in proposition.origins[:MOST_NAMED]]
    more = origins - len(shown)
    return f"{line}: {', '.join(shown)}" + (f" and {more} more" if more else "")


def _shown(origin: Origin) -> str:
    return origin.name if origin.named else f"{origin.name}, unnamed (in {origin.outlets[0]})"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
