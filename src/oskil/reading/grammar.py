"""Where clauses have their verbs, told from word lists and neighbours alone."""

from __future__ import annotations

from collections.abc import Sequence

from oskil.reading.lexicon import words
from oskil.reading.text import Token


def finite_at(toks: Sequence[Token], k: int) -> bool:
    """Whether the token at `k` is taken for a finite verb.

    Auxiliaries, irregular pasts and third persons that are no nouns count; a regular past counts unless what
    stands before or after shows that it modifies a noun ("the occupied areas", "published by").
    """
    tok = toks[k]
    if not tok.text.islower():
        return False
    low, listed = tok.low, words()
    if low in listed.groups["auxiliaries"]:
        return True
    before_noun = k > 0 and (
        toks[k - 1].low in listed.groups["before_nouns"] or toks[k - 1].low.endswith("'s")
    )
    modified = before_noun and not (low in listed.finite and toks[k - 1].low.endswith("'s"))
    if low in listed.finite:
        return not modified
    if low in listed.groups["noun_like"]:
        # "controls most of it", "holds the road": a noun of this form has no object behind it.
        after = toks[k + 1].low if k + 1 < len(toks) else ""
        return (
            k > 0
            and not before_noun
            and (
                after in listed.groups["objects"] | listed.groups["particles"]
                or after[:1].isdigit()
                or _name_follows(toks, k)
            )
        )
    if low in listed.bases and not modified and 0 < k < len(toks) - 1 and _plural_or_adverb(toks[k - 1]):
        # "troops still hold the centre": a bare form behind a plural, with an object.
        return toks[k + 1].low in listed.groups["objects"] or toks[k + 1].text[0].isupper()
    if not low.endswith("ed") or len(low) < 5 or "-" in low or k == 0 or modified:
        return False
    before, after = toks[k - 1], toks[k + 1].low if k + 1 < len(toks) else ""
    if low in listed.groups["adjectives"] and after not in listed.groups["objects"]:
        return False
    if after == "by" or (
        before.low in listed.groups["evidence_nouns"] and after in ("on", "in", "at", "from")
    ):
        return False
    return before.is_word


def _name_follows(toks: Sequence[Token], k: int) -> bool:
    """'The army holds Omdurman', 'Drones hit Bahri': a name as object, and no day ("the attacks Friday")."""
    opens = k == 1 and toks[0].low.endswith("s")
    if k + 1 >= len(toks) or not (toks[k - 1].text[0].islower() or opens):
        return False
    after = toks[k + 1]
    return after.text[0].isupper() and after.low not in words().groups["time_words"]


def _plural_or_adverb(tok: Token) -> bool:
    adverb = tok.low in ("still", "now", "also", "already", "they", "we", "who", "people", "police", "troops")
    return adverb or (tok.low.endswith("s") and not tok.low.endswith(("'s", "ss")))


def has_finite(toks: Sequence[Token]) -> bool:
    """Whether a finite verb stands among the tokens, quoted or not."""
    return any(finite_at(toks, k) for k in range(len(toks)))


def has_clause(toks: Sequence[Token]) -> bool:
    """Whether there are words enough for a subject and a finite verb, and there is one."""
    return len([t for t in toks if t.is_word]) >= 3 and has_finite(toks)


def head(toks: Sequence[Token], reach: int = 4) -> tuple[int, int]:
    """Character offsets of the main predicate: the main clause's first finite verb and `reach` tokens more.

    A verb inside a relative clause ("the town that fell") is passed over; without any verb, the head is all.
    """
    if not toks:
        return (0, 0)
    relative = False
    for k, tok in enumerate(toks):
        if tok.low in ("that", "which", "who", "where", "whom") and k > 0 and toks[k - 1].is_word:
            relative = True
        elif tok.text == ",":
            relative = False
        elif finite_at(toks, k):
            if relative:
                relative = False
                continue
            last = k
            while last + 1 < len(toks) and toks[last + 1].low in words().groups["auxiliaries"]:
                last += 1
            return (toks[max(0, k - 1)].start, toks[min(len(toks) - 1, last + reach)].end)
    return (toks[0].start, toks[-1].end)
