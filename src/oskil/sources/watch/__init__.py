"""A list of sources, polled politely and for months: what is new in them, and which of them are silent."""

from __future__ import annotations

from oskil.sources.watch.listing import Watched, WatchList, read_list
from oskil.sources.watch.politeness import Clock, Web
from oskil.sources.watch.polling import Polled, poll
from oskil.sources.watch.state import SourceState, StateFile
from oskil.sources.watch.status import Standing, standing_of

__all__ = [
    "Clock",
    "Polled",
    "SourceState",
    "Standing",
    "StateFile",
    "WatchList",
    "Watched",
    "Web",
    "poll",
    "read_list",
    "standing_of",
]
