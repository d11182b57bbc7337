"""From the ledger to a file in the format of others."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from oskil.conflict import ConflictProfile
    from oskil.ledger.store import Ledger
    from oskil.places.interface import Gazetteer
    from oskil.publishing.exports.collecting import Asked


def export(
    ledger: Ledger,
    gazetteer: Gazetteer,
    profile: ConflictProfile,
    form: str,
    asked: Asked,
    out: BinaryIO,
) -> int:
    """Write the claims that are asked for to `out`; returns how many. Raises InputError."""
    from dataclasses import replace

    from oskil.publishing.exports import exporter
    from oskil.publishing.exports.collecting import collect

    writer = exporter(form)
    asked = replace(asked, checked=form == "claimreview")
    found = collect(ledger, gazetteer, profile, asked, dt.datetime.now(dt.UTC))
    writer.write(found, out)
    return len(found.entries)
