"""Does a place lie on the river, road or border that the text puts it on?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from oskil.checking.figures import km
from oskil.checking.interface import Case
from oskil.checking.making import spot, verdict
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.stated import radius_km
from oskil.checking.tolerances import tolerances
from oskil.checking.whereabouts import any_of, found_in, place_at
from oskil.places.layers import Layer, LayerFeature, bare
from oskil.places.normalise import key
from oskil.records import Place, Shape, Span, Verdict, Working

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_SHOWN_DEGREES = 0.6


class Crossing:
    """The distance from a settlement to a feature of a layer."""

    name = "crossing"
    description = "A place said to lie on, or on both sides of, a river, road or border, against a layer."
    method = (
        "Geodesic distance on the WGS 84 ellipsoid from the gazetteer's point to the nearest point of the "
        "layer's "
        "features of that name."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each feature of a layer that the claim's words put a place on."""
        for match in found_in(case, _pattern()):
            if bare(match["name"]) != key(match["name"]):  # "the Oskil River", not "on the Champs"
                yield self._verdict(case, match)

    def _verdict(self, case: Case, match: re.Match[str]) -> Verdict:
        at = Span(*match.span())
        place = place_at(case, at)
        name = " ".join(match["name"].split())
        if place is None or place.kind != "settlement":
            return cannot_be_checked(self, case, _said(match), "the text does not say which place it is", at)
        stated = f"{place.name} {_said(match)}"
        nearest = min((one for layer in case.data.layers for one in _near(layer, name, place)), default=None)
        if nearest is None:
            reason = f"no layer at hand has {name}; a layer of such features would allow a check"
            return cannot_be_checked(self, case, stated, reason, at)
        far, _, layer, feature = nearest
        radius, slack = radius_km(place), tolerances()["crossing.layer_km"]
        return verdict(
            self,
            case,
            "agrees" if far <= radius + slack else "differs",
            stated=stated,
            found=f"{feature.name} lies {km(far)} from the point of {place.name}",
            reason=_reason(far, radius, slack, place),
            tolerance=f"Up to {km(radius + slack)}: the settlement drawn as a disc of {km(radius)}, and "
            f"{km(slack)} "
            "for the layer's generalised lines and the point.",
            data=(layer.source, case.gazetteer.source),
            numbers=(far, 0.0, radius + slack, "km"),
            places=(place.id,),
            at=at,
            working=_working(place, feature, far, radius, name, layer),
        )


@cache
def _pattern() -> re.Pattern[str]:
    word = r"(?-i:[A-ZÀ-ÞА-ЯЇІЄҐ])[\w’'-]+"
    return re.compile(
        rf"(?<!\w)(?P<verb>{any_of('crossing_words')})\s+(?:the\s+)?(?P<name>{word}(?:\s+{word}){{0,2}}"
        r"(?:\s+(?:river|lake|canal|reservoir|sea|road|highway|railway|border))?)",
        re.I,
    )


def _said(match: re.Match[str]) -> str:
    return " ".join(match.group().split())


def _near(layer: Layer, name: str, place: Place) -> Iterator[tuple[float, int, Layer, LayerFeature]]:
    from oskil.places.shapes import km_to

    for at, feature in enumerate(layer.named(name)):
        yield km_to(feature.geometry, place.lat, place.lon), at, layer, feature


def _reason(far: float, radius: float, slack: float, place: Place) -> str:
    if far <= radius:
        return f"the line runs through the disc of {km(radius)} that stands for {place.name}"
    if far <= radius + slack:
        return "the line runs within the tolerance of the settlement's disc"
    return "the line runs farther off than the settlement's size and the layer's detail explain"


def _working(
    place: Place, feature: LayerFeature, far: float, radius: float, name: str, layer: Layer
) -> Working:
    import shapely

    window = shapely.box(
        place.lon - _SHOWN_DEGREES,
        place.lat - _SHOWN_DEGREES,
        place.lon + _SHOWN_DEGREES,
        place.lat + _SHOWN_DEGREES,
    )
    steps = (
        f"“{name}” was found in the layer {layer.name} as “{feature.name}”.",
        f"From {place.lat:.4f} N {place.lon:.4f} E to its nearest point: {far:.2f} km.",
        f"Radius of a disc for {place.population:,} people: {radius:.2f} km.",
    )
    line = _lines(feature.geometry.intersection(window))
    shapes = (
        (Shape(kind="line", role="feature", label=feature.name, lines=line), spot(place))
        if line
        else (spot(place),)
    )
    return Working(steps=steps, shapes=shapes)


def _lines(geometry: BaseGeometry) -> tuple[tuple[tuple[float, float], ...], ...]:
    import shapely

    found = []
    for part in shapely.get_parts(geometry):
        bare_line = part.exterior if part.geom_type == "Polygon" else part
        if bare_line.geom_type in ("LineString", "LinearRing"):
            found.append(tuple((round(float(x), 4), round(float(y), 4)) for x, y in bare_line.coords))
    return tuple(found)
