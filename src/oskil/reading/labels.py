"""Words before a paragraph's first colon: a label that sets its stance, or whoever speaks in it.

"Unconfirmed claims: ..." hedges what follows; "State TV, citing a military source: ..." says whose word
it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from oskil.conflict.profile import ConflictProfile
from oskil.reading.lexicon import words
from oskil.reading.text import sentences
from oskil.records import Span

LABEL = re.compile(r"(?:\d{1,2}[:.]\d{2}(?!\d)[.\s]*(?:[–—|-]\s*)?)?([A-Z@][^:;“\"\n]{2,90}):\s+(?=\S)")
STAMP = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)\s*(?:[–—|.-]\s*)?(?=[A-Z“\"])")
DOUBTFUL = re.compile(r"\b(?:unconfirmed|alleged|claims?|unverified|rumou?rs?)\b", re.I)
AIM = re.compile(r"\b(?:objective|aim|goal|plan|intent|outlook|forecast)", re.I)
CITING = re.compile(r",?\s+(?:citing|quoting|cites|quotes)\s+", re.I)
QUOTED_BY = re.compile(r",?\s+(?:quoted|cited) by\s+|,?\s+(?:via|through|on)\s+(?=[A-Z])", re.I)
LABEL_NOUNS = frozenset("claims reports assessed reported confirmed claimed forecast posts estimates".split())
LONGEST = 7  # words of a label that only labels


@dataclass(frozen=True, slots=True)
class Label:
    """The stretch that the label takes up, what it does to certainty, and who speaks, through whom."""

    span: Span
    stance: str = "asserted"
    speaker: str = ""
    relay: str = ""


def label_of(text: str, paragraph: Span, profile: ConflictProfile) -> Label | None:
    """The label that opens a paragraph, with a time stamp before it; None where words to read open it.

    Whom the profile knows by name can speak: "12.09. Synehubov: ...".
    """
    match = LABEL.match(text, paragraph.start, paragraph.end)
    stamp = STAMP.match(text, paragraph.start, paragraph.end)
    only_stamp = Label(Span(paragraph.start, stamp.end())) if stamp else None
    if match is None or len(list(sentences(text, Span(*match.span(1))))) > 1:
        return only_stamp
    span = Span(paragraph.start, match.end())
    named = match.group(1).strip()
    if speaks(named) or profile.find_actor(named):
        speaker, relay = _who(named)
        return Label(span, "asserted", speaker, relay)
    if _only_labels(named):
        return Label(span, _stance(named))
    return only_stamp


def _only_labels(named: str) -> bool:
    """A few words, and no verb of a sentence among them."""
    listed = named.lower().split()
    verbs = words().groups["auxiliaries"] | set(words().cues) - LABEL_NOUNS
    return len(listed) <= LONGEST and not set(listed) & verbs


def _stance(named: str) -> str:
    if AIM.search(named):
        return "forecast"
    return "hedged" if DOUBTFUL.search(named) else "asserted"


def speaks(named: str) -> bool:
    """Whether the words name somebody who can speak, and nothing else."""
    first = re.split(r",|\s(?:citing|quoting|quoted|via|in|of|on)\s", named)[0]
    tokens = [w.lower() for w in re.findall(r"[\w'’-]+", first)]
    if not tokens or len(tokens) > LONGEST or DOUBTFUL.search(first) or AIM.search(first):
        return False
    return tokens[-1] in words().groups["crowd_nouns"] | words().groups["speaking_nouns"]


def _who(named: str) -> tuple[str, str]:
    for pattern, outlet_first in ((CITING, True), (QUOTED_BY, False)):
        parts = pattern.split(named, maxsplit=1)
        if len(parts) == 2 and all(parts):
            return (parts[1], parts[0]) if outlet_first else (parts[0], parts[1])
    return named.split(",")[0], ""
