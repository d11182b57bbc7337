"""Which words are reporting verbs in use."""

from __future__ import annotations

import re

from oskil.reading.lexicon import words
from oskil.reading.text import CLOSING, OPENING, STRAIGHT, Token

NOT_BEFORE_A_CUE = frozenset(
    "be been was is were being are the a an by to its his her their this that these those as of in"
    " newly".split()
)


def negated(toks: list[Token], k: int) -> bool:
    """Whether nobody says it: 'has not confirmed', 'did not immediately say', 'could not verify'."""
    before = [t.low.replace("’", "'") for t in toks[max(0, k - 3) : k] if not t.low.endswith("ly")]
    return before[-1:] in (["not"], ["never"]) or any(w.endswith("n't") or w == "cannot" for w in before[-1:])


def is_cue(toks: list[Token], k: int) -> bool:
    """Whether the token is a reporting verb in use, not a participle that modifies a noun."""
    return not toks[k].quoted and toks[k].text.replace("’", "'") in words().cues and not is_modifier(toks, k)


def is_modifier(toks: list[Token], i: int) -> bool:
    """A form that modifies a noun or stands in the passive: 'an estimated 70%', 'footage posted by X',
    'was reported'.
    """
    before = toks[i - 1].low if i else ""
    after = toks[i + 1].low if i + 1 < len(toks) else ""
    if before in NOT_BEFORE_A_CUE or after in ("by", "-") or (after == "at" and toks[i].low == "estimated"):
        return True
    if before in words().cues and toks[i].low in words().groups["report_nouns"]:
        return True  # "denied reports that"
    if toks[i].low in ("reported", "claimed", "announced", "confirmed") and _modifies(toks, i, after):
        return True
    participle = toks[i].low.endswith("ed") or toks[i].low in ("shown", "said")
    return (
        participle
        and before in words().groups["evidence_nouns"]
        and words().cues[toks[i].low].lemma in ("post", "report")
    )


def _modifies(toks: list[Token], i: int, after: str) -> bool:
    """'The first gains reported since May': a plural of things, which say nothing, and a time behind it."""
    before = toks[i - 1].low if i else ""
    groups = words().groups
    speaks = groups["crowd_nouns"] | groups["speaking_nouns"] | groups["roles"] | groups["outlet_nouns"]
    singular = before.removesuffix("s")
    thing = before.endswith("s") and toks[i - 1].text.islower() and not {before, singular} & speaks
    return thing and after in ("since", "during", "so", "along", "across", "near", "over", "this", "last")


def plural_subject(toks: list[Token], i: int) -> bool:
    """A bare form is a cue only after a plural or a pronoun ('analysts say', 'they believe')."""
    before = toks[i - 1].low if i else ""
    return bool(re.search(r"s$", before)) or before in (
        "they",
        "we",
        "i",
        "you",
        "others",
        "people",
        "also",
        "police",
    )


def quote_edge(tok: Token) -> bool:
    return tok.text in OPENING or tok.text in CLOSING or tok.text == STRAIGHT


def ends_phrase(tok: Token) -> bool:
    """Whether a noun phrase ends before this mark."""
    return tok.text in (",", ";", ":", "–", "—", ".", "--") or quote_edge(tok)
