"""Names of places in Ukrainian and Russian texts, in whatever case they stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml

from oskil.places.candidates import borne, local, sounding
from oskil.places.interface import Gazetteer
from oskil.places.mention import Found, Searched, in_list
from oskil.places.morphology import (
    Language,
    bases,
    forms,
    is_cyrillic,
    language_of,
    lemmas,
    may_name_place,
    nominatives,
)
from oskil.places.normalise import key
from oskil.places.tokens import Token, adjacent
from oskil.records import Place

_LONGEST = 3
_LIST = 12  # words of a list of adjectives: "на Лиманському, Бахмутському та Авдіївському напрямках"
_AND = frozenset(("та", "і", "й", "и", "а", "також", "также"))
_CALLED = ("directions", "regions", "communities", "districts")
_OF_A_TOWN = re.compile(r"(?:[сцз]ьк|ск|цк)(?:ому|ій|ом|ой|ого|ая|а|ий|ої)$")
_BLOCK = 300  # characters
_LEVELS = 3  # of nominatives: as written, by the dictionary, by endings
_EACH = 10  # nominatives tried for each word of a name of several
_KNOWN = 15_000  # people; a town that needs no word to set it down
_TOWN = 2_000  # people; directions are called after towns
_FAMILIAR = 100_000  # people; a name that is read as a place also where it could be a person's
_LOOK_BACK = 3  # words before a name that may state a relation
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:с|м|г|смт|сел|пгт|пос|дер|н\.\s?п)\.\s*$", re.I)
_LATIN = dict(
    zip(
        "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v h g d e ie yo zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia".split(),
        strict=True,
    )
)


@cache
def _words() -> dict[str, frozenset[str]]:
    data = yaml.safe_load(Path(__file__).with_name("cyrillic.yaml").read_text(encoding="utf8"))
    winds = data.pop("winds")
    return {name: frozenset(str(listed).split()) for name, listed in (*data.items(), *winds.items())}


def begins_here(it: Searched, at: int) -> bool:
    """Whether a token may begin a Cyrillic name: a capital, or an adjective that a direction follows."""
    token = it.tokens[at]
    if not is_cyrillic(token.text):
        return False
    return token.capital or _kind_after(it, at) in ("directions", "regions")


def _language(it: Searched, at: int) -> Language:
    """The language around a token; the text's blocks are told apart once each."""
    block = it.tokens[at].start // _BLOCK
    return language_of(it.text[max(0, block - 1) * _BLOCK : (block + 2) * _BLOCK])


def take(it: Searched, at: int, previous: Found | None) -> tuple[int, list[Found]]:
    """How many tokens to pass over, and what was found in them."""
    language = _language(it, at)
    if found := _by_adjective(it, at, language):
        return (2 if _noun_of(it, at)[1] == at + 1 else 1), [found]
    if not it.tokens[at].capital:
        return 1, []
    for last in range(min(at + _LONGEST, len(it.tokens)) - 1, at - 1, -1):
        run = it.tokens[at : last + 1]
        if not _one_name(it.text, run):
            continue
        latin, candidates = _candidates(it, run, language)
        if candidates and _accepted(it, at, last, candidates, language, previous):
            return last - at + 1, [_found(it, at, last, candidates, latin, language)]
    if "-" in it.tokens[at].text and (parts := list(_hyphenated(it, at, language))):
        return 1, parts
    return _unknown(it, at, language)


def _one_name(text: str, run: Sequence[Token]) -> bool:
    return all(t.capital for t in run) and all(
        adjacent(text, a, b) for a, b in zip(run, run[1:], strict=False)
    )


def _candidates(it: Searched, run: Sequence[Token], language: Language) -> tuple[str, tuple[Place, ...]]:
    """Places that the surest nominative of the words names that names any here, and that in Latin letters."""
    best: tuple[str, tuple[Place, ...]] = ("", ())
    for level in range(_LEVELS):
        each = [nominatives(t.text, language)[level][: _EACH if len(run) > 1 else None] for t in run]
        found: dict[int, Place] = {}
        latin = ""
        for words in itertools.product(*each):
            named = _named(it, " ".join(words))
            latin = latin or (_latin(" ".join(words)) if named else "")
            found |= {p.id: p for p in named if p.id not in found}
        if any(p.kind != "settlement" or local(p, it.profile) for p in found.values()):
            return latin, tuple(found.values())
        best = best if best[1] else (latin, tuple(found.values()))
    return best


def _named(it: Searched, name: str) -> list[Place]:
    found = it.gazetteer.search(name)
    alias = it.aliases.get(key(name))
    named = [*found, *(p for p in it.gazetteer.search(alias) if p not in found)] if alias else found
    return list(borne(_latin(name), named))


def _found(
    it: Searched, first: int, last: int, candidates: tuple[Place, ...], latin: str, language: Language
) -> Found:
    start, end = it.tokens[first].start, it.tokens[last].end
    use = "name"
    if candidates[0].kind == "country" and first and _is_any(it.tokens[first - 1], "bodies", language):
        use = "metonym"
    return Found(start, end, it.text[start:end], use, candidates, _relation(it, first, language), latin=latin)


# --- whether it is a place -----------------------------------------------------------------------


def _accepted(
    it: Searched,
    first: int,
    last: int,
    candidates: Sequence[Place],
    language: Language,
    previous: Found | None,
) -> bool:
    head, tail = it.tokens[first], it.tokens[last]
    if len(head.text) < 3 or (first == last and head.text.isupper() and len(head.text) < 6):
        return False
    if any(p.kind != "settlement" for p in candidates):
        return True
    if it.others.cover(head.start, tail.end) or _quoted(it.text, head.start, tail.end):
        return False
    before = it.tokens[first - 1] if first else None
    if before and _near_by(it.text, before, head) and _bars(before, language):
        return False
    if _inside_longer(it, first, last, language):
        return False
    if it.profile.countries and not any(local(p, it.profile) or p.population >= _KNOWN for p in candidates):
        return False
    set_down = _set_down(it, first, language) or _listed(it, first, last, previous)
    if set_down:
        return not _is_full_name(it, first, last, language)
    return _is_name(it, first, last, candidates, language)


def _inside_longer(it: Searched, first: int, last: int, language: Language) -> bool:
    """Whether an adjective beside it makes the name part of a longer one: "Велика Новосілка"."""
    before = it.tokens[first - 1] if first else None
    if before and before.capital and not before.heads and adjacent(it.text, before, it.tokens[first]):
        return _is_adjective(before, language)
    following = it.tokens[last + 1] if last + 1 < len(it.tokens) else None
    if following and following.capital and adjacent(it.text, it.tokens[last], following):
        return _is_adjective(it.tokens[last], language) and not _kind_after(it, last + 1)
    return False


def _is_adjective(token: Token, language: Language) -> bool:
    readings = forms(token.text, language)
    return bool(readings) and all(f.pos == "ADJF" for f in readings if f.known or len(readings) == 1)


def _is_name(it: Searched, first: int, last: int, candidates: Sequence[Place], language: Language) -> bool:
    """Whether words that nothing sets down are a place's name all the same."""
    token = it.tokens[first]
    readings = [f for f in forms(token.text, language) if f.known]
    if _beside_name(it, first, last, language):
        return False
    if readings and all(f.names_person for f in readings):
        return max(p.population for p in candidates) >= _FAMILIAR
    if first == last and readings and all(f.pos == "ADJF" for f in readings):
        return False
    return not (token.heads and first == last and not may_name_place(token.text, language))


def _bars(before: Token, language: Language) -> bool:
    return _is_any(before, "features", language) or _is_any(before, "units", language)


def _near_by(text: str, before: Token, head: Token) -> bool:
    return text[before.end : head.start].strip(' .\u00a0«"“') == ""


def _quoted(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in tuple('«"“„') and text[end : end + 1] in tuple('»"”“')


def _set_down(it: Searched, first: int, language: Language) -> bool:
    """Whether the word before makes it a place: a preposition, "село", or a verb of taking or striking."""
    token = it.tokens[first]
    if _ABBREVIATED.search(it.text[max(0, token.start - 8) : token.start]):
        return True
    before = it.tokens[first - 1] if first else None
    if before is None or not it.text[before.end : token.start].isspace():
        return False
    return _is_any(before, "locating", language) or _is_any(before, "settlements", language)


def _listed(it: Searched, first: int, last: int, previous: Found | None) -> bool:
    start, end = it.tokens[first].start, it.tokens[last].end
    return previous is not None and in_list(it.text, previous, Found(start, end, "", "name"))


def _is_full_name(it: Searched, first: int, last: int, language: Language) -> bool:
    """Whether a person's names stand here: "у Дмитра Орлова"."""
    return first == last and _beside_name(it, first, last, language)


def _beside_name(it: Searched, first: int, last: int, language: Language) -> bool:
    """Whether a first name, a patronymic or a title stands beside."""
    before = it.tokens[first - 1] if first else None
    after = it.tokens[last + 1] if last + 1 < len(it.tokens) else None
    if before and adjacent(it.text, before, it.tokens[first]):
        if before.capital and _is_first_name(before, language):
            return True
        if _is_any(before, "titles", language) and not _is_only_place(it.tokens[first], language):
            return True
    if after and after.capital and adjacent(it.text, it.tokens[last], after):
        return _is_first_name(it.tokens[last], language) and not _is_any(after, "regions", language)
    return False


def _is_first_name(token: Token, language: Language) -> bool:
    readings = forms(token.text, language)
    # "Из" is also a form of "Иза".
    return not any(f.pos == "PREP" for f in readings) and any(
        f.known and f.grammemes & {"Name", "Patr"} for f in readings
    )


def _is_only_place(token: Token, language: Language) -> bool:
    return not any(f.names_person or f.pos == "ADJF" for f in forms(token.text, language))


def _is_any(token: Token, group: str, language: Language) -> bool:
    return bool(lemmas(token.text, language) & _words()[group])


# --- adjectives ----------------------------------------------------------------------------------


def _kind_after(it: Searched, at: int) -> str:
    """What an adjective of a place's name belongs to: "directions", "regions", "communities", "districts"; it
    stands behind the last of a list.
    """
    return _noun_of(it, at)[0]


def _noun_of(it: Searched, at: int) -> tuple[str, int]:
    """That group, and the token of the noun; ("", at) where there is none."""
    language = _language(it, at)
    for k in range(at + 1, min(at + _LIST, len(it.tokens))):
        gap = it.text[it.tokens[k - 1].end : it.tokens[k].start]
        listed = k > at + 1 and not adjacent(it.text, it.tokens[at], it.tokens[at + 1])
        listed = listed or it.tokens[at + 1].low in _AND
        if gap.strip() not in ("", ",") or (gap.strip() and it.tokens[k].low in _words()["directions"]):
            break
        following = lemmas(it.tokens[k].text, language)
        group = next((g for g in _CALLED if following & _words()[g]), "")
        if group and (k == at + 1 or listed):
            return group, k
        if it.tokens[k].low not in _AND and not (
            it.tokens[k].capital and _adjectival(it.tokens[k], language)
        ):
            break
    return "", at


def _adjectival(token: Token, language: Language) -> bool:
    return any(f.pos == "ADJF" for f in forms(token.text, language))


def _may_be_listed(token: Token, language: Language) -> bool:
    """Whether it may be an adjective of such a list; the dictionary does not know those of all towns."""
    return token.capital and (_adjectival(token, language) or _OF_A_TOWN.search(token.low) is not None)


def _by_adjective(it: Searched, at: int, language: Language) -> Found | None:
    """A region, or the settlement that a direction or a community is called after."""
    kind, noun = _noun_of(it, at)
    if not kind or not _adjectival(it.tokens[at], language):
        return None
    start, end = it.tokens[at].start, it.tokens[noun if noun == at + 1 else at].end
    if kind in ("regions", "districts"):
        region = _region(it.gazetteer, it.tokens[at].text, language) if kind == "regions" else ()
        use = "metonym" if it.tokens[noun].text.isupper() else "name"  # "ОДА": who governs the region
        return Found(start, end, it.text[start:end], use, region) if region else None
    found: dict[int, Place] = {}
    latin = ""
    for base in bases(it.tokens[at].text, language):
        named = it.gazetteer.search(base)
        before = len(found)
        found |= {
            p.id: p
            for p in named
            if p.kind == "settlement"
            and local(p, it.profile)
            and (kind != "directions" or p.population >= _TOWN)
        }
        latin = latin or (_latin(base) if len(found) > before else "")
    if not found:
        return None
    relation = "direction" if kind == "directions" else "near"
    word = it.tokens[at]
    name = it.text[word.start : word.end]
    return Found(word.start, word.end, name, "name", tuple(found.values()), relation, latin=latin)


def _region(gazetteer: Gazetteer, adjective: str, language: Language) -> tuple[Place, ...]:
    for name in nominatives(adjective, language)[1]:
        if regions := [p for p in gazetteer.search(f"{name} область") if p.kind == "region"]:
            return tuple(regions)
    return ()


# --- relations, parts, the unknown -----------------------------------------------------------------


def _relation(it: Searched, first: int, language: Language) -> str:
    """What the few words before the name say of how near it, and on which side, something is; a direction is
    called so behind it.
    """
    if _kind_after(it, first) == "directions":
        return "direction"
    back = it.tokens[max(0, first - _LOOK_BACK) : first]
    gap = it.text[back[0].start : it.tokens[first].start] if back else ""
    if re.search(r"[.;:!?\n]\s", gap) and not _ABBREVIATED.search(gap):
        back = back[-1:]
    before = [lemmas(t.text, language) for t in back]
    winds = [w for w in ("north", "south", "east", "west") if any(b & _words()[w] for b in before)]
    nearest = before[-1] if before else frozenset()
    if winds and nearest & {"від", "от", *_words()[winds[0]]}:
        return f"{winds[0]} of"
    for group, relation in (("outskirts", "outskirts of"), ("near", "near"), ("toward", "toward")):
        reach = before[-2:] if nearest & _words()["settlements"] else before[-1:]
        if any(b & _words()[group] for b in reach):
            return relation
    return ""


def _hyphenated(it: Searched, at: int, language: Language) -> Iterator[Found]:
    """The parts of "Лиман-Ізюм", where each is a place."""
    start = it.tokens[at].start
    for part in it.tokens[at].text.split("-"):
        token = Token(start, start + len(part), part, part.lower(), part[:1].isupper(), False, False)
        latin, candidates = _candidates(it, [token], language) if token.capital else ("", ())
        if any(local(p, it.profile) for p in candidates):
            yield Found(token.start, token.end, part, "name", candidates, latin=latin)
        start += len(part) + 1


def _unknown(it: Searched, at: int, language: Language) -> tuple[int, list[Found]]:
    """A name that the gazetteer lacks: by its sound in Latin letters, or unplaced where it is set down."""
    token = it.tokens[at]
    before = it.tokens[at - 1] if at else None
    called = bool(
        _ABBREVIATED.search(it.text[max(0, token.start - 8) : token.start])
        or (
            before
            and it.text[before.end : token.start].isspace()
            and _is_any(before, "settlements", language)
        )
    )
    if len(token.text) < 4 or token.text.isupper() or not (called or _set_down(it, at, language)):
        return 1, []
    if before and _near_by(it.text, before, token) and _bars(before, language):
        return 1, []
    heard: dict[int, Place] = {}
    if not any(f.known and f.names_person for f in forms(token.text, language)):
        for name in nominatives(token.text, language)[1][:4]:
            heard |= {p.id: p for p in sounding(it, _latin(name), True)}
    if not heard and not called:
        return 1, []
    use = "name" if heard else "unknown"
    relation = _relation(it, at, language)
    return 1, [Found(token.start, token.end, token.text, use, tuple(heard.values()), relation, bool(heard))]


def _latin(name: str) -> str:
    return "".join(_LATIN.get(c, c) for c in name).replace("_", "").replace("'", "").capitalize()
