"""Reading a page's folder back: the record put together from its pieces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def piece_of(path: Path) -> Any:
    """What the script of one piece hands to the page."""
    text = path.read_text("utf-8").removeprefix("OSKIL_PIECE(").strip().removesuffix(");")
    name, value = json.loads(f"[{text}]")
    assert name == path.stem
    return value


def pieces_of(folder: Path, name: str) -> list[Any]:
    """A list that was cut, whole."""
    paths = (folder / "data").glob(f"{name}-*.js")
    found = sorted(paths, key=lambda path: int(path.stem.rsplit("-", 1)[1]))
    return [entry for path in found for entry in piece_of(path)]


def core_of(folder: Path) -> dict[str, Any]:
    """What is loaded with the page."""
    found: dict[str, Any] = piece_of(folder / "data" / "core.js")
    return found


def place_of(folder: Path, place: int) -> dict[str, Any]:
    """What is said of one place."""
    path = folder / "data" / f"place-{place % core_of(folder)['pieces']['places']}.js"
    found: dict[str, Any] = piece_of(path)[str(place)]
    return found


def record_of(folder: Path) -> dict[str, Any]:
    """The record that the page's scripts read, with places as they stand in its lists."""
    core, notes = core_of(folder), piece_of(folder / "data" / "notes.js")
    columns = core["places"]
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return {
        **core,
        **notes,
        "claims": pieces_of(folder, "claims"),
        "documents": pieces_of(folder, "documents"),
        "contradictions": pieces_of(folder, "contradictions"),
        "verdicts": pieces_of(folder, "verdicts"),
        "places": [_place(folder, row) for row in rows],
    }


def _place(folder: Path, row: dict[str, Any]) -> dict[str, Any]:
    point = None if row["lon"] is None else [row["lon"], row["lat"]]
    details = place_of(folder, row["id"])
    kind = ("settlement", "region", "country", "other")[row["kind"]]
    told = {"kind": kind, "coarse": row["coarse"] == 1, "point": point, "claims": details["claims"]["number"]}
    return {**row, **details, **told}


def texts_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Each document's text by its short id."""
    documents = pieces_of(folder, "documents")
    return {d["id"]: piece_of(folder / "data" / f"texts-{d['text']}.js")[str(d["number"])] for d in documents}


def words_of(text: dict[str, Any]) -> str:
    """The words of a document as the page shows them."""
    return "\n".join("".join(p[0] for p in b["pieces"]) for b in text["blocks"])


def everything(folder: Path) -> str:
    """All that the folder says."""
    files = [p for p in folder.rglob("*") if p.is_file()]
    return "\n".join(p.name + "\n" + p.read_text("utf-8") for p in sorted(files))
