"""The reader in use: the rules, joined with the trained tagger and the learned kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from oskil.conflict import ConflictProfile, for_text
from oskil.places.home import NOWHERE, Home, home_of
from oskil.places.interface import Gazetteer
from oskil.reading.about import Context, at_home
from oskil.reading.attribution.tagged import JoinedFinder
from oskil.reading.languages import unread
from oskil.reading.making import Decide, claims_from
from oskil.reading.rules import PlaceNames
from oskil.reading.walk import Walk
from oskil.records import Attribution, Document, Reading

Tag = Callable[[str], Sequence[Attribution]]


class JoinedReader:
    """Reads by rules, by a tagger's attributions (`tag`) and by learned kinds (`decide`).

    The reading's attributions are the tagger's. `profile` None fits each text. `homes` is where
    outlets are at home, as `home_of` takes it.
    """

    name = "joined 3"

    def __init__(
        self,
        gazetteer: Gazetteer,
        profile: ConflictProfile | None,
        place_names: PlaceNames,
        tag: Tag,
        decide: Decide,
        homes: Mapping[str, Home] = NOWHERE,
    ) -> None:
        self.gazetteer = gazetteer
        self.profile = profile
        self.place_names = place_names
        self.tag = tag
        self.decide = decide
        self.homes = homes

    def read(self, document: Document) -> Reading:
        """The claims, attributions and place names of one document."""
        if reason := unread(document):
            return Reading(document.id, self.name, reason=reason)
        profile = self.profile or for_text(document.text)
        home = home_of(document.outlet, document.url, self.homes)
        toponyms = self.place_names(document.text, self.gazetteer, profile, home)
        tagged = tuple(self.tag(document.text))
        context = Context(document, at_home(profile, toponyms, document.outlet), toponyms)
        drafts = list(Walk(context, JoinedFinder(document.text, tagged)).drafts())
        claims = {claim.id: claim for claim in claims_from(context, drafts, self.decide)}
        return Reading(document.id, self.name, tuple(claims.values()), tagged, toponyms)
