"""The rules' attributions and a tagger's, joined.

The rules are exact where they find anything: relays, chains, footage, labels. Of a sentence in which they
find nothing, the tagger's attributions are taken where they report a proposition: a cue, a source and a
content with a clause or a quotation, behind a cue that the word list knows or a "that". An intention ("is
pushing to end the war") or a decision ("the Senate voted to") that the tagger takes for an attribution is
none here: it is a claim about the one who acts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from oskil.reading.attribution import Said, attributions
from oskil.reading.attribution.said import MARKS
from oskil.reading.grammar import has_clause, has_finite
from oskil.reading.lexicon import Cue, words
from oskil.reading.text import CLOSING, OPENING, STRAIGHT, tokens, trim
from oskil.records import Attribution, Span

MOSTLY = (
    0.6  # a sentence with this share of it in a content that another sentence's cue opens goes on with it
)
RELATIVES = frozenset(("who", "that", "which", "whose"))
PREPOSITIONS = frozenset(("according", "per"))
NEGATED = re.compile(r"(?:\b(?:not|never|cannot|(?:refused|declined|unable) to)|n['’]t)(?: \w+ly)?(?: \w+)?$")
NOBODY = re.compile(r"(?:neither|nobody|none|no one|no)\b", re.I)
INDIRECT = re.compile(r"(?:whether|if|how|who|whose|what|which|when|where|why)\b", re.I)
THAT = re.compile(r"\bthat\s*[“\"]?$")


class JoinedFinder:
    """Finds by rules first, then by what a tagger found in the whole text."""

    def __init__(self, text: str, found: Sequence[Attribution]) -> None:
        self.text = text
        self.tagged = sorted((a for a in found if a.source and a.cue and a.content), key=_cue)
        self._cues = [_cue(a) for a in self.tagged]
        # By where their contents begin, with the furthest end so far, so that few are looked at.
        hulls = [(min(c.start for c in a.content), max(c.end for c in a.content)) for a in self.tagged]
        self._order = sorted(range(len(hulls)), key=hulls.__getitem__)
        self._begins = [hulls[k][0] for k in self._order]
        self._reach = list(accumulate((hulls[k][1] for k in self._order), max))

    def attributions(self, text: str, sentence: Span, quotes: Sequence[Span]) -> list[Said]:
        """The rules' where they find any, else the tagger's."""
        found = attributions(text, sentence, quotes)
        first, last = (bisect_left(self._cues, at) for at in (sentence.start, sentence.end))
        here = [a for a in self.tagged[first:last] if a.cue[0].inside(sentence)]
        read = [s for a in here if (s := said(text, a, sentence, quotes))]
        return [_better(text, s, read) for s in found] if found else read

    def source_before(self, sentence: Span) -> Span | None:
        """The source of a content that takes in most of the sentence and whose cue stands in another one of
        the same paragraph.
        """
        first = bisect_right(self._reach, sentence.start)
        near = self._order[first : bisect_left(self._begins, sentence.end)]
        for found in (self.tagged[k] for k in sorted(near)):
            if any(c.overlaps(sentence) for c in found.cue):
                continue
            least = MOSTLY * (sentence.end - sentence.start)
            if _shared(found.content, sentence) > least and self._same_paragraph(found, sentence):
                return _hull(found.source)
        return None

    def _same_paragraph(self, found: Attribution, sentence: Span) -> bool:
        between = self.text[min(found.cue[0].start, sentence.start) : max(found.cue[-1].end, sentence.end)]
        return re.search(r"\n\s*\n", between) is None


def _cue(found: Attribution) -> int:
    return found.cue[0].start


def said(text: str, found: Attribution, sentence: Span, quotes: Sequence[Span]) -> Said | None:
    """The tagger's attribution as one of the rules', as far as it lies in the sentence; None where it reports
    no proposition.
    """
    cue = _hull(found.cue)
    content = tuple(
        trim(text, Span(max(c.start, sentence.start), min(c.end, sentence.end)), MARKS)
        for c in found.content
        if c.overlaps(sentence)
    )
    content = tuple(c for c in content if c.end - c.start > 2)
    if not content or any(cue.inside(q) for q in quotes) or not _reports(text, cue, content):
        return None
    if NOBODY.match(text, found.source[0].start):
        return None
    unsaid = NEGATED.search(text, sentence.start, cue.end) is not None
    if unsaid and not INDIRECT.match(text, content[0].start):
        return None
    listed = _listed(text, cue)
    split = len(content) == 2 and content[0].end <= cue.start < content[1].start
    return Said(
        _hull(found.source),
        cue,
        content,
        listed.lemma if listed else " ".join(_words(text, cue)),
        listed.stance if listed else "asserted",
        "according" if _words(text, cue)[0] in PREPOSITIONS else "verb",
        interrupted=split,
        unsaid=unsaid,
    )


def _better(text: str, found: Said, read: Sequence[Said]) -> Said:
    """The tagger's reading of a cue whose source by rule is a whole clause, which nobody's name is."""
    if found.source is None or found.form != "verb" or not _has_verb(text, found.source):
        return found
    same = (s for s in read if s.cue.overlaps(found.cue) and s.source and not _has_verb(text, s.source))
    return next(same, found)


def _has_verb(text: str, source: Span) -> bool:
    toks = tokens(text, source)
    relative = any(t.low in RELATIVES for t in toks)
    return not relative and (has_finite(toks) or any(t.low in words().cues for t in toks))


def _reports(text: str, cue: Span, content: Sequence[Span]) -> bool:
    toks = [t for c in content for t in tokens(text, c)]
    quoted = text[content[0].start - 1] in OPENING + CLOSING + STRAIGHT if content[0].start else False
    known = _listed(text, cue) is not None or _words(text, cue)[0] in PREPOSITIONS
    that = THAT.search(text[max(0, content[0].start - 8) : content[0].start]) is not None
    return (has_clause(toks) or (quoted and len(toks) > 2)) and (known or that)


def _listed(text: str, cue: Span) -> Cue | None:
    """The last word of the cue that the word list knows."""
    known = words().cues
    return next((known[w] for w in reversed(_words(text, cue)) if w in known), None)


def _words(text: str, span: Span) -> list[str]:
    return re.findall(r"[\w'’-]+", text[span.start : span.end].lower()) or [""]


def _shared(content: Sequence[Span], sentence: Span) -> int:
    return sum(max(0, min(c.end, sentence.end) - max(c.start, sentence.start)) for c in content)


def _hull(spans: Sequence[Span]) -> Span:
    return Span(spans[0].start, spans[-1].end)
