"""The reader in use: the rules, joined with the trained tagger and the learned kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from oskil.conflict import ConflictProfile, for_text
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

    The reading's attributions are the tagger's. `profile` None fits each text.
    """

    name = "joined 1"

    def __init__(
        self,
        gazetteer: Gazetteer,
        profile: ConflictProfile | None,
        place_names: PlaceNames,
        tag: Tag,
        decide: Decide,
    ) -> None:
        self.gazetteer = gazetteer
        self.profile = profile
        self.place_names = place_names
        self.tag = tag
        self.decide = decide

    def read(self, document: Document) -> Reading:
        """The claims, attributions and place names of one document."""
        if reason := unread(document):
            return Reading(document.id, self.name, reason=reason)
        profile = self.profile or for_text(document.text)
        toponyms = self.place_names(document.text, self.gazetteer, profile)
        tagged = tuple(self.tag(document.text))
        context = Context(document, at_home(profile, toponyms), toponyms)
        drafts = list(Walk(context, JoinedFinder(document.text, tagged)).drafts())
        claims = {claim.id: claim for claim in claims_from(context, drafts, self.decide)}
        return Reading(document.id, self.name, tuple(claims.values()), tagged, toponyms)
