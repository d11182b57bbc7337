"""Posts of a person's own account, as the platforms hand them out: X, Mastodon, Bluesky."""

from __future__ import annotations

from oskil.sources.accounts.bluesky import BlueskyExport
from oskil.sources.accounts.mastodon import MastodonExport
from oskil.sources.accounts.twitter import TwitterArchive

__all__ = ["BlueskyExport", "MastodonExport", "TwitterArchive"]
