"""The other claims of the ledger as checks ask for them: by document, by place, what contradicts what."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from oskil.records import Claim, Contradiction, Document


@dataclass(frozen=True, slots=True)
class Other:
    """A claim with what is known of the document that it stands in."""

    claim: Claim
    outlet: str
    published: dt.date | None


class Others:
    """All claims that may be held against one another. `pairs` are those of them that contradict each other,
    where they are known already; else they are found at the first question.
    """

    def __init__(
        self,
        claims: Iterable[tuple[Claim, Document]] = (),
        pairs: Iterable[Contradiction] | None = None,
    ) -> None:
        self.all = [Other(c, d.outlet or d.url or d.key, d.published_on) for c, d in claims]
        self._known = None if pairs is None else tuple(pairs)

    @cached_property
    def _by_id(self) -> Mapping[str, Other]:
        return {one.claim.id: one for one in self.all}

    @cached_property
    def _by_document(self) -> Mapping[str, Sequence[Other]]:
        found: defaultdict[str, list[Other]] = defaultdict(list)
        for one in self.all:
            found[one.claim.document].append(one)
        return found

    @cached_property
    def _by_place(self) -> Mapping[int, Sequence[Other]]:
        found: defaultdict[int, list[Other]] = defaultdict(list)
        for one in self.all:
            if one.claim.holder:
                for place in set(one.claim.at):
                    found[place].append(one)
        return found

    @property
    def gains(self) -> Sequence[Other]:
        """The claims of ground gained that give it in square kilometres."""
        return self._gains

    @cached_property
    def _gains(self) -> Sequence[Other]:
        return [
            one
            for one in self.all
            if one.claim.kind == "area" and any(q.unit == "km2" for q in one.claim.quantities)
        ]

    @cached_property
    def _pairs(self) -> Mapping[str, Sequence[Contradiction]]:
        found: defaultdict[str, list[Contradiction]] = defaultdict(list)
        for pair in self._contradictions() if self._known is None else self._known:
            found[pair.first].append(pair)
            found[pair.second].append(pair)
        return found

    def _contradictions(self) -> Sequence[Contradiction]:
        from oskil.weighing import contradictions

        days = {one.claim.document: one.published for one in self.all if one.published}
        return contradictions.find([one.claim for one in self.all], days)

    def in_document(self, document: str) -> Sequence[Other]:
        """The claims of one document, in their order."""
        return self._by_document.get(document, ())

    def of_place(self, place: int) -> Sequence[Other]:
        """The claims that name a holder of a place."""
        return self._by_place.get(place, ())

    def against(self, claim: Claim) -> Sequence[tuple[Other, str]]:
        """The claims that cannot be true beside this one, each with the reason."""
        found = []
        for pair in self._pairs.get(claim.id, ()):
            other = self._by_id[pair.second if pair.first == claim.id else pair.first]
            found.append((other, pair.reason))
        return found
