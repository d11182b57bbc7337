"""Tables of events: ACLED, VIINA, and any CSV or spreadsheet with a column map."""

from __future__ import annotations

from oskil.sources.events.source import EventTable

__all__ = ["EventTable"]
