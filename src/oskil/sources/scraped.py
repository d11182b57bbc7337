"""Pages dumped as text: where the article stands among menus, teasers and forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from oskil.sources import layout_rules as rules
from oskil.sources.layout_paragraphs import Paragraph, folded

_SECTION = re.compile(r"^## (Metadata|Page Structure|Content|Links)[ ]*$", re.M)
_FIELD = re.compile(r"^[-*] \*\*([^*\n]{1,40})\*\*:\s*(\S[^\n]*)$", re.M)
_HEADING = re.compile(r"^\s*[-*] #{1,6} +(\S[^\n]*)$", re.M)
_TITLE = re.compile(r"^\s*[-*] # +(\S[^\n]*)$", re.M)
_LINK = re.compile(r"^[-*] \[([^\n]{1,400})\]\(", re.M)

# Scores of a line in the search for the article; see docs/sources.md. Only their proportions matter.
_MOST = 40  # a sentence counts its words, but no more than these
_CLUTTER = -8
_LABEL = -5
_HEADLINE = -2
_HEADLINE_WORDS = 9
_LONG = 25  # words; so long a line is text however it ends

_SHORT = 4  # words of a line of a menu
_MANY = 12  # short lines, and
_SHARE = 0.3  # of all lines, before a text is taken for a dumped page
_REACH = 25  # lines above the article in which its title is looked for
_MOST_WEIGHT = 0.7  # of the article's score that has to stand below its title
_AFTER = 3  # lines below it in which credits and notes of changes are looked for


@dataclass(frozen=True, slots=True)
class Dump:
    """A scraper's dump: where its content stands, and what the rest tells of the page."""

    start: int
    end: int
    fields: dict[str, str]
    titles: tuple[str, ...]
    headings: frozenset[str]
    link_words: frozenset[str]


def read(text: str) -> Dump | None:
    """The dump that `text` is, or None. Its sections are Metadata, Page Structure, Content and Links."""
    sections = list(_SECTION.finditer(text))
    names = [s[1] for s in sections]
    if "Content" not in names or len(set(names)) < 2:
        return None
    content = sections[names.index("Content")]
    later = [s for s in sections if s[1] == "Links" and s.start() > content.end()]
    end = later[-1].start() if later else len(text)
    before = text[: content.start()]
    after = text[end:]
    return Dump(
        content.end(),
        end,
        {k.strip().lower(): v.strip() for k, v in _FIELD.findall(before)},
        tuple(t.strip() for t in _TITLE.findall(before)),
        frozenset(folded(h) for h in _HEADING.findall(before)),
        frozenset(folded(w) for w in _LINK.findall(after)),
    )


def cluttered(found: Sequence[Paragraph]) -> bool:
    """Whether a text holds so many short lines that it must be a page and not an article."""
    short = [not p.ended and not p.heading and p.words <= _SHORT for p in found]
    run = sum(1 for a, b in pairwise(short) if a and b)
    return run >= _MANY and sum(short) >= _SHARE * len(found)


def article(found: Sequence[Paragraph], titles: Sequence[str], dump: Dump | None) -> tuple[int, int]:
    """The paragraphs (first, after the last) that are the article.

    The stretch with the largest sum of scores (maximum subsequence segmentation), where running
    sentences count for it and labels, menus and teasers against; the title above it and the credits
    below it are added.
    """
    scores = [_score(p, dump) for p in found]
    first, last = _heaviest(scores)
    start = _start(found, scores, {folded(t) for t in titles}, first, last)
    end = last
    for index in range(last, min(len(found), last + _AFTER)):
        if rules.alone(found[index]) in ("credit", "update"):
            end = index + 1
    return start, end


def _start(found: Sequence[Paragraph], scores: Sequence[int], titles: set[str], first: int, last: int) -> int:
    """Where the article begins: at the last line that bears its title with nearly all of its weight below."""
    weight = sum(scores[first:last])
    for index in range(last - 1, max(0, first - _REACH) - 1, -1):
        if found[index].folded in titles and sum(scores[max(index, first) : last]) >= _MOST_WEIGHT * weight:
            return index
    headed = [i for i in range(max(0, first - _AFTER), first) if found[i].heading]
    return headed[0] if headed else first


def _score(paragraph: Paragraph, dump: Dump | None) -> int:
    if dump and paragraph.folded in dump.headings and paragraph.folded not in dump.link_words:
        return 0
    if (dump and paragraph.folded in dump.link_words) or rules.alone(paragraph) == "boilerplate":
        return _CLUTTER
    if paragraph.sentence or paragraph.words >= _LONG:
        return min(paragraph.words, _MOST)
    return _HEADLINE if paragraph.words >= _HEADLINE_WORDS else _LABEL


def _heaviest(scores: Sequence[int]) -> tuple[int, int]:
    best, best_span = 0, (0, len(scores))
    total, start = 0, 0
    for index, score in enumerate(scores):
        if total <= 0:
            total, start = 0, index
        total += score
        if total > best:
            best, best_span = total, (start, index + 1)
    return best_span
