"""Sources: where the noun phrase of whoever speaks begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oskil.reading.attribution.cues import is_cue, quote_edge
from oskil.reading.attribution.said import MARKS, span_of
from oskil.reading.grammar import finite_at, has_finite
from oskil.reading.lexicon import words
from oskil.reading.text import CLOSING, OPENING, STRAIGHT, Token, trim
from oskil.records import Span

BOUNDARY = frozenset(",;:–—()[]") | frozenset(OPENING + CLOSING + STRAIGHT) | {"--"}


SUBORDINATORS = frozenset("that because although while when if as since after before but".split())


# "A pilot reached by phone", "soldiers stationed in the port": no predicates of those who speak.
MODIFYING = frozenset(
    "reached contacted interviewed quoted cited based stationed deployed posted trapped caught displaced"
    " wounded evacuated detained freed released hired sent".split()
)
BY = frozenset("by at in from near on over via inside outside to".split())
LEADING_TO = frozenset("to by with from against through".split())
RELATIVE_REACH = 6  # tokens before a verb in which its relative pronoun is sought
RELATIVE_BREAK = frozenset("which who where".split())


TIME_TAIL = re.compile(
    r"[\s,]+(?:(?:on|earlier|later|late|early|last|this)\s+)*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|week|month|two days later"
    r"|(?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december)\s+\d+)(?:\s+(?:night|evening|morning|afternoon))?$",
    re.I,
)


WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
# "On Monday the mayor", "In May 2022 the agency", "Late last week she"; a bare "May" is a name.
TIME_HEAD = re.compile(
    rf"(?:(?:late|early|earlier|later) )?(?:(?:on|in|by|since) (?:the )?(?:(?:morning|evening|night) of )?"
    rf"(?:{WEEKDAY}|\d{{1,2}} {MONTH}|{MONTH}(?: \d{{1,2}}(?![\d,]))?)(?:,? \d{{4}})?"
    rf"|(?:last|this|earlier this) (?:{WEEKDAY}|night|week|month|year)"
    r"|yesterday|overnight|today)"
    r"(?: (?:night|evening|morning|afternoon))?,? +",
    re.I,
)
NAMED = re.compile(r"(?!and\b)[^\W\d_]")  # "On 24 and 25 May" is followed by nobody


def subject_start(toks: list[Token], i: int) -> int | None:
    """Index where the subject of the cue at `i` begins, or None where there is no subject."""
    groups = words().groups
    j = i - 1
    while j >= 0 and (
        toks[j].low in groups["reporting_adverbs"] or toks[j].low in groups["time_words"] or _manner(toks, j)
    ):
        j -= 1
    if j < 0 or (toks[j].quoted and not nickname(toks, j)):
        return None
    if toks[j].text == ",":
        return _before_apposition(toks, j)
    if toks[j].low in ("and", "but") and j < i:
        return i
    if not toks[j].is_word and toks[j].text not in "])":
        return None
    return _noun_phrase_start(toks, j)


def _manner(toks: list[Token], j: int) -> bool:
    """Whether an adverb stands between an auxiliary and its verb: "has visually confirmed"."""
    return j > 0 and toks[j].low.endswith("ly") and toks[j - 1].low in words().auxiliaries


def _noun_phrase_start(toks: list[Token], j: int) -> int:
    last = j
    while j >= 0:
        low = toks[j].low
        if toks[j].quoted and j + 1 <= last and not nickname(toks, j):
            break
        if toks[j].text in BOUNDARY and not nickname(toks, j) and toks[j].text not in "()[]":
            break
        if low in SUBORDINATORS or low in RELATIVE_BREAK:
            # "A group that documents abuses said": the relative clause belongs to the noun before it.
            if low in ("that", "which", "who") and last - j >= 1 and _closes_relative(toks, j, last):
                return _noun_phrase_start(toks, j - 1)
            break
        if j < last and finite_at(toks, j) and not (low in MODIFYING and toks[j + 1].low in BY):
            # "Officers who spoke on condition of anonymity said", "officials who asked not to be named told".
            who = next((k for k in range(j - 1, max(0, j - RELATIVE_REACH), -1) if _opens(toks, k)), None)
            if who and toks[who].text not in BOUNDARY and _is_noun(toks, who - 1):
                return _noun_phrase_start(toks, who - 1)
            break
        if low == "and" and has_finite(toks[max(0, j - 6) : j]):
            break
        j -= 1
    return j + 1


def _closes_relative(toks: list[Token], j: int, last: int) -> bool:
    """Whether a relative clause that begins at `j`, behind a noun, has its verb before `last`."""
    verb = toks[j + 1].low
    return _is_noun(toks, j - 1) and (
        has_finite(toks[j + 1 : last + 1]) or verb.endswith(("s", "ed")) or verb in words().cues
    )


def _opens(toks: list[Token], k: int) -> bool:
    """Whether a relative clause begins here, or a mark ends the look for one."""
    return toks[k].low in ("that", "which", "who") or toks[k].text in BOUNDARY


def _is_noun(toks: list[Token], k: int) -> bool:
    return k >= 0 and toks[k].is_word and not is_cue(toks, k) and not finite_at(toks, k)


def nickname(toks: list[Token], j: int) -> bool:
    """A single quoted word between two capitalised ones: Serhiy "Flash" Beskrestnov."""
    lo, hi = max(0, j - 2), min(len(toks), j + 3)
    near = toks[lo:hi]
    marks = [t for t in near if quote_edge(t)]
    return len(marks) >= 2 and all(t.text[0].isupper() for t in near if t.is_word)


def _before_apposition(toks: list[Token], comma: int) -> int | None:
    """'Vitaliy Ganchev, the head of ..., said' and '..., two days later, said': the phrase before the
    last pair of commas.
    """
    opener = next((k for k in range(comma - 1, -1, -1) if toks[k].text == "," and not toks[k].quoted), None)
    if opener is None or opener == 0 or toks[opener - 1].quoted:
        return None
    inside = toks[opener + 1 : comma]
    if not inside:
        return None
    appositive = inside[0].low in (
        "the",
        "a",
        "an",
        "who",
        "which",
        "whose",
        "his",
        "her",
        "its",
        "one",
    ) or _is_title(inside)
    if not appositive and has_finite(inside):
        return None
    return _noun_phrase_start(toks, opener - 1)


def after_apposition(toks: list[Token], i: int) -> bool:
    """Whether the comma before the cue closes an apposition to a subject: '"...", the spokesman, Major
    Bello, said it'.
    """
    start = _before_apposition(toks, i - 1) if toks[i - 1].text == "," else None
    return (
        start is not None
        and (start == 0 or quote_edge(toks[start - 1]) or toks[start - 1].text == ",")
        and (start == 0 or toks[start - 1].quoted or any(t.quoted for t in toks[:start]))
    )


def _is_title(inside: Sequence[Token]) -> bool:
    """'head of the regional council', 'commander of ...': an apposition without an article."""
    return inside[0].text.islower() and any(t.low == "of" for t in inside[:4])


def antecedent(text: str, toks: list[Token], i: int) -> Span | None:
    """Of 'told by the governor of the port, who said' or ', who fled and said', with the cue at `i`, the
    governor of the port.
    """
    who = next(
        (k for k in range(i - 1, 1, -1) if toks[k].text in BOUNDARY or toks[k].low in ("who", "which")), 0
    )
    if who < 2 or toks[who].text in BOUNDARY or toks[who - 1].text != ",":
        return None
    start = _noun_phrase_start(toks, who - 2)
    led = [k for k in range(start, who - 2) if toks[k].low in LEADING_TO]
    return strip_tail(text, span_of(toks, led[-1] + 1 if led else start, who - 2))


def first_subject(text: str, toks: list[Token], before: int) -> Span | None:
    """The noun phrase that opens the sentence, up to its first finite verb."""
    verb = next((j for j in range(before) if finite_at(toks, j)), None)
    return strip_tail(text, span_of(toks, 0, verb - 1)) if verb else None


def can_be_source(toks: list[Token], k: int) -> bool:
    """Whether a noun phrase for a speaker begins here: a name, an article, a role before a name, a crowd."""
    low = toks[k].low
    if toks[k].text[0].isupper() or low in (
        "a",
        "an",
        "the",
        "its",
        "his",
        "her",
        "their",
        "one",
        "some",
        "he",
        "she",
    ):
        return True
    for tok in toks[k : k + 6]:
        if not tok.is_word:
            return False
        if tok.low in words().groups["crowd_nouns"] or (tok.text[0].isupper() and tok is not toks[k]):
            return low not in words().groups["before_nouns"]
    return False


def strip_tail(text: str, span: Span) -> Span | None:
    """A source without a time at either end, or a platform or adverbs behind it."""
    span = trim(text, span, MARKS)
    before = TIME_HEAD.match(text, span.start, span.end)
    if before and NAMED.match(text, before.end(), span.end):
        span = trim(text, Span(before.end(), span.end), MARKS)
    while True:
        match = TIME_TAIL.search(text[span.start : span.end])
        if match and match.start() > 0:
            span = trim(text, Span(span.start, span.start + match.start()), MARKS)
            continue
        word = re.search(r"[\s,]+([\w-]+)$", text[span.start : span.end])
        before = re.search(r"([\w-]*)$", text[span.start : span.start + word.start()]) if word else None
        manner = word and word[1].endswith("ly") and before and before[1].lower() in words().auxiliaries
        if word and (manner or word[1].lower() in words().groups["reporting_adverbs"]):
            span = trim(text, Span(span.start, span.start + word.start()), MARKS)
            continue
        break
    return span if span.end > span.start else None
