"""Which party holds, or gained, a place according to a clause."""

from __future__ import annotations

from collections.abc import Sequence

from oskil.reading.cyrillic.lexicon import lexicon
from oskil.reading.cyrillic.sides import Mention, Sides
from oskil.reading.cyrillic.words import Word, occurs

HELD_KINDS = frozenset(("control", "movement", "area"))
WITHIN_FIRE = (("вогневий", "контроль"), ("огневой", "контроль"))  # who can shell a place does not hold it
UNDER_CONTROL = tuple((under, "*", "контроль") for under in ("під", "под"))  # whose is not said: one's own
AFTER_CONTROL = 4  # words behind "контроль" or "прапор" in which its owner stands
NOUNS_OF_HOLDING = frozenset(("контроль", "прапор", "флаг", "стяг", "окупація", "оккупация"))


def holder_of(found: Sequence[Word], kind: str, sides: Sides, running: str | None) -> str | None:
    """The party id of the holder, or None where the words do not tell.

    `running` is the party that the sentences before had as their subject.
    """
    if kind not in HELD_KINDS or any(occurs(words, found) for words in WITHIN_FIRE):
        return None
    mentions = list(sides.mentions(found))
    if not mentions and any(occurs(words, found) for words in UNDER_CONTROL):
        return sides.own
    change = _change(found)
    if change is None:
        named = {m.party for m in mentions}
        return named.pop() if kind == "control" and len(named) == 1 else None
    name, at = change
    owner = _owner(found, mentions)
    if owner:
        return owner
    if name == "expels":
        return _after_expelling(mentions, sides)
    if name == "loses":
        return sides.other(_loser(found[at], mentions, sides, running))
    if name == "stands":
        return next((m.party for m in mentions), None)
    return _taker(name, found[at], mentions, sides, running)


def _change(found: Sequence[Word]) -> tuple[str, int] | None:
    groups = lexicon().groups
    for name in ("expels", "frees", "occupies", "loses", "takes", "stands"):
        for at, word in enumerate(found):
            if word.lemmas & groups[name]:
                return name, at
    return None


def _owner(found: Sequence[Word], mentions: Sequence[Mention]) -> str | None:
    """Whose control, flag or occupation it is, where that stands beside the noun."""
    for at, word in enumerate(found):
        if word.lemmas & NOUNS_OF_HOLDING:
            beside = [m for m in mentions if at < m.first <= at + AFTER_CONTROL or m.last in (at - 1, at - 2)]
            by = [m for m in beside if m.preposition is None or m.head is word or m.first < at]
            behind = [m for m in by if m.first > at]
            if behind or by:
                return (behind or by)[0].party
    return None


def _after_expelling(mentions: Sequence[Mention], sides: Sides) -> str | None:
    expelled = next((m for m in mentions if m.suffers), None)
    if expelled:
        return sides.other(expelled.party)
    return next((m.party for m in mentions if m.acts), None)


def _loser(word: Word, mentions: Sequence[Mention], sides: Sides, running: str | None) -> str | None:
    acting = [m for m in mentions if m.acts] or [m for m in mentions if m.preposition is None]
    if acting:
        return acting[0].party
    if any(f.pos == "NOUN" for f in word.forms):
        return sides.own
    return running


def _taker(
    name: str, word: Word, mentions: Sequence[Mention], sides: Sides, running: str | None
) -> str | None:
    frm = lexicon().groups["from"]
    from_whom = next((m for m in mentions if m.preposition in frm), None)
    # "Позиции ВСУ захватили наши штурмовики": who can only be the subject goes first.
    agents = sorted((m for m in mentions if m.acts), key=lambda m: m.head.has("accs"))
    acting = agents[0] if agents else None
    # Of a noun ("захоплення села противником", "окупація росіян") the agent stands in the genitive too.
    if acting is None and any(f.pos == "NOUN" for f in word.forms):
        acting = next((m for m in mentions if m.preposition is None), None)
    if acting and name != "frees":
        return acting.party
    if from_whom:
        return sides.other(from_whom.party)
    if acting:
        return acting.party
    if name == "frees":
        return sides.own
    if name == "occupies":
        return sides.other(sides.own)
    personal = word.has("VERB") and not word.has("Impe")
    return (running or (None if sides.by_home else sides.own)) if personal else None
