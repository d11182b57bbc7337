"""How a text relates its matter to a place: at it, near it, north of it, or not to the place at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oskil.places.tokens import Token
from oskil.places.words import words

WIND = r"(?:north|south)(?:[\s-]?(?:east|west))?|east|west"
_KIND = r"(?:the\s+)?(?:(?:city|town|village|settlement|suburb|port|outskirts)s?\s+of\s+)?"
_WIND_OF = re.compile(rf"\b({WIND})(?:ern)?(?:\s+(?:side|part|edge))?\s+of\s+{_KIND}$", re.I)
_NEAR = re.compile(
    rf"\b(?:near|around|outside|close\s+to|next\s+to|beside|vicinity\s+of|areas?\s+(?:of|around|near))\s+{_KIND}$",
    re.I,
)
_OUTSKIRTS = re.compile(rf"\b(?:outskirts|suburbs|edges?)\s+of\s+{_KIND}$", re.I)
_TOWARD = re.compile(rf"\b(?:towards?|approach(?:es)?\s+to)\s+{_KIND}$", re.I)
_DIRECTION_OF = re.compile(rf"\b(?:directions?|axis|axes)\s+of\s+{_KIND}$", re.I)
_DIRECTION_AFTER = re.compile(r"\s*-?\s*(?:tactical\s+)?(?:directions?|ax[ie]s|sectors?)\b", re.I)
_AREA_AFTER = re.compile(r"\s+(?:tactical\s+)?area\b", re.I)
_OUTSKIRTS_AFTER = re.compile(r"['’]s?\s+(?:\w+\s+)?(?:outskirts|suburbs?)\b", re.I)
_SHARE_OF = re.compile(
    r"(?:\b(?:rest|remainder|remaining\s+parts|entirety|whole|percent|per\s+cent)|%)\s+of\s+$", re.I
)
# "They crossed the Dnipro near ..."; not "the Kharkiv front", "the Kherson and Mykolaiv regions".
_ARTICLE = re.compile(r"\bthe\s+$", re.I)
_ALONE = re.compile(
    r"\s*(?:$|[.;:)!?–—]|,\s*(?=[a-z])|(?:and|or)\s+(?=[a-z])|(?:near|at|in|on|to|by|from|into|with|since|as|after|before|over|under|between|towards?"
    r"|is|was|has|had|will|would|can|could|flows?|runs?|while|where|which|that|but|for|during|until|again)\b)"
)
# "Форсували Дніпро", "переправитися через Оскіл", "на лівому березі Дніпра"; towns have no banks.
_CROSSED = re.compile(
    r"\b(?:форсу\w+|форсир\w+|(?:пере|вы|ви)прав\w+\s+(?:через|за)|(?:лів|прав|лев|обо|обе)\w*\s+бере[гз]\w*|берегами?)\s+$",
    re.I,
)
_MANY_AFTER = re.compile(
    r"[^.;:]{0,60}?\b(?:regions|oblasts|provinces|governorates|states|districts|counties|raions|directions|axes|areas"
    r"|sectors|fronts|towns|cities|villages|settlements|communities|roads|highways|salients|pockets)\b",
    re.I,
)
_LOOK_BACK = 60


def wind(word: str) -> str:
    """A wind in one form: "north-east", "North East" and "northeastern" are "northeast"."""
    low = re.sub(r"[\s-]", "", word.lower())
    return low.removesuffix("ern")


def relation(text: str, start: int, end: int) -> str:
    """The relation that the words beside a name state; "" where they state none."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if match := _WIND_OF.search(before):
        return f"{wind(match.group(1))} of"
    if _OUTSKIRTS.search(before) or _OUTSKIRTS_AFTER.match(text, end):
        return "outskirts of"
    if _DIRECTION_AFTER.match(text, end):
        return "direction"
    if _TOWARD.search(before) or _DIRECTION_OF.search(before):
        return "toward"
    if _NEAR.search(before) or _AREA_AFTER.match(text, end):
        return "near"
    return ""


def as_of_water(text: str, start: int, end: int) -> bool:
    """Whether a name is written as those of rivers are and those of towns are not: alone behind "the", or as
    what is crossed or has banks.
    """
    if _CROSSED.search(text, max(0, start - _LOOK_BACK), start):
        return True
    return (
        _ARTICLE.search(text, max(0, start - 8), start) is not None
        and _ALONE.match(text, end) is not None
        and _MANY_AFTER.match(text, end) is None
    )


def share_of(text: str, start: int) -> bool:
    """Whether a share of the named is spoken of, as one does of regions: "the rest of Donetsk"."""
    return bool(_SHARE_OF.search(text, max(0, start - _LOOK_BACK), start))


def locating(tokens: Sequence[Token], first: int) -> bool:
    """Whether the word before a name sets it down as a place: "in", "near", "struck", "the town of"."""
    at = first - 1
    if at >= 0 and tokens[at].low == "the":
        at -= 1
    if at < 0:
        return False
    if tokens[at].low == "of":
        kinds = (
            words("settlements")
            | words("outskirts")
            | {"north", "south", "east", "west", "area", "direction"}
        )
        return at > 0 and (tokens[at - 1].low in kinds or bool(re.fullmatch(WIND, tokens[at - 1].low)))
    return tokens[at].low in words("locating") or tokens[at].low in words("settlements")


def metonym(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a capital stands for its government: it acts, is dealt with, or owns what governments own."""
    if tokens[last].possessive:
        owned = {t.low for t in tokens[last + 1 : last + 3]}
        return not owned & words("own_things") and not locating(tokens, first)
    before = tokens[first - 1].low if first else ""
    if locating(tokens, first) and before not in ("from", "to"):
        return False
    if before in words("dealing"):
        return True
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following is None or not text[tokens[last].end : following.start].isspace():
        return False
    if following.low in words("acting"):
        return before not in ("from", "to") and not _suffers(tokens, last)
    return (
        following.low in ("is", "was", "were", "are")
        and not _suffers(tokens, last)
        and before not in ("from", "to")
    )


def _suffers(tokens: Sequence[Token], last: int) -> bool:
    """Whether the verb that follows happens to the place: "was hit", "has been shelled", "came under"."""
    return any(t.low in words("suffering") for t in tokens[last + 1 : last + 4])
