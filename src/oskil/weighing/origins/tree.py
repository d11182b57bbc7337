"""The origin graph of one proposition as trees: an origin, who passed it on, and the claims they made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from oskil.records import Origin, OriginEdge, Proposition


@dataclass(frozen=True, slots=True)
class Node:
    """An origin or one who passed it on (`name`), or a claim by its id; `edge` is how it came from above."""

    name: str = ""
    claim: str = ""
    edge: OriginEdge | None = None
    below: tuple[Node, ...] = ()


def trees(proposition: Proposition) -> tuple[Node, ...]:
    """One tree for each origin of a traced proposition, in their order; each claim stands in one tree, once.

    A claim hangs below the one that it was taken from, with those in between whose own text is not there;
    what came from no claim that is known hangs below its origin's name.
    """
    edges = {edge.claim: edge for edge in proposition.edges}
    return tuple(_tree(origin, edges) for origin in proposition.origins)


def _tree(origin: Origin, edges: dict[str, OriginEdge]) -> Node:
    inside = set(origin.claims)
    below: dict[str, list[str]] = defaultdict(list)
    for claim in origin.claims:
        edge = edges.get(claim)
        parent = edge.parent if edge and edge.parent in inside else ""
        below[parent or ""].append(claim)

    def hung(parent: str) -> Iterator[Node]:
        for claim in below[parent]:
            edge = edges.get(claim)
            node = Node(claim=claim, edge=edge, below=tuple(hung(claim)))
            for name in reversed(edge.through if edge else ()):
                node = Node(name=name, below=(node,))
            yield node

    return Node(name=origin.name, below=_joined(tuple(hung(""))))


def _joined(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Those passed on through one relay hang below it together."""
    together: dict[str, list[Node]] = defaultdict(list)
    for number, node in enumerate(nodes):
        together[node.name or f"\0{number}"].append(node)
    found = []
    for same in together.values():
        if same[0].claim:
            found += same
        else:
            below = tuple(child for node in same for child in node.below)
            found.append(Node(name=same[0].name, below=_joined(below)))
    return tuple(found)
