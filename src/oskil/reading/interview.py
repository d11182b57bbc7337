"""Interviews in questions and answers: which paragraphs ask, which answer, and who is interviewed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from oskil.reading.lexicon import words
from oskil.records import Span

DASH = re.compile(r"[—–-]\s+(?=\S)")
LETTER = re.compile(r"[*_]*(Q|A|Question|Answer)\s*[:.][*_]*\s+(?=\S)", re.I)
NAMED = re.compile(r"[*_]*([A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,4})[*_]*:[*_]*\s+(?=\S)")
ASKS = re.compile(r"\?[\"”'*_]*$")
LEAST = 2  # questions, and answers, that make an interview
MOSTLY = 0.5  # of the turns of the one who asks end in a question mark, and more than the other's
LONGEST_QUESTION = 45  # words of a question that no mark sets off
TALKED = re.compile(
    r"\b(?:(?:spoke|talked|sat down|speaks|talks|spoken|interview|conversation) (?:with|to)"
    r"|interview(?:s|ed)?|met(?: with)?|(?:asked|reached|called)(?= [A-Z])|questions to)\s+"
    r"(?!(?:us|our|him|her|them|this)\b)([^.;:?!]{3,200})"
)
ANSWERS = re.compile(
    r"(?:^|[.;]\s+)([A-Z][^.;:?!]{3,120}?)\s+"
    r"(?:answers?|answered|spoke to|talked to|talks to|told|agreed to speak)\b"
)
CALL_SIGN = re.compile(r"\bcall ?sign(?:ed)?,?\s+[\"“]?([A-Z][\w’'-]+)")
PHRASE_END = re.compile(
    r",?\s+(?:whose|who|which|about|for an interview|by (?:phone|telephone|video)|via|over|after|before"
    r"|at|on|when|and)\b.*$"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph of an interview: what is said in it, without its mark, and whether it asks."""

    span: Span
    asks: bool


@dataclass(frozen=True, slots=True)
class Interview:
    """The turns by the paragraphs that they are, who answers, and by which call sign or name."""

    turns: dict[Span, Turn]
    who: str
    name: str = ""


def interview(text: str, paragraphs: Sequence[Span]) -> Interview | None:
    """The interview that the paragraphs are; None where they are none or nothing says who answers."""
    for turns, label in (_dashed(text, paragraphs), _lettered(text, paragraphs), _named(text, paragraphs)):
        if turns:
            return _with_answerer(text, turns, label)
    unmarked = _unmarked(text, paragraphs)
    return _with_answerer(text, unmarked, "") if unmarked else None


def _with_answerer(text: str, turns: dict[Span, Turn], label: str) -> Interview | None:
    """Who is met in what stands before the first turn; else whose name stands before the answers."""
    head = text[: min(p.start for p in turns)]
    found = TALKED.search(head) or ANSWERS.search(head)
    phrase = found.group(1) if found else ""
    sign = CALL_SIGN.search(phrase)
    who = PHRASE_END.sub("", " ".join(phrase.split())).strip(" ,")
    named = bool(label) and label.split()[-1].lower() not in who.lower()
    if sign:
        return Interview(turns, who, sign.group(1))
    who = label if named and label else who
    return Interview(turns, who, "") if who else None


def _dashed(text: str, paragraphs: Sequence[Span]) -> tuple[dict[Span, Turn], str]:
    """A dash before each turn: the first asks, and so every other one."""
    marked = [(p, m) for p in paragraphs if (m := DASH.match(text, p.start, p.end))]
    turns = {p: Turn(Span(m.end(), p.end), k % 2 == 0) for k, (p, m) in enumerate(marked)}
    return (turns if _is_interview(text, turns) else {}), ""


def _lettered(text: str, paragraphs: Sequence[Span]) -> tuple[dict[Span, Turn], str]:
    """ "Q:" and "A:"; what follows without a mark goes on with the turn before it."""
    marks = {p: m for p in paragraphs if (m := LETTER.match(text, p.start, p.end))}
    turns = _running_on(paragraphs, {p: (m, m.group(1)[0].lower() == "q") for p, m in marks.items()})
    return (turns if _is_interview(text, turns) else {}), ""


def _named(text: str, paragraphs: Sequence[Span]) -> tuple[dict[Span, Turn], str]:
    """Two names before colons that take turns: the one whose turns mostly end in a question mark asks."""
    marks = {p: m for p in paragraphs if (m := NAMED.match(text, p.start, p.end))}
    often = [n for n, times in Counter(m.group(1) for m in marks.values()).items() if times >= LEAST]
    if len(often) != 2:
        return {}, ""
    asking = max(often, key=lambda n: _share(text, [p for p, m in marks.items() if m.group(1) == n]))
    kept = {p: (m, m.group(1) == asking) for p, m in marks.items() if m.group(1) in often}
    turns = _running_on(paragraphs, kept)
    answering = next(n for n in often if n != asking)
    return (turns if _is_interview(text, turns) else {}), answering


def _unmarked(text: str, paragraphs: Sequence[Span]) -> dict[Span, Turn]:
    """Paragraphs that are questions, as bold print or a subhead sets them off, each with an answer behind it.

    More of them are asked for than of marked ones, and an introduction that says who was spoken to.
    """
    asking = {p: None for p in paragraphs if _is_question(text, p)}
    first = next(iter(asking), None)
    if len(asking) < LEAST + 1 or first is None or TALKED.search(text, 0, first.start) is None:
        return {}
    after = [p for p in paragraphs if p.start >= first.start]
    return {p: Turn(p, p in asking) for p in after}


def _is_question(text: str, paragraph: Span) -> bool:
    bare = text[paragraph.start : paragraph.end]
    return bool(ASKS.search(bare)) and len(bare.split()) <= LONGEST_QUESTION and bare[0] not in '"“«„'


def _running_on(
    paragraphs: Sequence[Span], marked: dict[Span, tuple[re.Match[str], bool]]
) -> dict[Span, Turn]:
    turns: dict[Span, Turn] = {}
    asks: bool | None = None
    for p in paragraphs:
        if p in marked:
            match, asks = marked[p]
            turns[p] = Turn(Span(match.end(), p.end), asks)
        elif asks is not None:
            turns[p] = Turn(p, asks)
    return turns


def _is_interview(text: str, turns: dict[Span, Turn]) -> bool:
    asked = [p for p, t in turns.items() if t.asks]
    answered = [p for p, t in turns.items() if not t.asks]
    if min(len(asked), len(answered)) < LEAST:
        return False
    return _share(text, asked) >= MOSTLY and _share(text, asked) > _share(text, answered)


def _share(text: str, paragraphs: Sequence[Span]) -> float:
    """How many of the paragraphs end in a question mark, from 0 to 1."""
    return sum(bool(ASKS.search(text[p.start : p.end])) for p in paragraphs) / max(1, len(paragraphs))


def first_person(phrase: str) -> bool:
    """Whether a source is the one who speaks: "I", "we"."""
    return phrase.lower() in words().groups["first_persons"]
