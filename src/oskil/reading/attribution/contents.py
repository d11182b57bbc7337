"""Contents: where what is said begins and ends, to either side of a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oskil.reading.attribution.cues import is_cue, quote_edge
from oskil.reading.attribution.said import span_of, stretch
from oskil.reading.grammar import finite_at, has_finite
from oskil.reading.lexicon import words
from oskil.reading.text import Token
from oskil.records import Span

ADVERBIAL = re.compile(
    r"(?:on|in|at|during|after|before|from|to|via|through|earlier|later|late|early|last|this|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|yesterday|today|adding|citing|when|as|while|of|with|by|without|for|about)\b",
    re.I,
)


MONTH = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*")


def behind_cue(toks: list[Token], i: int, takes: str) -> int | None:
    """Index of the first token of the content behind the cue, or None where nothing of content follows."""
    introduced = _introduced(toks, i, takes)
    if introduced is not None or takes == "quote":
        return introduced
    return _bare(toks, i, takes)


def _introduced(toks: list[Token], i: int, takes: str) -> int | None:
    """Content behind a colon, a quotation mark or 'that', before another clause begins."""
    n = len(toks)
    for j in range(i + 1, min(n - 1, i + 26)):
        low = toks[j].low
        if low == ":":
            return j + 1 + (quote_edge(toks[j + 1]) and j + 2 < n)
        if toks[j].quoted:
            return _include_lead(toks, i, j)
        if takes != "quote" and finite_at(toks, j) and low not in words().groups["report_nouns"]:
            return None
        if low in ("that", "how", "whether"):
            return j + 1 + (quote_edge(toks[j + 1]) and j + 2 < n)
        another = low.endswith("ing") and low in words().cues
        begun = low == "," and (j > i + 1 or toks[j + 1].low.endswith("ing"))
        if another or (begun and not _that_follows(toks, i, j)):
            return None
    return None


def _bare(toks: list[Token], i: int, takes: str) -> int | None:
    """Content that nothing introduces: 'said the road was cut', 'announced a truce', 'vowed to return'."""
    if len([t for t in toks[i + 1 :] if t.is_word]) < 2 or toks[i + 1].text == ",":
        return None
    low, objects = toks[i + 1].low, takes in ("any", "noun")
    if words().cues[toks[i].low].lemma == "tell":
        return _after_addressee(toks, i)
    if ADVERBIAL.match(low) and low != "to" and not has_finite(toks[i + 1 :]):
        return i + 1 if takes == "noun" else None
    if objects:
        return i + 1
    return _skip_adverbial(toks, i + 1) if has_finite(toks[i + 1 :]) else None


def _that_follows(toks: list[Token], i: int, comma: int) -> bool:
    """'said on Monday, citing residents, that ...': behind the aside, and not 'sparking a fire that ...'."""
    near = range(comma + 1, min(comma + 8, len(toks)))
    return comma < i + 9 and any(toks[k].low == "that" and toks[k - 1].text == "," for k in near)


def _include_lead(toks: list[Token], i: int, j: int) -> int:
    """Where a quotation begins in mid-sentence, the words between cue and quotation are content too."""
    opening = j - 1
    lead = [t for t in toks[i + 1 : opening] if t.is_word]
    if not lead or ADVERBIAL.match(toks[i + 1].low) and not has_finite(lead):
        return j
    if words().cues[toks[i].low].lemma == "tell" and not has_finite(lead):
        return j
    return i + 1


def _skip_adverbial(toks: list[Token], j: int) -> int:
    """Past 'on Thursday', 'earlier on Thursday' or 'at a briefing' between a cue and its clause."""
    k = j
    while k < len(toks) and (toks[k].low in words().groups["time_words"] or _in_a_date(toks, k)):
        k += 1
    return k if k < len(toks) else j


def _in_a_date(toks: list[Token], k: int) -> bool:
    """'on June 14', 'on 14 June'; not the 34 of 'said 34 people'."""
    beside = [*toks[max(0, k - 1) : k], *toks[k + 1 : k + 2]]
    if re.fullmatch(r"\d{1,2}", toks[k].text):
        return any(MONTH.fullmatch(t.low) for t in beside)
    return MONTH.fullmatch(toks[k].low) is not None and any(t.text.isdigit() for t in beside)


def _after_addressee(toks: list[Token], i: int) -> int | None:
    """'told Reuters last month that ...', 'told Axios news service ceding ...': the first clause behind
    the addressee.
    """
    j = i + 1
    if toks[j].low == "the":
        j += 1
    while j < len(toks) and (
        toks[j].text[0].isupper()
        or toks[j].low in ("reporters", "journalists", "news", "on", "in", "last", "month", "week")
        or toks[j].low in words().groups["outlet_nouns"]
    ):
        j += 1
    return j if j < len(toks) and has_finite(toks[j:]) else None


CONTRASTING = frozenset("but while whereas and".split())
NO_OTHER = frozenset("that he she it they we i not also then later".split())
SAYING = frozenset("said says".split())
MOST_OF_A_NAME = 7  # words


def right_end(toks: list[Token], start: int, sentence: Span) -> int:
    """Content ends before a trailing 'according to X' or ', Reuters reported'."""
    cues = words().cues
    for j in range(start, len(toks)):
        if toks[j].quoted:
            continue
        if toks[j].text == ";" and _another_speaks(toks, j):
            return toks[j].start
        if toks[j].low == "according":
            return toks[j].start
        if toks[j].low in CONTRASTING and j > start + 2 and _another_says(toks, j):
            return toks[j - 1].start if toks[j - 1].text == "," else toks[j].start
        if toks[j].text == "," and any(t.low in cues and not t.quoted for t in toks[j + 1 : j + 7]):
            tail = toks[j + 1 :]
            at = next(k for k, t in enumerate(tail) if t.low in cues and not t.quoted)
            if len([t for t in tail[at + 1 :] if t.is_word]) <= 6 and not tail[at].low.endswith("ing"):
                return toks[j].start
            if tail[0].low.endswith("ing") and tail[0].low in cues:
                return toks[j].start
    return sentence.end


def _another_speaks(toks: list[Token], semicolon: int) -> bool:
    """'said that the road was cut; the ministry called it a lie': a cue with a subject of its own."""
    for k in range(semicolon + 2, len(toks)):
        if toks[k].text in (";", ",") or toks[k].quoted:
            return False
        if is_cue(toks, k) and not toks[k].low.endswith("ing"):
            return toks[semicolon + 1].low not in ("that", "and", "he", "she", "it", "they")
    return False


def _another_says(toks: list[Token], joint: int) -> bool:
    """'said it had taken the town, but state TV said ...': a subject of its own right before a cue."""
    if joint + 2 >= len(toks) or toks[joint + 1].low in NO_OTHER or not toks[joint + 1].is_word:
        return False
    for k in range(joint + 2, min(len(toks), joint + 2 + MOST_OF_A_NAME)):
        if not toks[k].is_word or toks[k].quoted:
            return False
        if is_cue(toks, k):
            return toks[joint].low != "and" or toks[k].low in SAYING
        if finite_at(toks, k):
            return False
    return False


def that_or_quote(toks: list[Token], i: int, right: int) -> bool:
    return right < len(toks) and (
        toks[right].quoted or toks[right - 1].low == "that" or toks[right - 1].text == ":"
    )


def after_quotes(text: str, sentence: Span, toks: list[Token], end: int) -> tuple[Span, ...]:
    """Quotations that follow an attribution in the same sentence are its content too."""
    opening = next((j for j in range(end, len(toks)) if toks[j].quoted), None)
    if opening is None:
        return ()
    start = opening
    # ', but any deal must be "accepted"': the words that lead to the quotation belong to it.
    if any(t.low in ("but", "and", "that") for t in toks[end:opening]):
        start = next(j for j in range(end, opening) if toks[j].low in ("but", "and", "that")) + 1
    cues = words().cues
    if any(t.low in cues for t in toks[start:opening]):
        return ()
    return stretch(text, sentence, toks[start].start, sentence.end)


def clause_start(toks: list[Token], i: int, sentence: Span) -> int:
    """Where the content before an attribution begins: after a semicolon, or the colon of what introduces it
    ("A diplomat disputed this: the army, he said, ..."), else at the start.
    """
    for j in range(i - 1, 0, -1):
        opens = toks[j].text == ";" or (toks[j].text == ":" and has_finite(toks[:j]))
        if opens and not toks[j].quoted:
            return toks[j].end
    return sentence.start


def addressee_of(toks: list[Token], i: int) -> Span | None:
    if words().cues[toks[i].low].lemma != "tell" or i + 1 >= len(toks):
        return None
    j = i + 1
    if toks[j].low == "the":
        j += 1
    end = j
    while end < len(toks) and toks[end].text[0].isupper() and not toks[end].quoted:
        end += 1
    if end == j and toks[i + 1].low == "the":
        return _outlet_pointed_at(toks, j)
    return span_of(toks, j, end - 1) if end > j else None


def _outlet_pointed_at(toks: list[Token], j: int) -> Span | None:
    """'told the broadcaster', 'told the state news agency'."""
    nouns = words().groups["outlet_nouns"]
    end = next((k for k in range(j, min(j + 3, len(toks))) if toks[k].low in nouns), None)
    return span_of(toks, j, end) if end is not None and not toks[end].quoted else None


def platform_of(toks: list[Token], i: int) -> str | None:
    """The platform named by the cue ('tweeted') or just behind it ('posted Thursday on Telegram')."""
    if words().cues[toks[i].low].lemma == "tweet":
        return "Twitter"
    for j in range(i + 1, min(i + 9, len(toks) - 1)):
        if toks[j].quoted:
            break
        if toks[j].low in ("on", "via") and toks[j + 1].low in words().groups["platforms"]:
            return toks[j + 1].text
    return None


def says_something(left: Sequence[Token]) -> bool:
    """Whether the words before a source are content, not an introduction ('On Tuesday, ...')."""
    if any(t.quoted for t in left):
        return True
    first = next((t.low for t in left if t.is_word), "")
    if first in ("while", "although", "though", "when", "after", "before", "as", "despite", "recalling"):
        return False
    return has_finite(left)


def only_where(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether what stands before a source only says where or when, with a clause of its own about that, and
    what is said follows: 'In Kherson, where the water stood high, the governor said ...'.
    """
    first = next((t.low for t in left if t.is_word), "")
    opened = next(
        (k for k, t in enumerate(left) if t.low in ("where", "which", "when", "whose", "who")), None
    )
    if first not in CIRCUMSTANCES or opened is None or any(t.quoted for t in left):
        return False
    return not has_finite(left[:opened]) and has_finite(right)


def resumes(left: Sequence[Token], toks: list[Token], i: int) -> bool:
    """'The aim, some analysts say, could be ...', 'If the pass falls, she added, the road is open', 'Near
    Lyman, the staff said, two tanks burned': behind the cue and a comma the interrupted clause goes on with
    its verb, or follows its condition, its time or its place.
    """
    if i + 3 >= len(toks) or toks[i + 1].text != ",":
        return False
    first = next((t.low for t in left if t.is_word), "")
    condition = first in CONDITIONS and sum(t.text == "," for t in left) <= 1
    circumstance = first in CIRCUMSTANCES and not has_finite(left) and not any(t.quoted for t in left)
    return finite_at(toks, i + 2) or ((condition or circumstance) and has_finite(toks[i + 2 :]))


CIRCUMSTANCES = frozenset(
    "in on at near by between from during after before since along outside inside around across over under"
    " within until through beyond behind throughout amid despite with without".split()
)
CONDITIONS = frozenset("if unless once should were until when".split())
