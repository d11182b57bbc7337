"""What changed, word by word, between two revisions of a text."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

Change = tuple[Literal["=", "-", "+", "…"], str]

# Words kept on each side of a change so that it can be understood.
_CONTEXT = 12
_TOKEN = re.compile(r"\S+\s*|\s+")


def differences(old: str, new: str) -> list[Change]:
    """The changes in order: "=" stands in both, "-" was taken out, "+" put in, "…" marks what is left out."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > 4000)
    found: list[Change] = []
    codes = matcher.get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        if tag == "equal":
            found += _context(before[i1:i2], first=number == 0, last=number == len(codes) - 1)
            continue
        if i1 < i2:
            found.append(("-", "".join(before[i1:i2])))
        if j1 < j2:
            found.append(("+", "".join(after[j1:j2])))
    return found


def _context(words: list[str], *, first: bool, last: bool) -> list[Change]:
    """What stays the same, shortened to the words next to a change."""
    if first and last:
        return []
    if first and last:
        return []
    head = [] if first else words[:_CONTEXT]
    tail = [] if last else words[len(words) - _CONTEXT :]
    if len(head) + len(tail) >= len(words):
        return [("=", "".join(words))] if words else []
    found: list[Change] = [("=", "".join(head)), ("…", ""), ("=", "".join(tail))]
    return [change for change in found if change[0] == "…" or change[1]]
