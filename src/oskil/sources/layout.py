"""What each paragraph of a clean text is: title, byline, body, update, caption, embed, credit ..."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oskil.records import Part, PartRole
from oskil.sources import layout_rules as rules
from oskil.sources.layout_embeds import embeds
from oskil.sources.layout_paragraphs import Marks, Paragraph, split

__all__ = ["Marks", "parts"]

_LONGEST_TITLE = 30  # words
_LONGEST_SUBHEAD = 8  # words, where nothing but its shortness marks it
_LONGEST_STANDFIRST = 45  # words
_HEAD = 8  # paragraphs from the title in which bylines and standfirsts are looked for
_SHORTEST_REPEAT = 8  # words
_MOST_TO_COMPARE = 200_000  # characters; longer texts are not searched for pull quotes
_TAIL_SHARE = 0.35  # of the words before it that may follow the heading of a tail
_LONGEST_TEASER = 60  # words


def parts(
    text: str,
    title: str | None = None,
    *,
    marks: Marks | None = None,
    medium: str = "article",
    standfirst: str | None = None,
) -> tuple[Part, ...]:
    """The paragraphs of a clean text with their roles, in order and apart; white space belongs to none.

    `title` is the title where it is known, else the first line is looked at. `marks` tells what the
    format said of headings, quotations, captions and menus; without it words and punctuation decide.
    A `medium` of "post" has neither title nor subheads unless marked.
    """
    found = split(text, marks or Marks())
    roles: list[PartRole | None] = [rules.alone(p) for p in found]
    posts = embeds(found, marks or Marks())
    for index in posts:
        roles[index] = "embed"
    top = _title(found, roles, title, medium)
    if top is not None:
        roles[top] = "title"
    _head(found, roles, top, medium)
    _standfirst(found, roles, top, standfirst)
    _subheads(found, roles, medium)
    _tail(found, roles)
    _repeats(found, roles)
    return tuple(_out(found, roles, posts))


def _out(
    found: Sequence[Paragraph], roles: Sequence[PartRole | None], posts: dict[int, tuple[Part, ...]]
) -> Iterator[Part]:
    for index, (paragraph, role) in enumerate(zip(found, roles, strict=True)):
        if role == "embed":
            yield from posts[index]
        else:
            yield Part(paragraph.start, paragraph.end, role or "body")


def _title(
    found: Sequence[Paragraph], roles: Sequence[PartRole | None], title: str | None, medium: str
) -> int | None:
    """The index of the paragraph that is the title."""
    if title:
        wanted = rules.folded(title)
        same = (i for i, p in enumerate(found) if p.folded == wanted and roles[i] != "embed")
        if (index := next(same, None)) is not None:
            return index
    free = [i for i, role in enumerate(roles) if role is None]
    if len(free) < 2:
        return None
    first = found[free[0]]
    open_ended = not first.ended or rules.quoted_title(first.text)
    if first.heading or (
        not title and medium != "post" and open_ended and 2 <= first.words <= _LONGEST_TITLE
    ):
        return free[0]
    return None


def _head(found: Sequence[Paragraph], roles: list[PartRole | None], top: int | None, medium: str) -> None:
    """What stands between the title and the first sentence: bylines, dates, captions, labels."""
    begin = 0 if top is None else top + 1
    first = next((i for i in range(begin, len(found)) if roles[i] is None and found[i].sentence), len(found))
    if medium == "post" or first == len(found):
        return
    for index in range(begin, first):
        if roles[index] is None:
            roles[index] = _head_role(found[index])


def _head_role(paragraph: Paragraph) -> PartRole:
    if paragraph.heading:
        return "subhead"
    if rules.names_only(paragraph.text) and not paragraph.ended:
        return "byline"
    return "caption" if paragraph.words > 5 else "subhead"


def _standfirst(
    found: Sequence[Paragraph], roles: list[PartRole | None], top: int | None, known: str | None
) -> None:
    """The sentence under the title, where it is known or what follows (byline, picture) sets it apart."""
    wanted = rules.folded(known).replace(" ", "") if known else None
    for index in range(0 if top is None else top + 1, min(len(found), (top or 0) + _HEAD)):
        paragraph = found[index]
        if roles[index] not in (None, "caption") or paragraph.words > _LONGEST_STANDFIRST:
            continue
        after = next((r for r in roles[index + 1 :] if r != "boilerplate"), None)
        if (wanted and paragraph.folded.replace(" ", "") == wanted) or (
            roles[index] is None
            and top is not None
            and paragraph.sentence
            and after in ("byline", "caption", "credit")
        ):
            roles[index] = "standfirst"
            return
        if roles[index] is None:
            return


def _subheads(found: Sequence[Paragraph], roles: list[PartRole | None], medium: str) -> None:
    last = max((i for i, p in enumerate(found) if roles[i] is None and p.sentence), default=-1)
    for index, paragraph in enumerate(found):
        if roles[index] is not None:
            continue
        open_ended = not paragraph.ended or rules.stamped_question(paragraph.text)
        short = paragraph.words <= _LONGEST_SUBHEAD and open_ended and index < last
        if paragraph.heading or (short and medium != "post" and rules.headline(paragraph.text)):
            roles[index] = "subhead"


def _tail(found: Sequence[Paragraph], roles: list[PartRole | None]) -> None:
    """Teasers, tags and sources after the article: all that follows a heading that announces them."""
    body = [p.words if roles[i] in (None, "standfirst") else 0 for i, p in enumerate(found)]
    before = 0
    for index, paragraph in enumerate(found):
        rest = body[index + 1 :]
        if (
            before
            and rules.opens_tail(paragraph)
            and sum(rest) <= _TAIL_SHARE * before
            and max(rest, default=0) <= _LONGEST_TEASER
        ):
            for later in range(index, len(found)):
                if roles[later] in (None, "subhead", "caption", "byline", "title"):
                    roles[later] = "boilerplate"
            return
        before += body[index]


def _repeats(found: Sequence[Paragraph], roles: list[PartRole | None]) -> None:
    """Pull quotes (lines that a longer paragraph holds too) and the title told again say nothing new."""
    body = [i for i, role in enumerate(roles) if role in (None, "standfirst", "caption")]
    titles = {found[i].folded for i, role in enumerate(roles) if role == "title"}
    whole = "\n".join(found[i].folded for i in body)
    for index in body:
        own = found[index]
        if own.folded in titles:
            roles[index] = "boilerplate"
        elif own.words >= _SHORTEST_REPEAT and len(whole) <= _MOST_TO_COMPARE and whole.count(own.folded) > 1:
            roles[index] = "boilerplate" if _within_another(found, body, index) else roles[index]


def _within_another(found: Sequence[Paragraph], body: Sequence[int], index: int) -> bool:
    own = found[index].folded
    return any(own in found[i].folded and own != found[i].folded for i in body if i != index)
