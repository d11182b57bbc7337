"""The floors: quality may rise, and falls only on purpose."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.toml")


def floors(path: Path = FLOORS) -> dict[str, dict[str, Any]]:
    """The pinned figures by group, each group with the hash of its data."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def failures(pinned: Mapping[str, Any], found: Mapping[str, float], digest: str) -> Iterator[str]:
    """Every way in which a group of figures misses its floors, as one line each."""
    if pinned["sha256"] != digest:
        yield f"the data or the scorer are not those of the floors: {digest}, pinned {pinned['sha256']}"
        return
    for name, floor in pinned.items():
        if name == "sha256":
            continue
        if name not in found:
            yield f"{name} has a floor of {floor:g} and was not measured"
        elif found[name] < floor:
            yield f"{name} is {found[name]:g}, its floor {floor:g}"
