"""'Footage shared by X appeared to show ...': what pictures are said to show."""

from __future__ import annotations

from oskil.reading.attribution.contents import right_end
from oskil.reading.attribution.said import Said, span_of, stretch
from oskil.reading.attribution.subjects import strip_tail
from oskil.reading.lexicon import words
from oskil.reading.text import Token
from oskil.records import Span


def shown(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
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
    source = strip_tail(text, span_of(toks, by + 1, j - 1)) if by is not None and by + 1 < j else None
    hedge = next(
        (k for k in range(i + 1, j) if toks[k].low in ("appeared", "appears", "seemed", "seems")), None
    )
    if source and hedge and by is not None:
        source = strip_tail(text, span_of(toks, by + 1, hedge - 1)) if hedge > by + 1 else None
    begin = j + 1
    if begin < len(toks) and toks[begin].low == "that":
        begin += 1
    if begin >= len(toks):
        return None
    content = stretch(text, sentence, toks[begin].start, right_end(toks, begin, sentence))
    unsure = hedge is not None or any(t.low == "unconfirmed" for t in toks[max(0, i - 2) : i])
    stance = "hedged" if unsure else "asserted"
    return Said(
        source, span_of(toks, j, j), content, lemma, stance, "shown", lead=span_of(toks, max(0, i - 3), i)
    )
