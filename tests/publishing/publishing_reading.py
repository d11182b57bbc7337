"""Reading a page's folder back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def record_of(folder: Path) -> dict[str, Any]:
    """The record that the page's scripts read."""
    text = (folder / "data" / "record.js").read_text("utf-8")
    found: dict[str, Any] = json.loads(text.split("=", 1)[1].strip().rstrip(";"))
    return found


def texts_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Each document's text by its short id."""
    found = {}
    for path in sorted((folder / "data").glob("document-*.js")):
        text = path.read_text("utf-8").split("(", 1)[1].strip().removesuffix(");")
        found[path.stem.removeprefix("document-")] = json.loads(text)
    return found


def words_of(text: dict[str, Any]) -> str:
    """The words of a document as the page shows them."""
    return "\n".join("".join(p[0] for p in b["pieces"]) for b in text["blocks"])


def everything(folder: Path) -> str:
    """All that the folder says, without the shipped library."""
    files = [p for p in folder.rglob("*") if p.is_file() and "vendor" not in p.parts]
    return "\n".join(p.name + "\n" + p.read_text("utf-8") for p in sorted(files))
