"""Speakers that a sentence names without a reporting verb: before a colon, or after their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from oskil.reading.grammar import has_finite
from oskil.reading.labels import CITING, speaks
from oskil.reading.lexicon import words
from oskil.reading.text import AL, tokens, trim
from oskil.records import Span

# "The mayor, on his way out: ...", "It is the president: ...".
BEFORE_COLON = re.compile(
    r"(?:(?:It|That|This)(?:['’]s| is| was) )?([A-ZÀ-Þ@а-яa-z][^:;“”\"«»\n]{2,110}):\s+(?=\S)"
)
ASKED = re.compile(r"(?:Asked|Pressed) [^:“\"\n]{2,80}:\s+(?=[“\"«])")
PERSON = re.compile(
    rf"[A-ZÀ-Þ][\w’'.-]*(?: (?:al|el|bin|van|von|de|del) | )(?:{AL}?[A-ZÀ-Þ][\w’'.-]*)"
    rf"(?: {AL}?[A-ZÀ-Þ][\w’'.-]*)?"
)
CUT = re.compile(r",|\s(?:citing|quoting|quoted|via|in|of|on|at|to|from|outside|inside|by)\s")
WHOSE = r"((?:the |an? |our )?[\w'’. -]{2,70}?)"
NUMBER_NOUN = (
    r"(?:count|figures?|tally|toll|numbers?|estimate|version|account|reckoning|words?|story|claim|view)"
)
THAT_IS = r"(?:\w+,? ){0,2}(?:[Tt]hat|[Tt]his|[Tt]hose)(?:['’]s| is| was| are| were) "
TELLS = (
    r"(?:says?|said|writes?|wrote|tells?|told|puts?|put|claims?|claimed|reports?|reported|sees?|saw|counts?)"
)
REST = r"\b[^“\"]{0,60}$"
# "That is the ministry's count.", "At least that is what the mayor wrote.", "So says the mayor."
AFTERWARDS = (
    re.compile(rf"{THAT_IS}{WHOSE}['’]s? (?:own )?{NUMBER_NOUN}{REST}"),
    re.compile(rf"{THAT_IS}(?:what|how|as) {WHOSE} {TELLS}{REST}"),
    re.compile(rf"So (?:says?|said|claims?|claimed) {WHOSE}[.!]$"),
)
# "That's the prime minister, to reporters in the capital."
PRESENTED = re.compile(
    r"(?:It|That|This)(?:['’]s| is| was) ([^,:;“\"]{3,80}?),? "
    r"(?:speaking|talking|to|on|in an interview)\b[^:“\"]{2,60}\.$"
)
HEAD = re.compile(
    r"(?:\d{1,2}[:.]\d{2}\s*(?:[–—|-]\s*)?)?(.{2,70}?)\s+(?:on|via) (X|Telegram|Twitter|Facebook|TikTok)$"
)
ENTRY = re.compile(r"(?:\d{1,2}[:.]\d{2})(?!\d)")


MOST_NAMES = 3  # of one person
MOST_BEFORE_OFFICE = 5  # words from a name to the office that it holds


@dataclass(frozen=True, slots=True)
class Saying:
    """Who speaks in the rest of a sentence, through whom; an empty source goes on with the speaker before."""

    source: str
    relay: str
    content: Span


def before_colon(text: str, sentence: Span, quotes: Sequence[Span]) -> Saying | None:
    """Who stands before a sentence's first colon and speaks behind it; None where nobody does."""
    if asked := ASKED.match(text, sentence.start, sentence.end):
        return Saying("", "", trim(text, Span(asked.end(), sentence.end), '“”"«» '))
    match = BEFORE_COLON.match(text, sentence.start, sentence.end)
    if match is None or match.end() >= sentence.end:
        return None
    named = match.group(1).strip()
    quoted = any(match.end() <= q.start <= match.end() + 1 for q in quotes)
    if has_finite(tokens(named, Span(0, len(named)))):
        return None
    content = trim(text, Span(match.end(), sentence.end), '“”"«» ')
    outlet, cited = (CITING.split(named, maxsplit=1) + [""])[:2]
    if cited:
        return Saying(cited, outlet, content)
    return Saying(named, "", content) if _can_speak(named, quoted=quoted) else None


def _can_speak(named: str, *, quoted: bool) -> bool:
    first = CUT.split(named)[0]
    if speaks(named) or _titled(first):
        return True
    last = re.findall(r"[\w'’-]+", first.lower())[-1:]
    if last and last[0] in words().groups["roles"]:
        return True
    person = PERSON.fullmatch(first.strip()) is not None
    return person and (quoted or _office(named[len(first) :]))


def _titled(phrase: str) -> bool:
    """Whether a name ends the phrase and an office or rank stands right before it: "Mayor Ihor Terekhov"."""
    said = re.findall(r"[\w'’-]+", phrase)
    names = list(takewhile(lambda w: w[0].isupper() and not _is_title(w), reversed(said)))
    return 0 < len(names) <= MOST_NAMES and len(names) < len(said) and _is_title(said[-len(names) - 1])


def _is_title(word: str) -> bool:
    return word.lower() in words().groups["roles"] | words().groups["short_titles"]


def _office(aside: str) -> bool:
    """Whether what follows a name tells an office: ", head of the regional administration"."""
    return any(_is_title(w) for w in re.findall(r"[\w'’-]+", aside)[:MOST_BEFORE_OFFICE])


def of_the_one_before(text: str, sentence: Span) -> str:
    """Whose word the sentence before this one is, where this one says no more than that; else nothing."""
    whole = text[sentence.start : sentence.end]
    for pattern in AFTERWARDS:
        if match := pattern.match(whole):
            return match.group(1)
    return ""


def presented(text: str, sentence: Span) -> str:
    """Who a sentence only presents as the one whose words are heard: "That is the mayor, to reporters."."""
    match = PRESENTED.match(text[sentence.start : sentence.end])
    return match.group(1) if match else ""


def head_speaker(head: str) -> tuple[str, str]:
    """Who speaks under a heading, and on which platform: "19:02 Border guard on Telegram"."""
    match = HEAD.match(head)
    return (match.group(1), match.group(2)) if match else ("", "")


def is_entry(head: str) -> bool:
    """Whether a heading is the stamp of a live blog's entry."""
    return ENTRY.match(head) is not None
