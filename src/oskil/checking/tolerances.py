"""The numbers and words of `tolerances.yaml`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from oskil.errors import ProfileError

_FILE = "tolerances.yaml"


@dataclass(frozen=True, slots=True)
class Tolerances:
    """`numbers` by dotted name, with their `reasons`; `hedges` from word to kind; `words` by list name."""

    numbers: Mapping[str, float]
    reasons: Mapping[str, str]
    hedges: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    pint_units: Mapping[str, str]

    def __getitem__(self, name: str) -> float:
        """The number of this name."""
        return self.numbers[name]


@cache
def tolerances() -> Tolerances:
    """The shipped tolerances. Raises ProfileError where the file is wrong."""
    import yaml  # here, so that start-up does not pay for it

    data = yaml.safe_load(files("oskil.checking").joinpath(_FILE).read_text(encoding="utf-8"))
    return build(data)


def build(data: Mapping[str, Any]) -> Tolerances:
    """Tolerances from the parsed file.

    Raises ProfileError for a number without a reason or a word of two kinds.
    """
    numbers, reasons = {}, {}
    for name, entry in data["numbers"].items():
        if not str(entry.get("why") or "").strip():
            raise ProfileError(f"the number {name} gives no reason", _FILE)
        numbers[name], reasons[name] = float(entry["value"]), " ".join(str(entry["why"]).split())
    hedges: dict[str, str] = {}
    for kind, words in data["hedges"].items():
        for word in words:
            if word in hedges:
                raise ProfileError(f"“{word}” is given as {hedges[word]} and as {kind}", _FILE)
            hedges[word] = kind
    lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
    return Tolerances(numbers, reasons, hedges, lists, dict(data["pint_units"]))
