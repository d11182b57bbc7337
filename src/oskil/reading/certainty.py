"""How sure, whether denied, and what is shown: certainty, polarity and evidence of a clause."""

from __future__ import annotations

import re

from oskil.reading.grammar import head
from oskil.reading.text import tokens
from oskil.records import Certainty, Evidence, Polarity, Span

HEDGES = re.compile(
    r"\b(?:appear(?:s|ed|ing)?|seem(?:s|ed)?|reportedly|unconfirmed|alleged(?:ly)?|estimated|likely|probably|possibly"
    r"|perhaps|believed to|thought to|suspected|could(?! not)|(?-i:may)(?!\s\d)|might|suggests?"
    r"|suggested|rumou?red|apparently|purported(?:ly)?"
    r"|no (?:independent |official )?confirmation|presumably|is said to|are said to|i hope|doubtful)\b",
    re.I,
)
CONDITION = re.compile(
    r"\bif\b[^.]*\b(?:would|will|could|might)\b|\bwould\b|\bin the event of\b|\bunless\b", re.I
)
IF = re.compile(r"\b(?:if|unless|in the event of|were to)\b", re.I)
DENIALS = re.compile(
    r"\b(?:not|no|never|nobody|none|neither|nor|cannot|can't|isn't|aren't|wasn't|weren't|hasn't|haven't|hadn't|doesn't|don't"
    r"|didn't|won't|wouldn't|couldn't|failed to|fails to|failing to|unable to|denied|refused to"
    r"|without success)\b",
    re.I,
)
# "not only", "no doubt" and "not X," affirm; "must not" demands and denies nothing.
AFFIRMING = re.compile(
    r"\bno (?:independent |official )?confirmation\b|\bnot only\b|\bno doubt\b"
    r"|\bno (?:longer|fewer|less|later|more|sooner) than\b|\bno matter\b|\bwhy not\b"
    r"|, not [^,]{2,30},|\b(?:must|should|shall) (?:not|never)\b",
    re.I,
)
NEGATED_SUBJECT = re.compile(
    r"^\W*(?:no|nobody|none|neither|not a single|never)\b|,\s*no (?:\w+ ){0,4}\w+ (?:was|were|is"
    r"|are|has|have|will)\b",
    re.I,
)
EVIDENCE: tuple[tuple[str, Evidence], ...] = (
    (r"\bsatellite (?:image\w*|photo\w*|picture\w*)\b", "satellite"),
    (r"\b(?:footage|videos?|clips?)\b", "footage"),
    (r"\b(?:photo(?:graph)?s?|pictures?|images?|screenshots?)\b", "photo"),
    (
        r"\b(?:report by|documents? show|according to (?:a |the )?(?:document|report)|leaked documents?)\b",
        "document",
    ),
)


def certainty_of(words: str, stance: str) -> Certainty:
    """`conditional` before `hedged` before `asserted`; only the clause's own words and its cue count."""
    hedged = HEDGES.search(words)
    if CONDITION.search(words) and not (hedged and not IF.search(words)):
        return "conditional"
    if stance == "hedged" or hedged:
        return "hedged"
    return "asserted"


def polarity_of(words: str, stance: str) -> Polarity:
    """`denied` where the main predicate carries a negation, or the cue denies what it introduces."""
    plain = AFFIRMING.sub(lambda m: "x" * len(m.group()), words.replace("’", "'"))
    first, last = head(tokens(plain, Span(0, len(plain))), reach=3)
    denied = bool(DENIALS.search(plain[first:last]) or NEGATED_SUBJECT.search(plain))
    return "denied" if denied != (stance == "denied") else "affirmed"


def evidence_in(words: str) -> Evidence | None:
    """The kind of thing shown that the words name, or None."""
    low = words.lower()
    return next((evidence for pattern, evidence in EVIDENCE if re.search(pattern, low)), None)
