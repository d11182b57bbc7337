"""Loss lists: what was lost, by which side, how, and when it was listed. Saved pages, and tables.

listed = parse(Raw(where="oryx-events.csv.gz", data=data))
totals(listed.entries)                  # by day, category and status
changes(yesterday.entries, listed.entries)
"""

from __future__ import annotations

from oskil.sources.losses.changes import Change, changes
from oskil.sources.losses.parsing import parse
from oskil.sources.losses.source import LossFile
from oskil.sources.losses.totals import Totals, totals

__all__ = ["Change", "LossFile", "Totals", "changes", "parse", "totals"]
