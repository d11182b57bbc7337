"""From the ledger to a file in the format of others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from oskil.errors import PublishError

if TYPE_CHECKING:
    from oskil.checking.data import Data
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
    target: Path,
) -> int:
    """Write the claims that are asked for into a new file; returns how many.

    The file is there whole or not at all. Raises InputError for an unknown format, and PublishError where the
    file is there already or cannot be written.
    """
    from oskil.publishing.exports import exporter
    from oskil.publishing.exports.collecting import collect

    writer = exporter(form)
    if target.exists():
        raise PublishError("there is something here already; nothing was written", str(target))
    asked = replace(asked, checked=form == "claimreview")
    now = dt.datetime.now(dt.UTC)
    found = collect(ledger, gazetteer, profile, asked, now, _data(ledger, asked, now))
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("wb") as out:
            writer.write(found, out)
        beside.rename(target)
    except OSError as error:
        raise PublishError(f"cannot be written: {error.strerror or error}", str(target)) from error
    finally:
        beside.unlink(missing_ok=True)
    return len(found.entries)


def _data(ledger: Ledger, asked: Asked, now: dt.datetime) -> Data:
    """The ledger's maps and lists, and the layers, as far as no delay holds them back; without claims."""
    from oskil.checking.data import EMPTY, prepare
    from oskil.pipeline.data import added_layers, in_ledger

    if not asked.checked:
        return EMPTY
    day, hours = asked.claims.as_known_on, asked.options.hours
    found = in_ledger(ledger, day).joined(added_layers())
    if hours:
        # A map has a day and no hour: that of the day on which the delay began may be too young.
        old = (now - dt.timedelta(hours=hours)).date() - dt.timedelta(days=1)
        day = old if day is None else min(day, old)
    return prepare(found.maps, found.losses, found.layers, known_on=day)
