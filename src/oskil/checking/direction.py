"""Does a place lie where the text says, seen from the other?"""

from __future__ import annotations

from collections.abc import Iterator
from math import atan, degrees

from oskil.checking.interface import Case
from oskil.checking.making import segment, spot
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.stated import Line, lines, radius_km
from oskil.checking.tolerances import tolerances
from oskil.places.geometry import WINDS, angle_between, bearing_deg, compass, distance_km, wind_deg
from oskil.records import Outcome, Place, Verdict, Working


class Direction:
    """The stated wind against the bearing from the one point to the other."""

    name = "direction"
    description = "A stated direction between two places, against the bearing."
    method = (
        "Initial bearing of the WGS 84 geodesic from the second place to the first, clockwise from north."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each direction that the claim's words state."""
        for line in lines(case):
            wind = _wind(line.relation.direction or "")
            # "Clashes northeast of X" places something unnamed; that is no statement about two places.
            if wind is not None and line.relation.subject is not None:
                yield self._verdict(case, line, wind)

    def _verdict(self, case: Case, line: Line, wind: str) -> Verdict:
        stated = f"{line.subject} {wind} of {line.object}"
        if line.ends is None:
            return cannot_be_checked(self, case, stated, line.reason, line.at)
        subject, to = line.ends
        slack = _slack(distance_km(subject, to), line.ends)
        if slack is None:
            reason = "the two settlements are too near each other for their points to give a direction"
            return cannot_be_checked(self, case, stated, reason, line.at)
        bearing, centre = bearing_deg(to, subject), wind_deg(wind)
        off, allowed = angle_between(bearing, centre), _allowed(wind) + slack
        outcome = _outcome(off, allowed)
        within = "within" if outcome == "agrees" else "beyond"
        return Verdict(
            check=self.name,
            claim=case.claim.id,
            outcome=outcome,
            stated=stated,
            found=f"bearing {bearing:.0f} degrees, {compass(bearing)}",
            reason=f"{off:.0f} degrees from due {wind}, {within} the tolerance",
            method=self.method,
            tolerance=f"{allowed:.0f} degrees to each side of due {wind}: the wind's sector and the "
            "settlements' extent; low to high runs clockwise.",
            data=(case.gazetteer.source,),
            value=round(bearing, 1),
            low=round((centre - allowed) % 360, 1),
            high=round((centre + allowed) % 360, 1),
            unit="degrees",
            places=(subject.id, to.id),
            at=line.at,
            working=Working(
                steps=(
                    f"From {to.lat:.4f} N {to.lon:.4f} E to {subject.lat:.4f} N {subject.lon:.4f} E.",
                    f"Bearing {bearing:.1f} degrees; due {wind} is {centre:g}; {off:.1f} apart, "
                    f"{allowed:.1f} allowed.",
                ),
                shapes=(
                    segment((to.lon, to.lat), (subject.lon, subject.lat), f"{bearing:.0f} degrees"),
                    spot(to),
                    spot(subject),
                ),
            ),
        )


def _wind(words: str) -> str | None:
    """One of the eight winds for "north-east", "northeastern", "north"; None for anything finer or else."""
    letters = "".join(ch for ch in words.lower() if ch.isalpha())
    letters = letters.removesuffix("wards").removesuffix("ward").removesuffix("ern")
    return letters if letters in WINDS else None


def _allowed(wind: str) -> float:
    known = tolerances()
    return known["direction.cardinal_deg" if WINDS.index(wind) % 2 == 0 else "direction.intercardinal_deg"]


def _slack(km: float, ends: tuple[Place, Place]) -> float | None:
    # The angle that the settlements' extent subtends: their points may stand anywhere inside.
    extent = max(tolerances()["distance.point_km"], *(radius_km(end) for end in ends))
    return degrees(atan(extent / km)) if km > extent else None


def _outcome(off: float, allowed: float) -> Outcome:
    if off <= allowed:
        return "agrees"
    return "contradicted" if off > max(allowed, tolerances()["direction.contradicted_deg"]) else "differs"
