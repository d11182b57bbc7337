"""Checks: pure functions of a claim and data, each number with a verdict that anyone can calculate again."""

from oskil.checking.interface import Case, Check
from oskil.checking.joining import checks, run

__all__ = ["Case", "Check", "checks", "run"]
