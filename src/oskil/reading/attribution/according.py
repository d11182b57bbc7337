"""'According to X', before and after what X says."""

from __future__ import annotations

from oskil.reading.attribution.contents import clause_start
from oskil.reading.attribution.cues import ends_phrase, is_cue
from oskil.reading.attribution.said import Said, span_of, stretch
from oskil.reading.grammar import has_finite
from oskil.reading.text import Token
from oskil.records import Span


def according(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    if toks[i].low != "according" or i + 2 >= len(toks) or toks[i + 1].low != "to":
        return None
    end = i + 2
    while end < len(toks) and (not ends_phrase(toks[end]) or _in_list(toks, end)):
        end += 1
    source = span_of(toks, i + 2, end - 1)
    cue = span_of(toks, i, i + 1)
    left = [t for t in toks[:i] if t.is_word]
    if len(left) >= 3:
        # What stands after the source in the same sentence goes on with the same content.
        content = stretch(text, sentence, _own_start(toks, i, clause_start(toks, i, sentence)), toks[i].start)
        content += stretch(text, sentence, toks[end - 1].end, sentence.end) if _goes_on(toks[end:]) else ()
    else:
        content = stretch(text, sentence, toks[end - 1].end, sentence.end)
    return Said(source, cue, content, "according to", "asserted", "according")


def _own_start(toks: list[Token], i: int, start: int) -> int:
    """Behind another's words: "40 left, he said, and 20 died, according to X" has X say that 20 died."""
    for k in range(i - 1, 2, -1):
        joined = toks[k].low in ("and", "but", "while") and toks[k - 1].text == "," and not toks[k].quoted
        if joined and is_cue(toks, k - 2) and toks[k].start > start:
            return toks[k].end
    return start


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
    if len([t for t in rest if t.is_word]) < 4 or not (
        has_finite(rest) or any(t.text[0].isdigit() for t in rest)
    ):
        return False
    return not any(is_cue(rest, k) or t.low == "according" for k, t in enumerate(rest))
