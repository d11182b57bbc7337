"""Telegram: the desktop app's JSON export, of a channel or of an account; and channels over the network."""

from __future__ import annotations

from oskil.sources.telegram.export import TelegramExport

__all__ = ["TelegramExport"]
