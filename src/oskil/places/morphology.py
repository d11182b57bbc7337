"""Forms of Russian and Ukrainian words: what dictionary word a form belongs to, and the nominatives of names.

Two dictionaries stand behind it (pymorphy3). They take about half a second to load, so each is loaded when a
text first needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, Literal

Language = Literal["uk", "ru"]
LETTER = re.compile(r"[\u0400-\u04ff]")
ONLY_UKRAINIAN, ONLY_RUSSIAN = re.compile(r"[іїєґІЇЄҐ]"), re.compile(r"[ыэъёЫЭЪЁ]")
ALSO_UKRAINIAN = re.compile(r"\b(?:та|що|це|від|після|було|його)\b", re.I)
ALSO_RUSSIAN = re.compile(r"\b(?:что|это|после|было|его|для|как|из|от|при|был|со)\b", re.I)
APOSTROPHES = re.compile("[’‘ʼʹ`´]")
PERSON = frozenset(("Name", "Surn", "Patr"))
# What a dictionary lacks: endings of names in other cases, and of their nominatives.
ENDINGS = (
    ("ського", ("ське", "ський")),
    ("ському", ("ське", "ський")),
    ("ого", ("е", "ое", "ий")),
    ("ому", ("е", "ое", "ий")),
    ("ій", ("а", "я")),
    ("ої", ("а",)),
    ("ой", ("а", "ая")),
    ("ою", ("а",)),
    ("ею", ("я", "а")),
    ("єю", ("я",)),
    ("ях", ("і", "и")),
    ("ах", ("и",)),
    ("ем", ("е", "ь", "")),
    ("ом", ("", "о")),
    ("им", ("е", "ий")),
    ("ці", ("ка",)),
    ("ки", ("ка",)),
    ("ку", ("ка", "к")),
    ("ке", ("ка", "к")),
    ("ва", ("ів", "в", "во", "ове")),
    ("ві", ("ів", "ва")),
    ("ве", ("в", "во", "ва")),
    ("и", ("а", "ь")),
    ("і", ("а", "я", "ь", "")),
    ("ї", ("я",)),
    ("у", ("а", "", "о")),
    ("ю", ("я", "ь", "й")),
    ("я", ("ь", "е")),
    ("а", ("", "о")),
    ("е", ("", "а")),
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to understand a word form: its dictionary word, part of speech and grammemes (OpenCorpora's).

    `known`: the dictionary has it; otherwise it was guessed from the ending.
    """

    lemma: str
    pos: str
    grammemes: frozenset[str]
    known: bool

    @property
    def names_person(self) -> bool:
        """Whether it is a first name, a surname or a patronymic."""
        return bool(self.grammemes & PERSON)


def is_cyrillic(text: str) -> bool:
    """Whether most letters of a text are Cyrillic."""
    cyrillic = len(LETTER.findall(text))
    return cyrillic > 0 and 2 * cyrillic >= sum(map(str.isalpha, text))


@lru_cache(maxsize=1_000)
def language_of(text: str) -> Language:
    """Ukrainian or Russian, by letters that the other lacks, then by common words, then by dictionary."""
    ukrainian, russian = len(ONLY_UKRAINIAN.findall(text)), len(ONLY_RUSSIAN.findall(text))
    if ukrainian == russian:
        ukrainian, russian = len(ALSO_UKRAINIAN.findall(text)), len(ALSO_RUSSIAN.findall(text))
    if ukrainian == russian:
        sample = re.findall(r"[\u0400-\u04ff]{3,}", text)[:40]
        ukrainian, russian = (_known(sample, "uk"), _known(sample, "ru"))
    return "ru" if russian > ukrainian else "uk"


def _known(words: Sequence[str], language: Language) -> int:
    return sum(_analyzer(language).word_is_known(plain(word)) for word in words)


@cache
def _analyzer(language: Language) -> Any:
    factory: Any = import_module("pymorphy3").MorphAnalyzer

    return factory(lang=language)


def plain(word: str) -> str:
    """Lower case, with one kind of apostrophe: as the dictionaries write."""
    return APOSTROPHES.sub("'", word.lower())


@lru_cache(maxsize=50_000)
def forms(word: str, language: Language) -> tuple[Form, ...]:
    """All that a word form may be, the likeliest first; compared without case."""
    out: dict[Form, None] = {}
    for parse in _analyzer(language).parse(plain(word)):
        pos = str(parse.tag.POS or "")
        out[Form(parse.normal_form, pos, frozenset(parse.tag.grammemes), bool(parse.is_known))] = None
    return tuple(out)


@lru_cache(maxsize=50_000)
def lemmas(word: str, language: Language) -> frozenset[str]:
    """The dictionary words that a form may belong to, itself among them."""
    low = plain(word)
    found = (low, *(form.lemma for form in forms(low, language)))
    # Texts and lists write "ё" and "е" as they please.
    return frozenset((*found, *(lemma.replace("ё", "е") for lemma in found)))


@lru_cache(maxsize=20_000)
def may_name_place(word: str, language: Language) -> bool:
    """Whether a capitalised word at the head of a sentence may have its capital from being a place's name.

    A place is an inanimate noun of one number only; a word that the dictionary lacks may be anything.
    """
    parses = [p for p in _analyzer(language).parse(plain(word)) if p.is_known]
    if not parses:
        return True
    nouns = [p for p in parses if p.tag.POS == "NOUN" and "anim" not in p.tag.grammemes]
    return any(p.tag.grammemes & {"Geox", "Pltm"} or p.inflect({"plur"}) is None for p in nouns)


@lru_cache(maxsize=20_000)
def nominatives(word: str, language: Language) -> tuple[tuple[str, ...], ...]:
    """What a form of a name may be in the nominative, the surest first: itself, by dictionary, by endings.

    Lower case; each of the three takes in those before it.
    """
    low = plain(word)
    known = dict.fromkeys((low, *_by_dictionary(low, language)))
    return (low,), tuple(known), tuple(dict.fromkeys((*known, *_by_ending(low))))


def _by_dictionary(low: str, language: Language) -> Iterator[str]:
    for parse in sorted(_analyzer(language).parse(low), key=lambda p: p.tag.POS != "NOUN"):
        tag = parse.tag
        if tag.POS == "NOUN":
            yield parse.normal_form
            if "plur" in tag and (plural := parse.inflect({"plur", "nomn"})):
                yield plural.word
        elif tag.POS in ("ADJF", "PRTF", "NPRO"):
            for wanted in ({"masc"}, {"femn"}, {"neut"}, {"plur"}):
                if nominative := parse.inflect({"nomn", *wanted}):
                    yield nominative.word


def _by_ending(low: str) -> Iterator[str]:
    for ending, others in ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            for other in others:
                yield low[: len(low) - len(ending)] + other


def bases(adjective: str, language: Language) -> Iterator[str]:
    """The names that an adjective may be made from: "куп'янському" gives "куп'янськ" among others."""
    for form in forms(adjective, language):
        match = re.fullmatch(r"(.+?)(ськ|цьк|зьк|ск|цк)(?:ий|ій)", form.lemma)
        if form.pos == "ADJF" and match:
            yield from _bases(match.group(1), match.group(2))


def _bases(stem: str, suffix: str) -> Iterator[str]:
    yield stem + suffix
    soft = {"цьк": ("ць", "ки", "ка"), "цк": ("ц", "ки", "ка"), "зьк": ("г", "жжя", "з"), "зк": ("г",)}
    for ending in soft.get(suffix, ("", "ь", "ка", "ки", "е", "о", "а", "и", "ы", "ля", "я", "ье", "жжя")):
        yield stem + ending
    for old, new in (("піль", "поле"), ("пол", "поле"), ("різь", "ріг"), ("ж", "жье"), ("рі", "ріжжя")):
        if stem.endswith(old):
            yield stem[: len(stem) - len(old)] + new


def in_nominative(words: Sequence[str], language: Language) -> str:
    """A phrase with its head in the nominative: "речника міста" gives "речник міста", a full name the name.

    Words are inflected up to the first noun, and all names of persons; what hangs on them stays.
    """
    out, headed = [], False
    for word in words:
        parses = _analyzer(language).parse(plain(word))
        personal = (
            [p for p in parses if p.tag.grammemes & PERSON and p.is_known] if word[:1].isupper() else []
        )
        if headed and not personal:
            out.append(word)
            continue
        chosen = (personal or parses)[0]
        headed = headed or chosen.tag.POS == "NOUN" and not personal
        out.append(_nominative(word, chosen))
    return " ".join(out)


def _nominative(word: str, parse: Any) -> str:
    if word.isupper() or parse.tag.POS not in ("NOUN", "ADJF"):
        return word
    inflected = parse.inflect({"nomn"})
    if inflected is None:
        return word
    lower: str = inflected.word
    return lower.capitalize() if word[:1].isupper() else lower
