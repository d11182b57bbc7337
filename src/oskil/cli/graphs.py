"""Origin graphs in the languages of Graphviz and Mermaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oskil.cli.tables import safe
from oskil.cli.wording import outlet_of, short

if TYPE_CHECKING:
    from oskil.pipeline.witnesses import Witnesses
    from oskil.records import Proposition
    from oskil.weighing.origins.tree import Node


@dataclass(frozen=True, slots=True)
class _Box:
    """A node by its number, with its label; and the number of the one it came from, with the reason."""

    number: int
    label: str
    above: int | None
    reason: str
    origin: bool


def dot(found: Witnesses, shown: Iterable[Proposition]) -> str:
    """A directed graph for Graphviz: arrows run from an origin to those who passed it on."""
    lines = ["digraph origins {", "  rankdir=LR;", "  node [shape=box];"]
    for box in _boxes(found, shown):
        shape = ", shape=ellipse" if box.origin else ""
        lines.append(f'  n{box.number} [label="{_quoted(box.label)}"{shape}];')
        if box.above is not None:
            lines.append(f'  n{box.above} -> n{box.number} [label="{_quoted(box.reason)}"];')
    return "\n".join([*lines, "}"])


def mermaid(found: Witnesses, shown: Iterable[Proposition]) -> str:
    """A flowchart for Mermaid."""
    lines = ["flowchart LR"]
    for box in _boxes(found, shown):
        text = _entities(box.label)
        lines.append(f'  n{box.number}(["{text}"])' if box.origin else f'  n{box.number}["{text}"]')
        if box.above is not None:
            reason = f'|"{_entities(box.reason)}"|' if box.reason else ""
            lines.append(f"  n{box.above} -->{reason} n{box.number}")
    return "\n".join(lines)


def _boxes(found: Witnesses, shown: Iterable[Proposition]) -> Iterator[_Box]:
    from oskil.weighing.origins.tree import trees

    number = 0

    def below(node: Node, above: int | None) -> Iterator[_Box]:
        nonlocal number
        number += 1
        own = number
        yield _Box(own, _label(node, found), above, node.edge.reason if node.edge else "", above is None)
        for child in node.below:
            yield from below(child, own)

    for proposition in shown:
        for tree in trees(proposition):
            yield from below(tree, None)


def _label(node: Node, found: Witnesses) -> str:
    if not node.claim:
        return node.name
    one = found.told[node.claim]
    return f"{outlet_of(one.document)}, {(one.document.published or 'undated')[:10]}, {short(node.claim)}"


def _quoted(text: str) -> str:
    return " ".join(safe(text).split()).replace("\\", "\\\\").replace('"', '\\"')


def _entities(text: str) -> str:
    """Letters, digits and plain marks as they are, everything else as an entity that Mermaid shows."""
    flat = " ".join(safe(text).split())
    return "".join(c if c.isalnum() or c in " .,:;-()'/" else f"#{ord(c)};" for c in flat)
