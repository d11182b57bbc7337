"""Copies and relays: which reports are testimony of their own.

A report that names its origin is the origin's, told again: it counts once, as the origin's, on the first day
that anybody told it. A report in the wording of an earlier one, on the same place, kind and party, is a copy.
And an outlet that is mostly seen to copy is taken to copy where its words differ too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from oskil.weighing.control.layout import IntArray
from oskil.weighing.control.reports import Reports

Mask = NDArray[np.bool_]


def own_testimony(reports: Reports, numbers: Mapping[str, float]) -> tuple[Reports, IntArray]:
    """The reports that are nobody's copy, relays put under their origin's name; and for each report given,
    the row of the kept report that it repeats (its own where it is kept). Three sorts, else linear.
    """
    own = np.arange(len(reports))
    voice = np.where(reports.relayed >= 0, reports.relayed, reports.source)
    said = _said(reports)
    within = int(numbers["within"])
    relays = reports.relayed >= 0
    by_words = _before((said, reports.wording), reports.day, within * 6, reports.wording >= 0)
    by_voice = _before((said, voice), reports.day, np.where(relays, within, 0))
    by_matter = _before((said,), reports.day, within)
    copied = (by_words >= 0) & (reports.source[by_words] != reports.source)
    echo = echoing(reports, copied, by_matter >= 0, numbers)[reports.source]
    repeats = np.where(echo, by_matter, -1)
    repeats = np.where(by_voice >= 0, by_voice, repeats)
    repeats = np.where(by_words >= 0, by_words, repeats)
    kept = repeats < 0
    origin = np.where(kept, own, repeats)
    while (origin != (further := origin[origin])).any():
        origin = further
    rows: IntArray = np.cumsum(kept) - 1
    return replace(reports.only(kept), source=voice[kept]), rows[origin]


def echoing(reports: Reports, copied: Mask, told_before: Mask, numbers: Mapping[str, float]) -> Mask:
    """Of each reporter, whether it only repeats, going by what it does where it names no origin."""
    plain = reports.relayed < 0
    size = len(reports.reporters)
    told = np.bincount(reports.source[plain], minlength=size)
    copies = np.bincount(reports.source[plain & copied], minlength=size)
    fresh = np.bincount(reports.source[plain & ~told_before], minlength=size)
    return np.asarray(
        (told >= numbers["least"])
        & (copies >= numbers["repeats"] * told)
        & (fresh <= numbers["fresh"] * told)
    )


def _said(reports: Reports) -> IntArray:
    parties = len(reports.parties) + 1
    kinds = int(reports.kind.max(initial=0)) + 1
    return np.asarray((reports.place * kinds + reports.kind) * parties + reports.named)


def _before(
    keys: tuple[IntArray, ...], day: IntArray, within: IntArray | int, wanted: Mask | None = None
) -> IntArray:
    """The nearest earlier row of the same keys, at most `within` days before; -1 where there is none."""
    order = np.lexsort(keys)  # stable, so that rows of equal keys stay in the order of time
    same = np.ones(max(len(order) - 1, 0), bool)
    for key in keys:
        same &= key[order[1:]] == key[order[:-1]]
    found = np.full(len(day), -1)
    found[order[1:][same]] = order[:-1][same]
    near = (found >= 0) & (day - day[found] <= within)
    return np.where(near if wanted is None else near & wanted, found, -1)
