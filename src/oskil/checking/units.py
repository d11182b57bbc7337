"""Units for reading: "square miles" and not "mile**2"."""

from __future__ import annotations

import re

_POWERS = {"2": "square", "3": "cubic"}
_POWER = re.compile(r"(\w+?) ?\*\* ?([23])\Z")
_IRREGULAR = {"foot": "feet", "inch": "inches", "century": "centuries"}
# The claims' own short names; anything else is a name of pint's.
_SHORT = {"km2": "km²", "item": "items", "degree": "degrees"}
_UNCOUNTED = {"km", "m", "kg", "ha", "people", "percent", "rank", "degrees", "hertz"}


def named(unit: str, value: float = 2.0) -> str:
    """The unit in words as one writes it after `value`: "mile**2" is "square miles", of one "square mile".

    Names that are no words of English (codes of currencies, symbols) stay as they are.
    """
    if unit in _SHORT:
        return _SHORT[unit]
    if unit in _UNCOUNTED or not unit or unit.isupper():
        return unit
    if power := _POWER.match(unit):
        return f"{_POWERS[power.group(2)]} {named(power.group(1), value)}"
    per, slash, time = unit.partition("/")
    words = per.strip().replace("_", " ")
    if value != 1.0:
        words = _IRREGULAR.get(words) or (words if words.endswith("s") else f"{words}s")
    return f"{words} per {time.strip()}" if slash else words
