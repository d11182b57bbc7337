"""What markdown marks inside a line: links, emphasis, entities, escapes, tags, the numbers of notes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from oskil.records import Link
from oskil.sources.mapped import Editor, readable

# Bounded, with possessive repeats, so that no text can make a pattern run for long.
_LABEL = r"(?:[^\[\]\n\\]|\\.|\n(?!\s*\n)|\[[^\[\]\n]{0,200}\]){0,1000}+"
_TITLE = r"(?:\s{1,9}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?"
_TARGET = (
    rf"\(\s{{0,9}}(<[^<>\n]{{0,4000}}>|(?:[^()\s\\]|\\.|\([^()\s]{{0,500}}\)){{0,4000}}+){_TITLE}\s{{0,9}}\)"
)
_IMAGE = re.compile(rf"!\[{_LABEL}\](?:{_TARGET}|\[[^\[\]\n]{{0,200}}\])")
_INLINE = re.compile(rf"(?<!\\)\[({_LABEL})\]{_TARGET}")
_REFERENCE = re.compile(rf"(?<!\\)\[({_LABEL})\][ ]?\[([^\[\]\n]{{0,200}})\]")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]: {1,9}<?([^\s<>]{1,4000})>?[^\n]*$", re.M)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,4000})>")
_BARE = re.compile(r"(?<![\w(<\"'=/])https?://[^\s<>\"”’|]{1,4000}")
# Elements of HTML that turn up inside markdown. Other words between angle brackets are text.
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|audio|b|base|big|blockquote|body|br|button|center|cite|code|div|em|embed|figcaption|"
    r"figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main|mark|"
    r"marquee|math|meta|nav|object|ol|option|p|picture|pre|q|s|script|section|select|small|source|span|strike|strong|"
    r"style|sub|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|u|ul|video|wbr)"
    r"(?:[\s/][^<>]{0,4000})?>",
    re.I,
)
_BREAK = re.compile(r"</?(?:br|p|div|li|tr|h[1-6]|blockquote|article|section)\b", re.I)
_ACTIVE = re.compile(r"<(script|style|iframe|object|svg|template|textarea|title)\b[^<>]{0,4000}>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# A note's number stands against a word or a full stop; an editor's "[45]" in a quotation stands free.
_NOTE = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[.,;:!?\"'”’)])|(?<=[.!?] )|(?<=[.!?][\"'”’)] ))"
    r"(?:\[(?:\d{1,3}|\^[\w-]{1,30})\])+(?![(\w])"
)
_RUN = re.compile(r"(?P<end>\n[ ]*\n)|\*+|_+|~~")


def links(text: str, editor: Editor) -> list[Link]:
    """Drop the machinery of links and images; the links, with the offsets of their words in `text`."""
    found: list[Link] = []
    targets = {}
    for definition in _DEFINITION.finditer(text):
        targets[definition[1].lower()] = definition[2]
        editor.drop(*definition.span())
    images = [m.span() for m in _IMAGE.finditer(text)]
    for start, end in images:
        editor.drop(start, end)
    starts = {start + 1 for start, _ in images}
    for match in _INLINE.finditer(text):
        if match.start() not in starts:
            found.append(_link(editor, match, match[2].strip("<>")))
    for match in _REFERENCE.finditer(text):
        target = targets.get((match[2] or match[1]).lower())
        if target and match.start() not in starts:
            found.append(_link(editor, match, target))
    for match in _AUTOLINK.finditer(text):
        editor.drop(match.start(), match.start() + 1)
        editor.drop(match.end() - 1, match.end())
        found.append(Link(match.start(1), match.end(1), match[1]))
    taken = {link.start for link in found}
    for match in _BARE.finditer(text):
        url = match[0].rstrip(".,;:!?)]*_'")
        if match.start() not in taken:
            found.append(Link(match.start(), match.start() + len(url), url))
    return found


def _link(editor: Editor, match: re.Match[str], url: str) -> Link:
    editor.drop(match.start(), match.start(1))
    editor.drop(match.end(1), match.end())
    return Link(match.start(1), match.end(1), url)


def markup(text: str, editor: Editor, found: list[Link]) -> None:
    """Drop emphasis, escapes, tags and the numbers of notes, and put characters in place of entities."""
    for match in _ESCAPE.finditer(text):
        editor.drop(match.start(), match.start() + 1)
    for match in _NOTE.finditer(text):
        editor.drop(*match.span())
    for match in _ENTITY.finditer(text):
        decoded = html.unescape(match[0])
        if decoded != match[0]:
            editor.replace(*match.span(), readable(decoded).text.replace("\n", " "))
    for start, end in _delimiters(text, found):
        editor.drop(start, end)
    for match in _TAG.finditer(text):
        editor.replace(*match.span(), "\n" if _BREAK.match(match[0]) else "")
    for start, end in _active(text):
        editor.forget(start, end)
    for start, end in _comments(text):
        editor.forget(start, end)


def _delimiters(text: str, found: list[Link]) -> Iterator[tuple[int, int]]:
    """The runs of "*", "_" and "~~" that come in pairs inside one paragraph; lone ones are text."""
    shield = bytearray(len(text))
    for link in found:
        if text.startswith(("http", "mailto"), link.start):
            shield[link.start : link.end] = b"\x01" * (link.end - link.start)
    opened: list[re.Match[str]] = []
    for run in _RUN.finditer(text):
        if run["end"]:
            opened.clear()
            continue
        if len(run[0]) > 3 or shield[run.start()] or text[run.start() - 1 : run.start()] == "\\":
            continue
        opens, closes = _sides(text, run)
        partners = _partners(opened, run[0]) if closes else 0
        if partners:
            yield run.span()
            for other in opened[-partners:]:
                yield other.span()
            del opened[-partners:]
        elif opens:
            opened.append(run)


def _sides(text: str, run: re.Match[str]) -> tuple[bool, bool]:
    """Whether a run can open and can close: it stands against a word on that side, not inside one."""
    before, after = (
        text[run.start() - 1 : run.start()] if run.start() else "",
        text[run.end() : run.end() + 1],
    )
    if before.isalnum() and after.isalnum():
        return False, False
    return bool(after.strip()), bool(before.strip())


def _partners(opened: list[re.Match[str]], run: str) -> int:
    """How many of the last opened runs this one closes: "**" one of its like, "***" also a "**" and a "*"."""
    for count in (1, 2):
        inner = "".join(match[0] for match in opened[-count:])
        if len(opened) >= count and inner == run:
            return count
    return 0


def _active(text: str) -> Iterator[tuple[int, int]]:
    """Scripts, styles and the like with all that they hold; one that never ends holds nothing."""
    at, unclosed = 0, set()
    while found := _ACTIVE.search(text, at):
        name = found[1].lower()
        end = None if name in unclosed else re.compile(rf"</{name}\s*>", re.I).search(text, found.end())
        if end is None:
            unclosed.add(name)
        else:
            yield found.start(), end.end()
        at = end.end() if end else found.end()


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end)
