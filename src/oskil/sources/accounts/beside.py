"""The files that an export has beside the one that was named: who the account is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from oskil.sources.given import Given

_LARGEST = 1 << 20  # bytes


def beside(given: Given, name: str, *, skip_to: str = "") -> Any:
    """The JSON in a file of the same folder, from the first `skip_to` on; None where there is none."""
    if given.where == "-" or "://" in given.where:
        return None
    path = Path(given.where).with_name(name)
    try:
        if path.stat().st_size > _LARGEST:
            return None
        text = path.read_text(encoding="utf8")
        return json.loads(text[text.index(skip_to) :])
    except (OSError, ValueError):
        return None
