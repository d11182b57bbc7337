"""Does a conversion in brackets come to the same as the figure before it?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from oskil.checking.figures import rounding, rounding_in, spoken
from oskil.checking.interface import Case
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.units import named
from oskil.checking.whereabouts import written
from oskil.records import DataSource, Quantity, Span, Verdict


class Conversion:
    """The figure and its conversion, each within the rounding of the other."""

    name = "conversion"
    description = "A conversion of units that the text gives in brackets, calculated anew."
    method = (
        "The first figure converted by pint's definitions and compared with the second, and the second "
        "converted back and compared with the first; either may be the rounded one."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each quantity of the claim that is given in two units."""
        for quantity in case.claim.quantities:
            if quantity.converted is not None:
                yield self._verdict(case, quantity, *quantity.converted)

    def _verdict(self, case: Case, quantity: Quantity, value: float, unit: str) -> Verdict:
        at = Span(quantity.start, quantity.end)
        stated = written(case, quantity)
        factor, reason = _factor(quantity.unit, unit)
        if factor is None:
            return cannot_be_checked(self, case, stated, reason, at)
        found, cap = quantity.value * factor, tolerances()["conversion.cap"]
        forth, back = rounding(value, cap), rounding_in(stated, quantity.value, cap) * factor
        slack = max(forth, back)
        agrees = abs(found - value) <= slack
        low, high = value - slack, value + slack
        return Verdict(
            check=self.name,
            claim=case.claim.id,
            outcome="agrees" if agrees else "differs",
            stated=stated,
            found=f"{_fine(found)} {named(unit)}",
            reason=_reason(found, value, unit, agrees),
            method=self.method,
            tolerance=f"{spoken(low, high, named(unit))}: half of either one's last digit, "
            f"at most {cap:.0%} of it.",
            data=(_definitions(),),
            value=round(found, 4),
            low=round(low, 4),
            high=round(high, 4),
            unit=unit,
            at=at,
        )


def _factor(unit: str, other: str) -> tuple[float | None, str]:
    """How many of the other unit make one of the first, or None and the reason."""
    from pint.errors import DimensionalityError, UndefinedUnitError

    known = tolerances()
    for name in (unit, other):
        if name in known.words["currencies"]:
            return None, f"{name} is a currency; the exchange rate of the day would allow a check"
    registry = _registry()
    first, second = known.pint_units.get(unit, unit), known.pint_units.get(other, other)
    try:
        return float(registry.Quantity(1.0, first).to(second).magnitude), ""
    except UndefinedUnitError as error:
        return None, f"the unit is not known: {error}"
    except DimensionalityError:
        return None, f"{unit} and {other} do not measure the same thing"


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry()


@cache
def _definitions() -> DataSource:
    """Pint's own file of unit definitions, which the factor comes from."""
    import pint

    text = Path(pint.__file__).with_name("default_en.txt").read_bytes()
    return DataSource("pint unit definitions", pint.__version__, hashlib.sha256(text).hexdigest())


def _fine(value: float) -> str:
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _reason(found: float, value: float, unit: str, agrees: bool) -> str:
    if agrees:
        return "the two figures are the same within their rounding"
    off = abs(value - found) / found
    return f"the first figure is {_fine(found)} {named(unit)}, {off:.0%} off the second"
