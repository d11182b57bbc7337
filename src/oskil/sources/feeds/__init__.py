"""Feeds and sitemaps: RSS and Atom, whose entries are documents; sitemaps, whose addresses are asked."""

from __future__ import annotations

from oskil.sources.feeds.feed import Feed
from oskil.sources.feeds.sitemap import Sitemap

__all__ = ["Feed", "Sitemap"]
