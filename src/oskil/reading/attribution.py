"""Who is said to have said what: sources, cues and contents of one sentence, by rules.

A sentence may hold several attributions ("..., Gromov said at a briefing, Reuters reported"). Each comes
out as a `Said`: the source's characters, the cue's, and the stretches of content. A later one whose
content holds an earlier one is its relay, which `speakers.py` decides by who the source is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oskil.reading.grammar import finite_at, has_finite
from oskil.reading.lexicon import words
from oskil.reading.text import CLOSING, OPENING, STRAIGHT, Token, tokens, trim
from oskil.records import Span

MARKS = ' \t\n,;:–—-."“”«»'
BOUNDARY = frozenset(",;:–—()[]") | frozenset(OPENING + CLOSING + STRAIGHT) | {"--"}
SUBORDINATORS = frozenset("that because although while when if as since after before but".split())
RELATIVE_BREAK = frozenset("which who where".split())
ADVERBIAL = re.compile(
    r"(?:on|in|at|during|after|before|from|to|via|through|earlier|later|late|early|last|this|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|yesterday|today|adding|citing|when|as|while|of|with|by|without|for|about)\b",
    re.I,
)
UNPROVED = re.compile(r"\s(?:could|can) ?not (?:\w+ly )?be (?:\w+ly )?(?:verified|confirmed|established)\b")
TIME_TAIL = re.compile(
    r"[\s,]+(?:(?:on|earlier|later|late|early|last|this)\s+)*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|week|month|two days later|(?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december)\s+\d+)(?:\s+(?:night|evening|morning|afternoon))?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution of a sentence. `source` is None where no one is named; `stance` is the cue's.

    `form` is "verb", "according", "shown" (footage, photographs) or "noun" (claims that ...). `platform`
    is the platform that the cue or its surroundings name.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    lemma: str
    stance: str
    form: str
    platform: str | None = None
    addressee: Span | None = None
    interrupted: bool = False
    lead: Span | None = None
    shared: bool = False


def attributions(text: str, sentence: Span, quotes: Sequence[Span]) -> list[Said]:
    """All attributions of one sentence, in the order of their cues."""
    toks = tokens(text, sentence, quotes)
    found: list[Said] = []
    for i, tok in enumerate(toks):
        if tok.quoted:
            continue
        said = _according(text, sentence, toks, i) or _shown(text, sentence, toks, i)
        said = said or _noun_cue(text, sentence, toks, i) or _verb_cue(text, sentence, toks, i, found)
        if said and said.content:
            found.append(said)
    return _without_repeats(found)


def _without_repeats(found: list[Said]) -> list[Said]:
    """A cue inside another's source or cue ("reported" in "reported claims") is no attribution of its own."""
    out: list[Said] = []
    for said in found:
        if any(o.source and said.cue.inside(o.source) for o in found if o is not said):
            continue
        if any(said.cue.overlaps(o.cue) for o in out):
            continue
        out.append(said)
    return out


def _span(toks: Sequence[Token], first: int, last: int) -> Span:
    return Span(toks[first].start, toks[last].end)


def _quote_edge(tok: Token) -> bool:
    return tok.text in OPENING or tok.text in CLOSING or tok.text == STRAIGHT


def _content(text: str, sentence: Span, start: int, end: int) -> tuple[Span, ...]:
    span = trim(text, Span(max(start, sentence.start), min(end, sentence.end)), MARKS)
    return (span,) if span.end - span.start > 2 else ()


# --- "according to X" -----------------------------------------------------------------------------


def _according(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    if toks[i].low != "according" or i + 2 >= len(toks) or toks[i + 1].low != "to":
        return None
    end = i + 2
    while end < len(toks) and (not _ends_phrase(toks[end]) or _in_list(toks, end)):
        end += 1
    source = _span(toks, i + 2, end - 1)
    cue = _span(toks, i, i + 1)
    left = [t for t in toks[:i] if t.is_word]
    if len(left) >= 3:
        # What stands after the source in the same sentence goes on with the same content.
        content = _content(text, sentence, _clause_start(toks, i, sentence), toks[i].start)
        content += _content(text, sentence, toks[end - 1].end, sentence.end) if _goes_on(toks[end:]) else ()
    else:
        content = _content(text, sentence, toks[end - 1].end, sentence.end)
    return Said(source, cue, content, "according to", "asserted", "according")


def _ends_phrase(tok: Token) -> bool:
    return tok.text in (",", ";", ":", "–", "—", ".", "--") or _quote_edge(tok)


def _in_list(toks: list[Token], comma: int) -> bool:
    """'a joint World Bank, EU and UN report': a comma inside a list of names."""
    after = toks[comma + 1 : comma + 5]
    return (
        toks[comma].text == ","
        and len(after) > 2
        and after[0].text[0].isupper()
        and any(t.low == "and" for t in after[1:3])
    )


def _goes_on(rest: list[Token]) -> bool:
    """Whether what follows a source is content too: a further clause or a share, not another attribution."""
    if len([t for t in rest if t.is_word]) < 4:
        return False
    return not any(is_cue(rest, k) or t.low == "according" for k, t in enumerate(rest))


def _clause_start(toks: list[Token], i: int, sentence: Span) -> int:
    """Where the content before an attribution begins: after an earlier 'but' or a semicolon, else at the start."""
    for j in range(i - 1, 0, -1):
        if toks[j].text == ";" and not toks[j].quoted:
            return toks[j].end
    return sentence.start


# --- footage, photographs -------------------------------------------------------------------------


def _shown(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'Footage shared by X appeared to show ...', 'a photograph posted by X showed ...'."""
    if toks[i].low not in words().groups["evidence_nouns"]:
        return None
    for j in range(i + 1, min(i + 22, len(toks))):
        low = toks[j].low
        if low in (";",):
            return None
        lemma = words().cues[low].lemma if low in words().cues else ""
        if lemma in ("show", "indicate", "suggest", "reveal", "confirm") and not toks[j].quoted:
            break
    else:
        return None
    by = next((k for k in range(i + 1, j) if toks[k].low == "by"), None)
    source = _strip_tail(text, _span(toks, by + 1, j - 1)) if by is not None and by + 1 < j else None
    hedge = next(
        (k for k in range(i + 1, j) if toks[k].low in ("appeared", "appears", "seemed", "seems")), None
    )
    if source and hedge and by is not None:
        source = _strip_tail(text, _span(toks, by + 1, hedge - 1)) if hedge > by + 1 else None
    begin = j + 1
    if begin < len(toks) and toks[begin].low == "that":
        begin += 1
    if begin >= len(toks):
        return None
    content = _content(text, sentence, toks[begin].start, _right_end(toks, begin, sentence))
    unsure = hedge is not None or any(t.low == "unconfirmed" for t in toks[max(0, i - 2) : i])
    stance = "hedged" if unsure else "asserted"
    return Said(
        source, _span(toks, j, j), content, lemma, stance, "shown", lead=_span(toks, max(0, i - 3), i)
    )


def _strip_tail(text: str, span: Span) -> Span | None:
    """A source without a time, a platform or adverbs at its end."""
    span = trim(text, span, MARKS)
    while True:
        match = TIME_TAIL.search(text[span.start : span.end])
        if match and match.start() > 0:
            span = trim(text, Span(span.start, span.start + match.start()), MARKS)
            continue
        word = re.search(r"[\s,]+([\w-]+)$", text[span.start : span.end])
        if word and word.group(1).lower() in words().groups["reporting_adverbs"]:
            span = trim(text, Span(span.start, span.start + word.start()), MARKS)
            continue
        break
    return span if span.end > span.start else None


# --- "claims that ...", "reports emerged that ..." -------------------------------------------------


def _noun_cue(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    if toks[i].low not in words().groups["report_nouns"] or i + 1 >= len(toks):
        return None
    if i and toks[i - 1].low in words().cues:
        return None  # 'refuted claims that ...' is the verb's
    that = next((j for j in range(i + 1, min(i + 5, len(toks))) if toks[j].low == "that"), None)
    if that is None or that + 1 >= len(toks):
        return None
    between = {t.low for t in toks[i + 1 : that]}
    if between - {"emerged", "later", "suggested", "circulated", "say", "said", "on", "thursday", "suggest"}:
        return None
    first = i
    while (
        first > 0
        and toks[first - 1].is_word
        and (
            toks[first - 1].low in ("media", "news", "local", "some", "unconfirmed", "multiple")
            or toks[first - 1].text[0].isupper()
        )
    ):
        first -= 1
    if toks[first].low == "but":
        first += 1
    named = first < i
    source = _span(toks, first, i) if named else None
    unproved = UNPROVED.search(text, toks[that + 1].start, sentence.end)
    end = unproved.start() if unproved else sentence.end
    content = _content(text, sentence, toks[that + 1].start, end)
    return Said(source, _span(toks, i, that), content, "claim", "asserted" if named else "hedged", "noun")


# --- verbs -----------------------------------------------------------------------------------------


def _verb_cue(text: str, sentence: Span, toks: list[Token], i: int, found: list[Said]) -> Said | None:
    cue = words().cues.get(toks[i].text.replace("’", "'"))
    if cue is None or _is_modifier(toks, i):
        return None
    if toks[i].low.endswith("ing"):
        return _participle(text, sentence, toks, i, found)
    if (
        toks[i].low == cue.lemma
        and toks[i].low != words().past_of[cue.lemma]
        and not _plural_subject(toks, i)
    ):
        return None
    before = toks[i - 1] if i else None
    said = _inverted(text, sentence, toks, i) if before is None or before.text in BOUNDARY else None
    return said or _direct(text, sentence, toks, i)


NOT_BEFORE_A_CUE = frozenset(
    "be been was is were being are the a an by to its his her their this that these those as of in newly".split()
)


def _is_modifier(toks: list[Token], i: int) -> bool:
    """A form that modifies a noun or stands in the passive: 'an estimated 70%', 'footage posted by X', 'was reported'."""
    before = toks[i - 1].low if i else ""
    after = toks[i + 1].low if i + 1 < len(toks) else ""
    if before in NOT_BEFORE_A_CUE or after in ("by", "-") or (after == "at" and toks[i].low == "estimated"):
        return True
    participle = toks[i].low.endswith("ed") or toks[i].low in ("shown", "said")
    return (
        participle
        and before in words().groups["evidence_nouns"]
        and words().cues[toks[i].low].lemma in ("post", "report")
    )


def _plural_subject(toks: list[Token], i: int) -> bool:
    """A bare form is a cue only after a plural or a pronoun ('analysts say', 'they believe')."""
    before = toks[i - 1].low if i else ""
    return bool(re.search(r"s$", before)) or before in (
        "they",
        "we",
        "i",
        "you",
        "others",
        "people",
        "also",
        "police",
    )


def _inverted(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'..., said Ganchev, ...': content to the left, the source behind the cue."""
    if i == 0 or i + 1 >= len(toks) or len([t for t in toks[:i] if t.is_word]) < 2:
        return None
    after = toks[i + 1]
    if after.quoted or not after.is_word or after.low == "that" or after.low in words().groups["time_words"]:
        return None
    if (
        not _can_be_source(toks, i + 1)
        or words().cues[toks[i].low].lemma == "tell"
        or _after_apposition(toks, i)
    ):
        return None
    end = i + 1
    while (
        end < len(toks)
        and toks[end].text not in ",;:.–—"
        and toks[end].text != "--"
        and not _quote_edge(toks[end])
    ):
        if end > i + 1 and toks[end].low in (
            "in",
            "at",
            "during",
            "after",
            "on",
            "when",
            "as",
            "while",
            "to",
        ):
            break
        end += 1
    source = _strip_tail(text, _span(toks, i + 1, end - 1))
    if source is None or any(t.low in words().finite and t.text.islower() for t in toks[i + 1 : end]):
        return None
    content = _content(text, sentence, _clause_start(toks, i, sentence), toks[i].start)
    content += _after_quotes(text, sentence, toks, end)
    return Said(
        source,
        _span(toks, i, i),
        content,
        words().cues[toks[i].low].lemma,
        words().cues[toks[i].low].stance,
        "verb",
        _platform(toks, i),
    )


def _after_apposition(toks: list[Token], i: int) -> bool:
    """Whether the comma before the cue closes an apposition to a subject: '"...", the spokesman, Major Bello, said it'."""
    start = _before_apposition(toks, i - 1) if toks[i - 1].text == "," else None
    return (
        start is not None
        and (start == 0 or _quote_edge(toks[start - 1]) or toks[start - 1].text == ",")
        and (start == 0 or toks[start - 1].quoted or any(t.quoted for t in toks[:start]))
    )


def _can_be_source(toks: list[Token], k: int) -> bool:
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


def is_cue(toks: list[Token], k: int) -> bool:
    """Whether the token is a reporting verb in use, not a participle that modifies a noun."""
    return not toks[k].quoted and toks[k].text.replace("’", "'") in words().cues and not _is_modifier(toks, k)


def _after_quotes(text: str, sentence: Span, toks: list[Token], end: int) -> tuple[Span, ...]:
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
    return _content(text, sentence, toks[start].start, sentence.end)


def _direct(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'X said (that) ...' and '..., X said.'"""
    start = _subject_start(toks, i)
    if start is None:
        return None
    # 'X has rejected it and said ...': coordinated verbs share the subject that opens the sentence.
    shared = start > i - 1
    source = _first_subject(text, toks, i) if shared else _strip_tail(text, _span(toks, start, i - 1))
    if source is None:
        return None
    cue = words().cues[toks[i].low]
    left = toks[:start]
    if (
        cue.takes == "quote"
        and not any(t.quoted for t in toks)
        and not any(t.low == "that" for t in toks[i + 1 : i + 4])
    ):
        return None
    post = (
        bool(left)
        and (left[-1].text == "," or _quote_edge(left[-1]) or left[-1].text in "–—")
        and _says_something(left)
    )
    right_start = _right_start(toks, i, cue.takes)
    content: tuple[Span, ...] = ()
    interrupted = False
    if post and (right_start is None or not _that_or_quote(toks, i, right_start)):
        content = _content(text, sentence, _clause_start(toks, start, sentence), toks[start].start)
        content += _after_quotes(text, sentence, toks, i + 1)
    elif left and left[-1].text == "," and _resumes(toks, i) and source is not None:
        content = _content(text, sentence, sentence.start, toks[start].start)
        content += _content(text, sentence, toks[i + 2].start, sentence.end)
        interrupted = True
    elif right_start is not None:
        if post and _ends_with_quote(left):
            content = _content(text, sentence, sentence.start, toks[start].start)
        content += _content(text, sentence, toks[right_start].start, _right_end(toks, right_start, sentence))
    if not content:
        return None
    span, platform, told = _span(toks, i, i), _platform(toks, i), _addressee(toks, i)
    return Said(
        source, span, content, cue.lemma, cue.stance, "verb", platform, told, interrupted, shared=shared
    )


def _resumes(toks: list[Token], i: int) -> bool:
    """'The aim, some analysts say, could be ...': behind the cue and a comma the interrupted clause goes on with its verb."""
    return i + 3 < len(toks) and toks[i + 1].text == "," and finite_at(toks, i + 2)


def _ends_with_quote(left: Sequence[Token]) -> bool:
    return any(t.quoted for t in left)


def _says_something(left: Sequence[Token]) -> bool:
    """Whether the words before a source are content, not an introduction ('On Tuesday, ...')."""
    if any(t.quoted for t in left):
        return True
    first = next((t.low for t in left if t.is_word), "")
    if first in ("while", "although", "though", "when", "after", "before", "as", "despite", "recalling"):
        return False
    return has_finite(left)


def _subject_start(toks: list[Token], i: int) -> int | None:
    """Index where the subject of the cue at `i` begins, or None where there is no subject."""
    groups = words().groups
    j = i - 1
    while j >= 0 and (toks[j].low in groups["reporting_adverbs"] or toks[j].low in groups["time_words"]):
        j -= 1
    if j < 0 or (toks[j].quoted and not _nickname(toks, j)):
        return None
    if toks[j].text == ",":
        return _before_apposition(toks, j)
    if toks[j].low in ("and", "but") and j < i:
        return i
    if not toks[j].is_word and toks[j].text not in "])":
        return None
    return _noun_phrase_start(toks, j)


def _noun_phrase_start(toks: list[Token], j: int) -> int:
    last = j
    while j >= 0:
        low = toks[j].low
        if toks[j].quoted and j + 1 <= last and not _nickname(toks, j):
            break
        if toks[j].text in BOUNDARY and not _nickname(toks, j) and toks[j].text not in "()[]":
            break
        if low in SUBORDINATORS or low in RELATIVE_BREAK:
            break
        if j < last and finite_at(toks, j):
            break
        if low == "and" and has_finite(toks[max(0, j - 6) : j]):
            break
        j -= 1
    return j + 1


def _nickname(toks: list[Token], j: int) -> bool:
    """A single quoted word between two capitalised ones: Serhiy "Flash" Beskrestnov."""
    lo, hi = max(0, j - 2), min(len(toks), j + 3)
    near = toks[lo:hi]
    marks = [t for t in near if _quote_edge(t)]
    return len(marks) >= 2 and all(t.text[0].isupper() for t in near if t.is_word)


def _before_apposition(toks: list[Token], comma: int) -> int | None:
    """'Vitaliy Ganchev, the head of ..., said' and '..., two days later, said': the phrase before the last pair of commas."""
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


def _is_title(inside: Sequence[Token]) -> bool:
    """'head of the regional council', 'commander of ...': an apposition without an article."""
    return inside[0].text.islower() and any(t.low == "of" for t in inside[:4])


def _right_start(toks: list[Token], i: int, takes: str) -> int | None:
    """Index of the first token of the content behind the cue, or None where nothing of content follows."""
    n = len(toks)
    for j in range(i + 1, min(n, i + 26)):
        if toks[j].text in (":",) and j + 1 < n:
            return j + 1 + _quote_edge(toks[min(j + 1, n - 1)])
        if toks[j].quoted:
            return _include_lead(toks, i, j)
        if takes != "quote" and finite_at(toks, j) and toks[j].low not in words().groups["report_nouns"]:
            break
        if toks[j].low in ("that", "how", "whether") and j + 1 < n:
            return j + 1 + (_quote_edge(toks[j + 1]) and j + 2 < n)
        if toks[j].text == "," and j > i + 1 and not _clause_follows(toks, i, j):
            break
        if toks[j].low.endswith("ing") and toks[j].low in words().cues:
            break
    rest = [t for t in toks[i + 1 :] if t.is_word]
    if len(rest) < 2 or takes == "quote":
        return None
    low = toks[i + 1].low
    if words().cues[toks[i].low].lemma == "tell":
        return _after_addressee(toks, i)
    if toks[i + 1].text == ",":
        return None
    if low == "to" and takes in ("any", "noun"):
        return i + 1
    if ADVERBIAL.match(low) and not has_finite(toks[i + 1 :]):
        return i + 1 if takes == "noun" else None
    if takes == "noun" or takes == "any":
        return i + 1
    return _skip_adverbial(toks, i + 1) if has_finite(toks[i + 1 :]) else None


def _clause_follows(toks: list[Token], i: int, comma: int) -> bool:
    return comma < i + 9 and any(t.low == "that" for t in toks[comma : comma + 8])


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
    while k < len(toks) and (
        toks[k].low in words().groups["time_words"] or re.fullmatch(r"\d{1,2}", toks[k].text)
    ):
        k += 1
    return k if k < len(toks) else j


def _after_addressee(toks: list[Token], i: int) -> int | None:
    """'told Reuters last month that ...', 'told Axios news service ceding ...': the first clause behind the addressee."""
    j = i + 1
    if toks[j].low == "the":
        j += 1
    while j < len(toks) and (
        toks[j].text[0].isupper()
        or toks[j].low
        in ("reporters", "journalists", "news", "agency", "service", "on", "in", "last", "month", "week")
    ):
        j += 1
    return j if j < len(toks) and has_finite(toks[j:]) else None


def _right_end(toks: list[Token], start: int, sentence: Span) -> int:
    """Content ends before a trailing 'according to X' or ', Reuters reported'."""
    cues = words().cues
    for j in range(start, len(toks)):
        if toks[j].quoted:
            continue
        if toks[j].low == "according":
            return toks[j].start
        if toks[j].text == "," and any(t.low in cues and not t.quoted for t in toks[j + 1 : j + 7]):
            tail = toks[j + 1 :]
            at = next(k for k, t in enumerate(tail) if t.low in cues and not t.quoted)
            if len([t for t in tail[at + 1 :] if t.is_word]) <= 6 and not tail[at].low.endswith("ing"):
                return toks[j].start
            if tail[0].low.endswith("ing") and tail[0].low in cues:
                return toks[j].start
    return sentence.end


def _that_or_quote(toks: list[Token], i: int, right: int) -> bool:
    return right < len(toks) and (
        toks[right].quoted or toks[right - 1].low == "that" or toks[right - 1].text == ":"
    )


def _addressee(toks: list[Token], i: int) -> Span | None:
    if words().cues[toks[i].low].lemma != "tell" or i + 1 >= len(toks):
        return None
    j = i + 1
    if toks[j].low == "the":
        j += 1
    end = j
    while end < len(toks) and toks[end].text[0].isupper() and not toks[end].quoted:
        end += 1
    return _span(toks, j, end - 1) if end > j else None


def _platform(toks: list[Token], i: int) -> str | None:
    """The platform named by the cue ('tweeted') or just behind it ('posted Thursday on Telegram')."""
    if words().cues[toks[i].low].lemma == "tweet":
        return "Twitter"
    for j in range(i + 1, min(i + 9, len(toks) - 1)):
        if toks[j].quoted:
            break
        if toks[j].low in ("on", "via") and toks[j + 1].low in words().groups["platforms"]:
            return toks[j + 1].text
    return None


def _participle(text: str, sentence: Span, toks: list[Token], i: int, found: list[Said]) -> Said | None:
    """', adding that ...', ', saying ...': the same source goes on."""
    if i == 0 or toks[i - 1].text not in (",", "and") or i + 1 >= len(toks):
        return None
    cue = words().cues[toks[i].low]
    if cue.takes == "noun":
        return None
    earlier = next((s for s in reversed(found) if s.form in ("verb", "shown")), None)
    source = earlier.source if earlier else _first_subject(text, toks, i)
    right = _right_start(toks, i, "any")
    if (source is None and earlier is None) or right is None:
        return None
    content = _content(text, sentence, toks[right].start, _right_end(toks, right, sentence))
    shown = earlier is not None and earlier.form == "shown"
    stance = "asserted" if shown else cue.stance
    return Said(source, _span(toks, i, i), content, cue.lemma, stance, "shown" if shown else "verb")


def _first_subject(text: str, toks: list[Token], before: int) -> Span | None:
    """The noun phrase that opens the sentence, up to its first finite verb."""
    verb = next((j for j in range(before) if finite_at(toks, j)), None)
    return _strip_tail(text, _span(toks, 0, verb - 1)) if verb else None
