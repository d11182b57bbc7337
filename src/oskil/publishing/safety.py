"""What a page may show: how fine a position, how fresh a report, and the words that the rules are made of.

The rules are data (`rules/safety.yaml`); docs/safety.md gives the reason of each. Names are the matter
of `redaction.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib.resources import files

from oskil.conflict.profile import ConflictProfile
from oskil.errors import PublishError
from oskil.publishing.interface import Stored
from oskil.records import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`rules/safety.yaml`, read. Grids are in degrees, delays in hours; words are lower case."""

    grid_degrees: float
    protected_grid_degrees: float
    draft_delay_hours: float
    final_delay_hours: float
    force_kinds: frozenset[str]
    labels: Mapping[str, str]
    office_words: frozenset[str]
    body_words: frozenset[str]
    outlet_words: frozenset[str]
    crowd_words: frozenset[str]
    platform_words: frozenset[str]
    common_words: frozenset[str]
    titles: frozenset[str]
    post_hosts: tuple[str, ...]


@cache
def rules() -> Rules:
    """The shipped rules."""
    import yaml

    data = yaml.safe_load((files("oskil.publishing") / "rules" / "safety.yaml").read_text("utf-8"))
    words = (
        "force_kinds",
        "office_words",
        "body_words",
        "outlet_words",
        "crowd_words",
        "platform_words",
        "common_words",
        "titles",
    )
    return Rules(
        grid_degrees=data["positions"]["grid_degrees"],
        protected_grid_degrees=data["positions"]["protected_grid_degrees"],
        draft_delay_hours=data["delay_hours"]["draft"],
        final_delay_hours=data["delay_hours"]["final"],
        labels=data["labels"],
        post_hosts=tuple(data["post_hosts"]),
        **{name: frozenset(data[name]) for name in words},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """What the user may set. `protect` are party ids whose places are shown on the coarser grid.

    `delay_hours` None means the rules' own: none for a draft, a day for a final page. `withhold` are
    further names to redact, `keep` names never to redact.
    """

    final: bool = False
    delay_hours: float | None = None
    protect: tuple[str, ...] = ()
    withhold: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.delay_hours is not None and not 0 <= self.delay_hours < 1e6:
            raise PublishError(f"a delay of {self.delay_hours} hours makes no sense", "delay")

    @property
    def hours(self) -> float:
        """The delay in force, in hours."""
        if self.delay_hours is not None:
            return self.delay_hours
        return rules().final_delay_hours if self.final else rules().draft_delay_hours


def snap(degrees: float, grid: float) -> float:
    """The nearest point of the grid. The same input always gives the same output: nothing is jittered.

    A random shift averages out over many pages; a grid does not.
    """
    step = Decimal(str(grid))
    return float((Decimal(str(degrees)) / step).to_integral_value(ROUND_HALF_EVEN) * step)


def protected_places(claims: Iterable[Claim], parties: Iterable[str], profile: ConflictProfile) -> set[int]:
    """The places where a protected party's forces are spoken of, or which it is said to hold.

    A claim counts if its holder is the party, or if it is of a force kind and spoken by the party's side
    or names the party in its words.
    """
    wanted = set(parties)
    if unknown := wanted - {p.id for p in profile.parties}:
        raise PublishError(
            f"no such party in the profile {profile.id}: {', '.join(sorted(unknown))}", "protect"
        )
    forms = [f.lower() for p in profile.parties if p.id in wanted for f in p.forms]
    places: set[int] = set()
    for claim in claims:
        names = any(form in claim.quote.lower() for form in forms)
        of_force = claim.kind in rules().force_kinds and (claim.side in wanted or names)
        if claim.holder in wanted or of_force:
            places.update(claim.places)
    return places


def known_since(stored: Stored) -> dt.datetime:
    """The latest moment at which the document may have come out, from which the delay is counted.

    A bare day counts as its last second west of the date line; without any date, the time of recording.
    """
    published = (stored.document.published or "").strip()
    try:
        if len(published) <= 10:
            day = dt.date.fromisoformat(published)
            return dt.datetime.combine(day, dt.time(23, 59, 59), dt.timezone(dt.timedelta(hours=-12)))
        moment = dt.datetime.fromisoformat(published)
    except ValueError:
        moment = stored.recorded_at
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.timezone(dt.timedelta(hours=-12)))


def held_back(stored: Stored, now: dt.datetime, hours: float) -> bool:
    """Whether the document is younger than the delay at the time of publication."""
    return hours > 0 and now - known_since(stored) < dt.timedelta(hours=hours)
