"""'State television quoted a commander as saying that ...': a speaker through an outlet, in one phrase."""

from __future__ import annotations

import re

from oskil.reading.attribution.said import Said, stretch
from oskil.records import Span

QUOTED = re.compile(
    r"(?P<relay>[A-Z][^,;:“”\"]{1,60}?)\s+(?P<cue>(?:has |have |had )?(?:quoted|quotes|cited|cites))\s+"
    r"(?P<source>[^,;:“”\"]{2,70}?)\s+as\s+(?:saying|claiming|telling \w+|reporting)\s+(?:that\s+)?"
)


def quoted(text: str, sentence: Span) -> list[Said]:
    """The attribution of the one quoted, and that of the outlet whose content holds it; or nothing."""
    match = QUOTED.search(text, sentence.start, sentence.end)
    if match is None:
        return []
    content = stretch(text, sentence, match.end(), sentence.end)
    if not content:
        return []
    relay, cue, source = (Span(*match.span(g)) for g in ("relay", "cue", "source"))
    inner = Said(source, Span(match.end("source"), match.end()), content, "say", "asserted", "verb")
    # The outlet's own cue has the whole of the other's attribution for its content.
    outer = Said(relay, cue, (Span(source.start, content[-1].end),), "quote", "asserted", "verb")
    return [inner, outer]
