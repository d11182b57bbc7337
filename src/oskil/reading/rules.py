"""The reader by rules alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from oskil.conflict import ConflictProfile, for_text
from oskil.places.home import NOWHERE, Home, home_of
from oskil.places.interface import Gazetteer
from oskil.reading.about import Context, at_home
from oskil.reading.attribution.finders import RuleFinder
from oskil.reading.kinds import by_rules
from oskil.reading.languages import unread
from oskil.reading.making import claims_from
from oskil.reading.walk import Walk
from oskil.records import Document, Reading, Toponym

PlaceNames = Callable[[str, Gazetteer, ConflictProfile, Home | None], tuple[Toponym, ...]]


class RuleReader:
    """Reads by rules alone. `place_names` finds and places the names of a text; `profile` None fits each
    text. `homes` is where outlets are at home, as `home_of` takes it.
    """

    name = "rules 4"

    def __init__(
        self,
        gazetteer: Gazetteer,
        profile: ConflictProfile | None,
        place_names: PlaceNames,
        homes: Mapping[str, Home] = NOWHERE,
    ) -> None:
        self.gazetteer = gazetteer
        self.profile = profile
        self.place_names = place_names
        self.homes = homes

    def read(self, document: Document) -> Reading:
        """The claims, attributions and place names of one document."""
        if reason := unread(document):
            return Reading(document.id, self.name, reason=reason)
        profile = self.profile or for_text(document.text)
        home = home_of(document.outlet, document.url, self.homes)
        toponyms = self.place_names(document.text, self.gazetteer, profile, home)
        context = Context(document, at_home(profile, toponyms, document.outlet), toponyms)
        walk = Walk(context, RuleFinder())
        drafts = list(walk.drafts())
        claims = {claim.id: claim for claim in claims_from(context, drafts, by_rules)}
        return Reading(document.id, self.name, tuple(claims.values()), tuple(walk.attributions), toponyms)
