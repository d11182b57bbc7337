"""The period that words state, against the day of publication."""

from oskil.reading.times.periods import expressions, resolve_period, time_expressions

__all__ = ["expressions", "resolve_period", "time_expressions"]
