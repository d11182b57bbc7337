"""The kinds of exports, lists and maps, in the order in which a target is tried."""

from __future__ import annotations

from oskil.sources.accounts import BlueskyExport, MastodonExport, TwitterArchive
from oskil.sources.control_maps import ControlMapFile
from oskil.sources.events import EventTable
from oskil.sources.feeds import Feed, Sitemap
from oskil.sources.interface import Kind
from oskil.sources.losses import LossFile
from oskil.sources.telegram import TelegramExport
from oskil.sources.web_archive import WebArchive

KINDS: tuple[Kind, ...] = (
    TelegramExport(),
    TwitterArchive(),
    MastodonExport(),
    BlueskyExport(),
    WebArchive(),
    Feed(),
    Sitemap(),
    ControlMapFile(),
    LossFile(),
    EventTable(),
)
