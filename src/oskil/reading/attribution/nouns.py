"""'Claims that ...', 'media reports emerged that ...'."""

from __future__ import annotations

import re

from oskil.reading.attribution.said import Said, span_of, stretch
from oskil.reading.lexicon import words
from oskil.reading.text import Token
from oskil.records import Span

UNPROVED = re.compile(r"\s(?:could|can) ?not (?:\w+ly )?be (?:\w+ly )?(?:verified|confirmed|established)\b")


def noun_cue(text: str, sentence: Span, toks: list[Token], i: int) -> Said | None:
    if toks[i].low not in words().groups["report_nouns"] or i + 1 >= len(toks):
        return None
    if i and toks[i - 1].low in words().cues:
        return None  # 'refuted claims that ...' is the verb's
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
