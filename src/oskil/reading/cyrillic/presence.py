"""Who is in a place, or no longer: "в селі орки", "орків у місті немає", "Купянск под ними"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oskil.reading.cyrillic.lexicon import lexicon
from oskil.reading.cyrillic.sides import Mention, Sides
from oskil.reading.cyrillic.words import Word

LONGEST = 12  # words; in longer clauses a party is named for many reasons
SHORTEST_TALK = 6  # words of a clause without a verb that only says who is where
BESIDE = 4  # words between a party and the word that says that it is not there
UNDER = frozenset(("під", "под"))
IN = frozenset(("у", "в", "на", "біля", "возле"))


@dataclass(frozen=True, slots=True)
class Present:
    """What is told of a party in a place: the kind of claim, and the party that holds the place by it."""

    kind: str
    holder: str | None


def presence_of(found: Sequence[Word], sides: Sides) -> Present | None:
    """What a short clause tells of one party that is in a place, has it, is gone from it or is not there.

    Only the words of people count: "втрат ворога немає" is of losses. None where two parties are named.
    """
    mentions = list(sides.mentions(found)) if 1 < len(found) <= LONGEST else []
    if len({m.party for m in mentions}) != 1:
        return None
    groups = lexicon().groups
    who = mentions[0]
    if not _of_people(who, found):
        return None
    if _absent(who, found):
        return Present("control", sides.other(who.party))
    if who.preposition in UNDER and who.head.has("ablt"):
        return Present("control", who.party)
    verbs = [w for w in found if w.has("VERB") and w is not who.head]
    if who.acts and any(w.lemmas & groups["loses"] for w in verbs):
        return Present("movement", sides.other(who.party))
    if who.acts and any(w.lemmas & groups["stays"] for w in verbs):
        return Present("movement", who.party)
    verbless = not any(w.finite for w in found)
    there = any(w.text.lower() in IN for w in found)
    if (
        verbless
        and there
        and len(found) <= SHORTEST_TALK
        and who.preposition is None
        and who.head.has("nomn")
    ):
        return Present("movement", who.party)
    return None


def _of_people(who: Mention, found: Sequence[Word]) -> bool:
    named = found[who.first : who.last + 1]
    return who.head in named or bool(who.head.lemmas & lexicon().groups["men"])


def _absent(who: Mention, found: Sequence[Word]) -> bool:
    """ "Орків немає", "нет врага": the party in the genitive beside the word that there is none."""
    near = found[max(0, who.first - BESIDE) : who.last + 1 + BESIDE]
    none = any(w.text.lower() in lexicon().groups["none"] for w in near)
    return none and who.preposition is None and who.head.has("gent")
