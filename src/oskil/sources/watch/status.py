"""How each source stands: a source that says nothing must not look like a front where nothing happens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from oskil.sources.watch.listing import Watched
from oskil.sources.watch.state import SourceState

Health = Literal["fresh", "late", "failing", "not asked"]
ORDER: tuple[Health, ...] = ("failing", "late", "not asked", "fresh")


@dataclass(frozen=True, slots=True)
class Standing:
    """One source with its health and the reason in words."""

    watched: Watched
    state: SourceState
    health: Health
    why: str


def standing_of(watched: Watched, state: SourceState, now: dt.datetime) -> Standing:
    """How a source stands at a moment.

    failing: the last poll failed. not asked: never, or not for twice its span (nothing polls it any more).
    late: it answers, and its newest document is older than `expect`. fresh: all others.
    """
    if state.failures:
        times = f"{state.failures} times in a row" if state.failures > 1 else "once"
        since = f" since {moment(state.since)}" if state.since else ""
        again = f"; asked again from {moment(state.due)} on" if state.due else ""
        return Standing(watched, state, "failing", f"failed {times}{since}: {state.problem}{again}")
    if state.asked is None:
        return Standing(watched, state, "not asked", "it was never asked")
    if now - state.asked > 2 * watched.every + dt.timedelta(minutes=5):
        return Standing(watched, state, "not asked", f"not asked for {span(now - state.asked)}")
    newest = _newest(state)
    if newest is None:
        return Standing(watched, state, "late", "it answers, and nothing was ever in it")
    if now - newest > watched.expect:
        silent = span(now - newest)
        return Standing(watched, state, "late", f"it answers, and its newest is {silent} old")
    return Standing(watched, state, "fresh", f"newest {span(now - newest)} old")


def _newest(state: SourceState) -> dt.datetime | None:
    """When its newest document was published, or came, where it bears no date."""
    try:
        told = dt.datetime.fromisoformat(state.newest)
    except ValueError:
        return state.last_new
    return told if told.tzinfo else told.replace(tzinfo=dt.UTC)


def headline(standings: list[Standing]) -> str:
    """The one sentence that a reader of maps needs: how many sources are silent."""
    silent = [one for one in standings if one.health != "fresh"]
    if not silent:
        return f"All {len(standings)} sources are fresh."
    names = ", ".join(one.watched.name for one in silent[:5]) + (" ..." if len(silent) > 5 else "")
    verb = "is" if len(silent) == 1 else "are"
    return (
        f"{len(silent)} of {len(standings)} sources {verb} silent ({names}): "
        "what they would have told is missing, which does not mean that nothing happened."
    )


def span(length: dt.timedelta) -> str:
    """A length of time in its largest unit: "3 days"."""
    seconds = max(0, int(length.total_seconds()))
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return f"{seconds} s"


def moment(at: dt.datetime | None) -> str:
    """A moment to the minute, in UTC."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC") if at else "never"
