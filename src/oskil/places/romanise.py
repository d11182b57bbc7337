"""Cyrillic names in Latin letters, by the systems in use; other letters stay as they are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "romanise.yaml"
_WORD = re.compile(r"\w+")


@cache
def _tables() -> dict[str, tuple[dict[int, str], dict[str, str]]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    pairs = {
        name: _pairs(text) for name, text in yaml.load(FILE.read_text(encoding="utf8"), Loader=loader).items()
    }
    return {
        name: ({ord(letter): latin for letter, latin in table.items()}, pairs[f"{name}_initial"])
        for name, table in pairs.items()
        if not name.endswith("_initial")
    }


def _pairs(text: str) -> dict[str, str]:
    parts = text.split()
    return {letter: latin.replace("-", "") for letter, latin in zip(parts[::2], parts[1::2], strict=True)}


def romanised(name: str) -> tuple[str, ...]:
    """A name in small Latin letters, by each system once; empty where it has no Cyrillic."""
    low = name.lower().replace("'", "").replace("\u2019", "").replace("\u02bc", "")
    forms = []
    for letters, initials in _tables().values():
        forms.append(_WORD.sub(lambda w: _word(w[0], letters, initials), low))  # noqa: B023 - used at once
    return tuple(form for form in dict.fromkeys(forms) if form != low)


def _word(word: str, letters: dict[int, str], initials: dict[str, str]) -> str:
    head = initials.get(word[0])
    return (head + word[1:].translate(letters)) if head is not None else word.translate(letters)
