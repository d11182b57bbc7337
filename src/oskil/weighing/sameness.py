"""When claims say the same thing: `propositions.yaml`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from oskil.weighing.thresholds import thresholds


@dataclass(frozen=True, slots=True)
class Sameness:
    """The whole file; `shares` gives the tolerance of a figure by kind and unit, in the order to be tried."""

    by_place: frozenset[str]
    holder_optional: frozenset[str]
    slack_days: Mapping[str, int]
    undated_days: int
    share: float
    least: int
    least_unplaced: int
    shares: Mapping[str, Mapping[str, float]]


@cache
def sameness() -> Sameness:
    """What ships with the package."""
    import yaml  # here, so that start-up does not pay for it

    given = yaml.safe_load(files("oskil.weighing").joinpath("propositions.yaml").read_text("utf-8"))
    shares: dict[str, dict[str, float]] = {}
    for amount in thresholds().amounts:
        shares.setdefault(amount.kind, {})[amount.unit] = amount.share
    for fields in given["amounts"]:
        shares.setdefault(fields["kind"], {})[fields["unit"]] = fields["share"]
    return Sameness(
        by_place=frozenset(given["by_place"]),
        holder_optional=frozenset(given["holder_optional"]),
        slack_days=given["slack_days"],
        undated_days=given["undated_days"],
        share=given["words"]["share"],
        least=given["words"]["least"],
        least_unplaced=given["words"]["least_unplaced"],
        shares=shares,
    )
