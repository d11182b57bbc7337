"""Sentences and words of Cyrillic text, with what each word may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oskil.places.morphology import Form, Language, forms, lemmas
from oskil.reading.text import trim
from oskil.records import Span

WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼ`-][^\W\d_]+)*")
END = re.compile(r"(?:[.!?…]+[»”\")]*(?:\s+(?=[«“\"„(*–—-]*\s*[A-ZА-ЯІЇЄҐ0-9])|$))|\n+")
# A full stop behind one of these, or behind an initial, ends no sentence.
ABBREVIATED = re.compile(
    r"(?:\b(?:с|м|г|р|смт|пгт|пос|сел|дер|н\.\s?п|ім|им|обл|вул|ул|просп|ген|полк|кв|км|тис|тыс|млн|ст|див|напр|т\.\s?[зн]|рр|гг)"
    r"|\b[А-ЯІЇЄҐ]|\d\d?)\.\s+$"
)
FINITE = frozenset(("VERB", "PRTS", "PRED"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and its possible dictionary words."""

    start: int
    end: int
    text: str
    lemmas: frozenset[str]
    forms: tuple[Form, ...]

    def has(self, *grammemes: str) -> bool:
        """Whether one reading has all these grammemes."""
        return any(set(grammemes) <= {f.pos, *f.grammemes} for f in self.forms)

    @property
    def finite(self) -> bool:
        """Whether it may be a predicate: a finite verb, a short participle or a passive one."""
        return any(f.pos in FINITE or "pssv" in f.grammemes for f in self.forms[:3])


def words(text: str, span: Span, language: Language) -> list[Word]:
    """The words of a span in order."""
    return [
        Word(m.start(), m.end(), m.group(), lemmas(m.group(), language), forms(m.group(), language))
        for m in WORD.finditer(text, span.start, span.end)
    ]


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a span; a line is at least one."""
    start = span.start
    for match in END.finditer(text, span.start, span.end):
        if "\n" not in match.group() and ABBREVIATED.search(text[start : match.end()]):
            continue
        one = trim(text, Span(start, match.end()))
        if one.start < one.end:
            yield one
        start = match.end()
    last = trim(text, Span(start, span.end))
    if last.start < last.end:
        yield last


def occurs(pattern: Sequence[str], found: Sequence[Word]) -> bool:
    """Whether the dictionary words of a pattern follow one another; `*` lets up to two words between."""
    return any(_from(pattern, found, at) for at in range(len(found)))


def _from(pattern: Sequence[str], found: Sequence[Word], at: int) -> bool:
    if not pattern:
        return True
    if pattern[0] == "*":
        return any(_from(pattern[1:], found, at + skip) for skip in range(3))
    return at < len(found) and pattern[0] in found[at].lemmas and _from(pattern[1:], found, at + 1)
