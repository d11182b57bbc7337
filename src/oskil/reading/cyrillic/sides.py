"""Which party words name, also where they only say "the enemy" and "ours"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oskil.conflict.profile import ConflictProfile
from oskil.places.morphology import LETTER, Language, forms, lemmas
from oskil.reading.cyrillic.lexicon import lexicon
from oskil.reading.cyrillic.words import WORD, Word

CASES = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct", "gen2", "loc2"))
NAMED_ROLES = frozenset(("body", "person"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A party as words name it: the numbers of its first and last word, and how it stands in the clause.

    `head` is the word whose case tells its role: "сили" in "сили оборони", "підрозділи" in "підрозділи ЗСУ".
    `preposition` is what stands before, where something does.
    """

    first: int
    last: int
    party: str
    head: Word
    preposition: str | None

    @property
    def acts(self) -> bool:
        """Whether it may be the subject, or the agent of a passive."""
        declined = self.head.has("nomn") or self.head.has("ablt")
        return self.preposition is None and (declined or _is_acronym(self.head))

    @property
    def suffers(self) -> bool:
        """Whether it may be the object of a verb."""
        return self.preposition is None and not self.head.has("nomn") and self.head.has("accs")


class Sides:
    """The parties of a profile, as a speaker of one side names them in one language.

    `home` is the party that those are taken for who write of no side: the one whose country the place is in.
    """

    def __init__(self, names: PartyNames, speaker_side: str | None, home: str | None = None) -> None:
        self.names = names
        self.profile = names.profile
        self.language: Language = names.language
        self.by_home = False
        self.own: str | None
        if speaker_side in {p.id for p in self.profile.parties}:
            self.own = speaker_side
        else:
            own = self.other(names.enemy)
            self.own, self.by_home = own or home, own is None

    def other(self, party: str | None) -> str | None:
        """The other party where there are just two."""
        others = [p.id for p in self.profile.parties if p.id != party]
        return others[0] if party and len(others) == 1 else None

    def mentions(self, found: Sequence[Word]) -> Iterator[Mention]:
        """The parties that the words name, in order."""
        at = 0
        while at < len(found):
            length, party = self._at(found, at)
            if party:
                yield _mention(found, at, at + length - 1, party)
            at += max(1, length)

    def party_in(self, found: Sequence[Word]) -> str | None:
        """The first party that the words name."""
        return next((m.party for m in self.mentions(found)), None)

    def _at(self, found: Sequence[Word], at: int) -> tuple[int, str | None]:
        groups = lexicon().groups
        if found[at].lemmas & groups["enemy"] and self.own:
            return 1, self.other(self.own)
        if found[at].lemmas & groups["own"] and self.own:
            return 1, self.own
        best: tuple[int, str | None] = (0, None)
        for lemma in found[at].lemmas & self.names.by_first.keys():
            for form, party in self.names.by_first[lemma]:
                fits = best[0] < len(form) <= len(found) - at
                if fits and all(form[k] & found[at + k].lemmas for k in range(len(form))):
                    best = (len(form), party)
        return best


def _is_acronym(word: Word) -> bool:
    """Whether it stands in one form in all cases: "ВСУ"."""
    return len(word.text) > 1 and word.text.isupper()


def _mention(found: Sequence[Word], first: int, last: int, party: str) -> Mention:
    head = found[first]
    adjective = any(f.pos == "ADJF" or f.pos == "NPRO" for f in head.forms)
    if adjective and not any(f.pos == "NOUN" for f in head.forms[:1]):
        following = (w for w in found[first + 1 : last + 4] if any(f.pos == "NOUN" for f in w.forms))
        head = next(following, head)
    before = first - 1
    while before >= 0 and _agrees(found[before], head):
        before -= 1
    if before >= 0 and found[before + 1].start > found[before].end + 1:
        before = -1  # a comma parts them
    preposition = None
    if before >= 0:
        if any(f.pos == "PREP" for f in found[before].forms):
            preposition = found[before].text.lower()
        elif _owned(found[before]) and (head.has("gent") or _is_acronym(head)):
            head = found[before]
            if before and any(f.pos == "PREP" for f in found[before - 1].forms):
                preposition = found[before - 1].text.lower()
    return Mention(first, last, party, head, preposition)


def _agrees(word: Word, head: Word) -> bool:
    """Whether a word is an adjective that may belong to a noun, by case and number."""
    if not any(f.pos == "ADJF" for f in word.forms[:1]):
        return False
    pairs = [(f.grammemes, g.grammemes) for f in word.forms for g in head.forms]
    return any(f & g & CASES and ("plur" in f) == ("plur" in g) for f, g in pairs)


def _owned(word: Word) -> bool:
    """Whether a party behind a noun may be whose it is: not behind a place, "у Києві ворога немає"."""
    named = word.has("Geox") or (word.text[0].isupper() and not any(f.known for f in word.forms))
    return bool(word.forms) and word.forms[0].pos == "NOUN" and not named


@dataclass(frozen=True, slots=True)
class PartyNames:
    """The Cyrillic names of a profile's parties, and of the bodies that belong to them, by first word."""

    profile: ConflictProfile
    language: Language
    by_first: dict[str, list[tuple[tuple[frozenset[str], ...], str]]]
    enemy: str | None


def party_names(profile: ConflictProfile, language: Language) -> PartyNames:
    """Prepares a profile's names for one language.

    Where a profile lists a language's word for "enemy" as a party's, that party is `enemy`.
    """
    named = [(form, p.id) for p in profile.parties for form in p.forms]
    parties = {p.id for p in profile.parties}
    named += [
        (name, a.side) for a in profile.actors if a.role == "body" and a.side in parties for name in a.names
    ]
    by_first: dict[str, list[tuple[tuple[frozenset[str], ...], str]]] = {}
    for form, party in named:
        split = tuple(lemmas(w, language) for w in WORD.findall(form)) if LETTER.search(form) else ()
        for lemma in split[0] if split else ():
            by_first.setdefault(lemma, []).append((split, party))
    words = sorted(lexicon().groups["enemy"])
    enemies = (profile.party_of(w) for w in words if language in _languages(w))
    return PartyNames(profile, language, by_first, next((p for p in enemies if p), None))


def _languages(word: str) -> frozenset[str]:
    """The languages that a word of the shared list belongs to, as far as its dictionary knows it."""
    languages: tuple[Language, ...] = ("uk", "ru")
    return frozenset(one for one in languages if any(f.known for f in forms(word, one)))
