"""What a stated figure stands for: its rounding, its hedge, and the range that counts as agreement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from oskil.checking.tolerances import tolerances


@dataclass(frozen=True, slots=True)
class Range:
    """A closed range; `high` None is open upwards."""

    low: float
    high: float | None

    def __contains__(self, value: float) -> bool:
        return self.low <= value and (self.high is None or value <= self.high)


def rounding(value: float, cap: float) -> float:
    """Half of the unit of the last non-zero digit (0.5 for 76, 500 for 27,000), at most `cap` of it."""
    if not value:
        return 0.0
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # a finite number has one
    return min(0.5 * 10.0**exponent, cap * abs(value))


def rounding_in(words: str, value: float, cap: float) -> float:
    """The rounding of a figure as it is written, in the units of `value`: "20 miles" as 32.19 km has 8 km.

    Where the words hold no digits ("two million"), the rounding of the value itself.
    """
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", words)
    as_written = float(digits[0].replace(",", "")) if digits else 0.0
    if not as_written:
        return rounding(value, cap)
    return rounding(as_written, cap) * value / as_written


def hedge_of(comparator: str) -> str:
    """The kind of the words before a number: about, nearly, most, least, or "" for none that is known."""
    words = " ".join(comparator.lower().split())
    known = tolerances().hedges
    if words in known:
        return known[words]
    inside = [word for word in known if f" {word} " in f" {words} "]
    return known[max(inside, key=len)] if inside else ""


def meant(value: float, words: str, comparator: str, check: str) -> Range:
    """The range that a stated figure stands for, with the shares of this check ("distance", "population").

    `words` are the figure as it is written, which tell its rounding.

    A plain figure is good to its rounding or to `<check>.share`, whichever is wider; "about" to
    `<check>.about`. "Up to" and "more than" leave one side open, because they are true of any
    number on it.
    """
    known = tolerances()
    plain = max(rounding_in(words, value, known["rounding.cap"]), known[f"{check}.share"] * value)
    wide = max(plain, known[f"{check}.about"] * value)
    match hedge_of(comparator):
        case "about":
            return Range(value - wide, value + wide)
        case "nearly":
            return Range(value - wide, value + plain)
        case "most":
            return Range(0.0, value + plain)
        case "least":
            return Range(value - plain, None)
        case _:
            return Range(value - plain, value + plain)


def number(value: float) -> str:
    """A number for reading: 26,334; 62; 4.3."""
    if value >= 10 or value == int(value):
        return f"{round(value):,}" if value >= 10 else f"{int(value)}"
    return f"{value:.1f}"


def km(value: float) -> str:
    """Kilometres for reading, to 100 m below 100 km."""
    return f"{value:.1f} km" if value < 100 else f"{value:,.0f} km"


def spoken(low: float, high: float | None, unit: str) -> str:
    """A range for reading: "72 to 80 km", "at least 50 km", "up to 53 km"."""
    if high is None:
        return f"at least {number(low)} {unit}"
    if low <= 0:
        return f"up to {number(high)} {unit}"
    return f"{number(low)} to {number(high)} {unit}"
