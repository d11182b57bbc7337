"""Who is said to have said what: sources, cues and contents of one sentence, by rules.

A sentence may hold several attributions ("..., Gromov said at a briefing, Reuters reported"). Each comes
out as a `Said`: the source's characters, the cue's, and the stretches of content. A later one whose
content holds an earlier one is its relay, which `speakers.py` decides by who the source is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from oskil.reading.attribution.according import according
from oskil.reading.attribution.nouns import accusing, noun_cue, possessed, putting, reports_of
from oskil.reading.attribution.quoted import quoted
from oskil.reading.attribution.said import MARKS, Said
from oskil.reading.attribution.shown import shown
from oskil.reading.attribution.verbs import verb_cue
from oskil.reading.text import tokens
from oskil.records import Span

AND = re.compile(r",?\s+(?:and|but)\s+(?:has |have |had |also |later |then )?$")
SHORTEST = 8  # characters that are left of what was said
LONGEST = 400  # tokens; what is longer without a full stop is a list or no prose, and every cue looks at all


def attributions(text: str, sentence: Span, quotes: Sequence[Span]) -> list[Said]:
    """All attributions of one sentence, in the order of their cues."""
    found = quoted(text, sentence)
    if found:
        return found
    toks = tokens(text, sentence, quotes)[:LONGEST]
    for i, tok in enumerate(toks):
        if tok.quoted:
            continue
        said = according(text, sentence, toks, i) or shown(text, sentence, toks, i)
        nouns = (possessed, noun_cue, reports_of, putting, accusing)
        said = said or next((s for find in nouns if (s := find(text, sentence, toks, i))), None)
        said = said or verb_cue(text, sentence, toks, i, found)
        if said and said.content:
            found.append(said)
    return _without_repeats(_apart(text, found))


def _apart(text: str, found: list[Said]) -> list[Said]:
    """'X denied that it fired and accused Y': what X denied ends before the "and" of the next verb of X."""
    out = []
    for said in found:
        last = said.content[-1]
        later = next((o for o in found if o.shared and o.form == "verb" and o.cue.inside(last)), None)
        joint = AND.search(text, last.start, later.cue.start) if later and later is not said else None
        if joint and joint.start() - last.start > SHORTEST:
            said = replace(said, content=(*said.content[:-1], Span(last.start, joint.start())))
        out.append(said)
    return out


def _without_repeats(found: list[Said]) -> list[Said]:
    """A cue inside another's source or cue ("reported" in "reported claims") is no attribution of its own."""
    out: list[Said] = []
    for said in found:
        if any(o.source and said.cue.inside(o.source) for o in found if o is not said):
            continue
        if any(said.cue.overlaps(o.cue) for o in out):
            continue
        out.append(said)
    return out


__all__ = ["MARKS", "Said", "attributions"]
