"""When a text was published, as a moment that can be compared with others."""

from __future__ import annotations

import datetime as dt

from oskil.records import Document

NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def told_at(document: Document) -> dt.datetime:
    """The moment of publication in UTC, for ordering.

    A text that gives the day alone counts for the last second of that day: nothing says that it was earlier
    than one that gives its hour. A time without an offset is taken as UTC. A text without a day comes last.
    """
    published = document.published or ""
    try:
        if len(published) <= len("2022-09-08"):
            return dt.datetime.combine(dt.date.fromisoformat(published), dt.time(23, 59, 59), dt.UTC)
        moment = dt.datetime.fromisoformat(published)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return NEVER


def told_order(document: Document) -> tuple[dt.datetime, int, str]:
    """The order in which texts were told: by moment, and of one moment the longer first, then by id.

    Who takes from another cuts more often than he adds.
    """
    return told_at(document), -len(document.text), document.id
