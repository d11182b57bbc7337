"""The tables of docs/benchmarks.md, written between markers."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.claims import SLOTS
from benchmarks.figures import ROOT, BenchmarkError, Figure

PAGE = ROOT / "docs" / "benchmarks.md"


def write(name: str, table: str, page: Path = PAGE) -> None:
    """Put a table between its two markers. Raises BenchmarkError where the page lacks them."""
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if begin not in text or end not in text:
        raise BenchmarkError(f"{page}: the markers of “{name}” are missing")
    head, tail = text.split(begin)[0], text.split(end)[1]
    page.write_text(f"{head}{begin}\n{table}\n{end}{tail}", encoding="utf-8")


def machine() -> str:
    """The machine in general words."""
    return f"{os.cpu_count()} cores, {platform.machine()}, CPython {platform.python_version()}"


def scores(results: Mapping[str, Mapping[str, float]], hashes: Mapping[str, str]) -> str:
    """One column a group of documents, one row a figure of the scorer."""
    names = list(results)
    rows = [("claims in the gold", "gold"), ("claims found", "predicted"), ("matched", "matched")]
    rows += [("precision", "precision"), ("recall", "recall"), ("**F**", "f")]
    rows += [(f"{slot}, of the matched", slot) for slot in SLOTS]
    rows += [("whole claims, of the matched", "whole"), ("**whole claims, of the gold**", "whole_of_gold")]
    lines = _table(["", *names], [[label, *(f"{results[n][key]:g}" for n in names)] for label, key in rows])
    pinned = ", ".join(f"{name} `{hashes[name][:12]}`" for name in names)
    return f"{lines}\n\nData and scorer by hash: {pinned}."


def figures(rows: Sequence[Figure]) -> str:
    """One row a figure."""
    shown = [[row.name, row.shown, row.goal, row.beside] for row in rows]
    return _table(["figure", "value", "goal", "beside"], shown)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)
