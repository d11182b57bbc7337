"""The kinds of exports, lists and maps, in the order in which a target is tried."""

from __future__ import annotations

from oskil.sources.control_maps import ControlMapFile
from oskil.sources.interface import Kind
from oskil.sources.losses import LossFile
from oskil.sources.telegram import TelegramExport

KINDS: tuple[Kind, ...] = (TelegramExport(), ControlMapFile(), LossFile())
