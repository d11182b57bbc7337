"""Nouns that report ('claims that ...', 'reports of looting', 'the army's denial that ...'); 'put at six'."""

from __future__ import annotations

import re

from oskil.reading.attribution.contents import right_end
from oskil.reading.attribution.cues import is_cue, is_modifier, negated
from oskil.reading.attribution.said import Said, span_of, stretch
from oskil.reading.attribution.subjects import first_subject, strip_tail, subject_start
from oskil.reading.grammar import finite_at
from oskil.reading.lexicon import words
from oskil.reading.text import Token
from oskil.records import Span

NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy"
    " eighty ninety hundred hundreds thousand thousands dozens zero nil half".split()
)
UNPROVED = re.compile(r"\s(?:could|can) ?not (?:\w+ly )?be (?:\w+ly )?(?:verified|confirmed|established)\b")

OWNED = frozenset("his her its their our my no".split())
OWNER = re.compile(r"(?:[’']s|(?<=s)[’'])$")
NOUNS = {
    "denial": "denied",
    "denials": "denied",
    **dict.fromkeys(
        "claim assertion allegation accusation suggestion boast estimate belief".split(), "hedged"
    ),
    **dict.fromkeys(
        "statement announcement warning admission acknowledgement confirmation insistence assurance".split(),
        "asserted",
    ),
}
LINKS = frozenset(
    "that which who whom where when and or but , if as while after before because since not".split()
)
ACCUSING = {
    **dict.fromkeys(("accuse", "accuses", "accused"), "of"),
    **dict.fromkeys(("blame", "blames", "blamed"), "for"),
}
PUTTING = frozenset("put puts placed places sets".split())
LONGEST = 12  # tokens between "put" and "at"


def putting(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'The agency put the number of dead at 41': what is put at a figure is what the agency says."""
    if toks[i].low not in PUTTING or i + 3 >= len(toks) or not _figure_follows(toks, i):
        return None
    start = subject_start(toks, i)
    source = strip_tail(text, span_of(toks, start, i - 1)) if start is not None and start < i else None
    if source is None:
        return None
    content = stretch(text, sentence, toks[i + 1].start, _end(toks, i, sentence))
    return Said(source, span_of(toks, i, i), content, "put", "asserted", "verb")


def accusing(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'The lawyers accused the militia of burning the market', 'blamed the army for it': whom, of what."""
    joint = ACCUSING.get(toks[i].low)
    if joint is None or is_modifier(toks, i) or negated(toks, i):
        return None
    stop = next(
        (k for k in range(i + 2, min(i + LONGEST, len(toks))) if toks[k].text in ",;:" or finite_at(toks, k)),
        0,
    )
    of = next((k for k in range(i + 2, stop or min(i + LONGEST, len(toks))) if toks[k].low == joint), None)
    start = subject_start(toks, i)
    if of is None or of + 2 >= len(toks) or start is None:
        return None
    source = strip_tail(text, span_of(toks, start, i - 1)) if start < i else first_subject(text, toks, i)
    if source is None:
        return None
    content = stretch(text, sentence, toks[i + 1].start, right_end(toks, i + 1, sentence))
    return Said(source, span_of(toks, i, i), content, toks[i].low, "asserted", "verb", shared=start >= i)


def _figure_follows(toks: list[Token], i: int) -> bool:
    for j in range(i + 2, min(i + LONGEST, len(toks) - 1)):
        if toks[j].text in ",;:":
            return False
        if toks[j].low == "at":
            return any(t.text[0].isdigit() or t.low in NUMBERS for t in toks[j + 1 : j + 5])
    return False


def _end(toks: list[Token], i: int, sentence: Span) -> int:
    ends = (t.start for t in toks[i:] if t.text in (";", ","))
    return next(ends, sentence.end)


def reports_of(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'Unconfirmed reports of looting in the port': what nobody vouches for, up to the verb."""
    if toks[i].low not in words().groups["hearsay_nouns"] or i + 3 >= len(toks) or toks[i + 1].low != "of":
        return None
    if i and (toks[i - 1].low in words().cues or toks[i - 1].low in OWNED):
        return None
    end = next((k for k in range(i + 3, len(toks)) if finite_at(toks, k) or toks[k].text in ",;:"), len(toks))
    if end - i < 5:
        return None
    content = stretch(text, sentence, toks[i + 2].start, toks[end - 1].end)
    return Said(None, span_of(toks, i, i + 1), content, "report", "hedged", "noun")


def possessed(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'The army's denial that it shelled the clinic', 'the rebels' claim to have taken the town'."""
    stance = NOUNS.get(toks[i].low)
    owner = OWNER.search(toks[i - 1].text) if i else None
    if stance is None or owner is None or i + 3 >= len(toks) or toks[i + 1].low not in ("that", "to"):
        return None
    that = toks[i + 1].low == "that"
    if not that and toks[i + 2].low not in ("have", "be"):
        return None
    first = i - 1
    while first > 0 and toks[first - 1].is_word and not finite_at(toks, first - 1) and i - first < 6:
        first -= 1
        if toks[first].low in ("the", "a", "an"):
            break
    verbs = [k for k in range(i + (2 if that else 3), len(toks)) if finite_at(toks, k)]
    later = [
        k
        for k in (verbs[1:] if that else verbs)
        if toks[k - 1].low not in words().auxiliaries and toks[k - 1].low not in LINKS
    ]
    end = toks[later[0] - 1].end if later else sentence.end
    begin = i + 2 if that else i + 1
    content = stretch(text, sentence, toks[begin].start, end)
    source = Span(toks[first].start, toks[i - 1].start + owner.start())
    return Said(source, span_of(toks, i, begin - 1), content, toks[i].low, stance, "verb")


def noun_cue(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    if toks[i].low not in words().groups["report_nouns"] or i + 1 >= len(toks):
        return None
    if i and toks[i - 1].low in words().cues:
        return None  # 'refuted claims that ...' is the verb's
    within = next((k for k in range(i - 1, max(0, i - 5), -1) if toks[k].low in ("in", "on", "at")), None)
    if within and any(is_cue(toks, k) for k in range(within)):
        return None  # 'said in its evening report that ...' too
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
    source = span_of(toks, first, i) if named else None
    unproved = UNPROVED.search(text, toks[that + 1].start, sentence.end)
    end = unproved.start() if unproved else sentence.end
    content = stretch(text, sentence, toks[that + 1].start, end)
    return Said(source, span_of(toks, i, that), content, "claim", "asserted" if named else "hedged", "noun")
