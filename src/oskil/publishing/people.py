"""Whether a name is that of a private person or account, decided from the profile and the text around it.

The decision errs towards withholding: a name that nothing speaks for is taken for a private person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from oskil.conflict.countries import countries
from oskil.conflict.profile import Actor, ConflictProfile
from oskil.places.interface import Gazetteer
from oskil.publishing.safety import rules

Verdict = Literal["kept", "account", "person"]

# A metonym is a country or a large city; a hamlet that shares a surname is none.
_METONYM_POPULATION = 100_000
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_NAME_RUN = re.compile(
    r"[^\W\d_a-z][\w'’.-]*(?:\s+(?:(?:de|da|di|van|von|der|den|al|el|bin|ibn|la|le)\s+)?[^\W\d_a-z][\w'’-]*)*"
)
_HANDLE = re.compile(r"(?<![\w@/.])@(\w{2,40})")
_CLAUSE_END = re.compile(r"[.!?;:\n“”\"]")


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a name. `name` is the personal name inside the words given."""

    verdict: Verdict
    name: str
    why: str


def handles(text: str) -> list[str]:
    """The handles written with an at sign, without it."""
    return _HANDLE.findall(text)


def words(text: str) -> list[str]:
    """The words of a name, in lower case, compounds also in their parts."""
    found = [w.lower().rstrip(".") for w in _WORD.findall(text)]
    return found + [part for w in found if "-" in w for part in w.split("-")]


class People:
    """Answers for one conflict and one gazetteer. `keep` are names that the user vouches for."""

    def __init__(self, profile: ConflictProfile, gazetteer: Gazetteer, keep: Iterable[str] = ()) -> None:
        self._profile = profile
        self._gazetteer = gazetteer
        self._keep = {name.casefold().lstrip("@") for name in keep}
        self._party_words = {w for p in profile.parties for f in p.forms for w in words(f)}

    def kept_names(self) -> list[str]:
        """Every name that stands on a page whatever else is redacted."""
        actors = [name for actor in self._profile.actors for name in actor.names]
        return actors + sorted(self._keep)

    def decide(self, name: str, texts: Sequence[str], *, account: bool = False) -> Decision:
        """What becomes of the words that name a speaker, given the texts that they stand in."""
        bare = name.strip().lstrip("@")
        if self._known(bare):
            return Decision("kept", bare, "the profile or the user names it")
        if account or name.strip().startswith("@"):
            return Decision("account", bare, "an account that the profile does not know")
        if reason := self._public_words(name):
            return Decision("kept", bare, reason)
        run = self._personal_name(name)
        if run is None:
            return Decision("kept", bare, "described and not named")
        if self._known(run) or self._metonym(run):
            return Decision("kept", run, "a place or a name that the profile knows")
        if is_common_word(run, texts):
            return Decision("kept", run, "a word that the text also writes small")
        if any(bears_office(run, text) for text in texts):
            return Decision("kept", run, "the text gives an office")
        return Decision("person", run, "a name without an office")

    def _known(self, name: str) -> bool:
        actor: Actor | None = self._profile.find_actor(name)
        return actor is not None or self._profile.party_of(name) is not None or name.casefold() in self._keep

    def _public_words(self, name: str) -> str:
        found = set(words(name))
        found |= {w.removesuffix("s") for w in found}  # "European leaders" bear an office too
        for what, vocabulary in (
            ("a body", rules().body_words),
            ("an outlet", rules().outlet_words),
            ("many at once", rules().crowd_words),
            ("a platform", rules().platform_words),
            ("an office", rules().office_words),
        ):
            if hit := found & vocabulary:
                return f"{what}, by the word “{min(hit)}”"
        return ""

    def _personal_name(self, name: str) -> str | None:
        skip = self._party_words | rules().titles | rules().common_words
        for run in _NAME_RUN.findall(name):
            kept = [w for w in run.split() if not set(words(w)) & skip]
            if kept:
                return " ".join(kept)
        return None

    def _metonym(self, name: str) -> bool:
        found = self._gazetteer.search(name)
        return any(p.kind != "settlement" or p.population >= _METONYM_POPULATION for p in found)


def is_common_word(name: str, texts: Sequence[str]) -> bool:
    """Whether a single word is no name.

    The texts have it in lower case too ("Others said"), or it is a people's name or a number in words
    ("Europeans", "Two-thirds").
    """
    if len(name.split()) != 1:
        return False
    low = name.lower()
    if any(re.search(rf"(?<![\w-]){re.escape(low)}(?![\w-])", text) for text in texts):
        return True
    return (
        low in rules().common_words
        or f"{low}s" in rules().common_words
        or low in _demonyms()
        or bool(re.fullmatch(r"[a-z]+-(?:third|quarter|fifth|tenth)s?", low))
    )


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(d.lower() for c in countries().values() for d in (*c.forms, *c.demonyms))


def bears_office(name: str, text: str) -> bool:
    """Whether the text gives the name an office: "Mayor NAME", "NAME, the head of ...", "the mayor, NAME,".

    Looked for in the five words before the name and in the apposition behind or before it, in its clause.
    """
    office = rules().office_words
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        clause = _CLAUSE_END.split(text[max(0, match.start() - 60) : match.start()])[-1]
        apposed, _, before = clause.rpartition(",")
        after = text[match.end() : match.end() + 90]
        if office & set(words(before)[-5:]):
            return True
        if after.startswith(",") and not before.strip() and office & set(words(apposed)[-5:]):
            return True
        if after.startswith(",") and office & set(words(_CLAUSE_END.split(after[1:])[0].split(",")[0])):
            return True
    return False
