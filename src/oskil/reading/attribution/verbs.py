"""'X said (that) ...', '..., said X', ', adding that ...'."""

from __future__ import annotations

import re

from oskil.reading.attribution.contents import (
    addressee_of,
    after_quotes,
    behind_cue,
    clause_start,
    only_where,
    platform_of,
    resumes,
    right_end,
    says_something,
    that_or_quote,
)
from oskil.reading.attribution.cues import ends_phrase, is_modifier, negated, plural_subject, quote_edge
from oskil.reading.attribution.said import Said, span_of, stretch
from oskil.reading.attribution.subjects import (
    BOUNDARY,
    RELATIVE_BREAK,
    after_apposition,
    antecedent,
    can_be_source,
    first_subject,
    nickname,
    strip_tail,
    subject_start,
)
from oskil.reading.lexicon import words
from oskil.reading.text import Token
from oskil.records import Span

# Who "asked not to be named" says something else.
NAMELESS = re.compile(
    r"\s+(?:not to be|to remain anonymous|to be identified|for anonymity|that (?:his|her|their) names? not"
    r"|on condition)\b"
)
# "..., a claim the army denied": what the army did with it, and not who passes it on.
A_CLAIM_THAT = re.compile(
    r"(?:an?|the)\s+(?:claim|charge|accusation|allegation|assertion|figure|number|toll)\s+\w", re.I
)
# "In a statement the army said": where, and then who.
IN_A_STATEMENT = re.compile(
    r"(?:in|at|on) (?:an?|the|its|his|her|their) (?:[\w-]+ ){0,2}?(?:statement|post|briefing|interview"
    r"|message|report|speech|address|video|communiqu[eé]|conference|letter|summary|update)"
    r"(?: on [A-Z]\w+)?,? (?=\w)",
    re.I,
)
NONE = frozenset("neither nobody none no".split())
CONFIRMING = frozenset("confirm verify corroborate acknowledge admit deny dispute".split())
BEHIND_SOURCE = frozenset("in at during after on when as while to".split())


def verb_cue(text: str, sentence: Span, toks: list[Token], i: int, found: list[Said]) -> Said | None:
    """The attribution whose cue is the verb at `i`, if it is one in use; `found` are those before it."""
    cue = words().cues.get(toks[i].text.replace("’", "'"))
    if cue is None or is_modifier(toks, i) or NAMELESS.match(text, toks[i].end):
        return None
    if negated(toks, i) or _nobody(toks, i):
        return _unconfirmed(text, sentence, toks, i) if cue.lemma in CONFIRMING else None
    if toks[i].low.endswith("ing"):
        return _participle(text, sentence, toks, i, found)
    if toks[i].low == cue.lemma and toks[i].low != words().past_of[cue.lemma] and not plural_subject(toks, i):
        return None
    said = _inverted(text, sentence, toks, i) if i and toks[i - 1].text in BOUNDARY else None
    return said or _direct(text, sentence, toks, i)


def _nobody(toks: list[Token], i: int) -> bool:
    """'Neither side has confirmed it', 'no official would say': a subject that is none."""
    start = subject_start(toks, i)
    return start is not None and start < i and toks[start].low in NONE


def _unconfirmed(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'The staff has not confirmed the loss of the pass', 'did not deny it': nobody vouches for it."""
    right = behind_cue(toks, i, words().cues[toks[i].low].takes)
    if right is None:
        return None
    content = stretch(text, sentence, toks[right].start, right_end(toks, right, sentence))
    return Said(None, span_of(toks, i, i), content, toks[i].low, "hedged", "noun") if content else None


def _inverted(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'..., said Ganchev, ...': content to the left, the source behind the cue."""
    cue = words().cues[toks[i].low]
    if cue.lemma == "tell" or not _may_invert(toks, i):
        return None
    end = i + 2
    while end < len(toks) and toks[end].low not in BEHIND_SOURCE:
        if ends_phrase(toks[end]) and not nickname(toks, end) and not _abbreviates(toks, end):
            break
        end += 1
    source = strip_tail(text, span_of(toks, i + 1, end - 1))
    if source is None or any(t.low in words().finite and t.text.islower() for t in toks[i + 1 : end]):
        return None
    content = stretch(text, sentence, clause_start(toks, i, sentence), toks[i].start)
    content += after_quotes(text, sentence, toks, end)
    return Said(source, span_of(toks, i, i), content, cue.lemma, cue.stance, "verb", platform_of(toks, i))


def _abbreviates(toks: list[Token], k: int) -> bool:
    """Whether the mark at `k` only shortens a title before a name: "Dr. Ida Moe"."""
    title = toks[k].text == "." and toks[k - 1].low in words().groups["short_titles"]
    return title and k + 1 < len(toks) and toks[k + 1].text[0].isupper()


def _may_invert(toks: list[Token], i: int) -> bool:
    """Whether words enough stand before the cue, and a source can begin behind it."""
    if i + 1 >= len(toks) or len([t for t in toks[:i] if t.is_word]) < 2:
        return False
    after = toks[i + 1]
    if after.quoted or not after.is_word or after.low == "that" or after.low in words().groups["time_words"]:
        return False
    return can_be_source(toks, i + 1) and not after_apposition(toks, i)


def _direct(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    """'X said (that) ...' and '..., X said.'"""
    start = subject_start(toks, i)
    if start is None:
        return None
    # 'X has rejected it and said ...': coordinated verbs share the subject that opens the sentence.
    shared = start > i - 1
    source = first_subject(text, toks, i) if shared else strip_tail(text, span_of(toks, start, i - 1))
    adverbs = all(t.low in words().groups["reporting_adverbs"] for t in toks[start:i])
    source = (antecedent(text, toks, i) if shared or adverbs else None) or source
    cue = words().cues[toks[i].low]
    if source is None or (cue.takes == "quote" and not _quotes_or_that(toks, i)):
        return None
    if A_CLAIM_THAT.match(text, source.start, source.end):
        return None
    setting = IN_A_STATEMENT.match(text, source.start, source.end)
    source = Span(setting.end(), source.end) if setting else source
    interrupted = start > 0 and toks[start - 1].text == "," and resumes(toks[:start], toks, i)
    content = _both_sides(text, sentence, toks, start, i, interrupted)
    if not content:
        return None
    return Said(
        source,
        span_of(toks, i, i),
        content,
        cue.lemma,
        cue.stance,
        "verb",
        platform_of(toks, i),
        addressee_of(toks, i),
        interrupted=interrupted,
        shared=shared,
    )


def _both_sides(
    text: str, sentence: Span, toks: list[Token], start: int, i: int, interrupted: bool
) -> tuple[Span, ...]:
    """The content to the left of a source that begins at `start`, behind the cue at `i`, or on both sides."""
    left = toks[:start]
    follows = says_something(left) and (left[-1].text in (",", "–", "—") or quote_edge(left[-1]))
    behind = behind_cue(toks, i, words().cues[toks[i].low].takes)
    follows = follows and not (behind is not None and only_where(left, toks[behind:]))
    begin = clause_start(toks, start, sentence) if interrupted else sentence.start
    before = stretch(text, sentence, begin, toks[start].start)
    if follows and not interrupted and (behind is None or not that_or_quote(toks, i, behind)):
        content = stretch(text, sentence, clause_start(toks, start, sentence), toks[start].start)
        return content + after_quotes(text, sentence, toks, i + 1)
    if interrupted:
        return before + stretch(text, sentence, toks[i + 2].start, sentence.end)
    if behind is None:
        return ()
    quoted_before = before if follows and any(t.quoted for t in left) else ()
    end = right_end(toks, behind, sentence)
    if start > 1 and toks[start - 1].low in RELATIVE_BREAK and toks[start - 2].text == ",":
        # "The rebels, who the army says are few, took the pass".
        end = next((t.start for t in toks[behind:] if t.text == "," and not t.quoted), end)
    return quoted_before + stretch(text, sentence, toks[behind].start, end)


def _quotes_or_that(toks: list[Token], i: int) -> bool:
    return any(t.quoted for t in toks) or any(t.low == "that" for t in toks[i + 1 : i + 4])


def _participle(text: str, sentence: Span, toks: list[Token], i: int, found: list[Said]) -> Said | None:
    """', adding that ...', ', saying ...': the same source goes on."""
    if i == 0 or toks[i - 1].text not in (",", "and") or i + 1 >= len(toks):
        return None
    cue = words().cues[toks[i].low]
    if cue.takes == "noun":
        return None
    earlier = next((s for s in reversed(found) if s.form in ("verb", "shown")), None)
    source = earlier.source if earlier else first_subject(text, toks, i)
    right = behind_cue(toks, i, "any")
    if (source is None and earlier is None) or right is None:
        return None
    content = stretch(text, sentence, toks[right].start, right_end(toks, right, sentence))
    shown = earlier is not None and earlier.form == "shown"
    stance = "asserted" if shown else cue.stance
    return Said(source, span_of(toks, i, i), content, cue.lemma, stance, "shown" if shown else "verb")
