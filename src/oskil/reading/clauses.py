"""A stretch of content split into propositions: clauses that could be true or false on their own.

Nested checkable facts ("a town 76 kilometres northeast of X", "which straddles the Y River", "(southeast of
Z)") come out beside the clause they stand in. What is coordinated is split where both sides can stand alone;
`rules.py` joins again what turns out to be one claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from oskil.reading.attribution import MARKS
from oskil.reading.grammar import finite_at, has_clause, has_finite
from oskil.reading.lexicon import words
from oskil.reading.results import between_results, is_result
from oskil.reading.text import CLOSING, OPENING, STRAIGHT, Token, sentences, tokens, trim
from oskil.records import Span

DIRECTION_OF = re.compile(
    r"\b(?:north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west|south-east|south-west)"
    r"(?:ern)?\b[^()]*\bof\b|\b(?:km|kilomet|miles?)\b[^()]*\bfrom\b",
    re.I,
)
MEASURE = re.compile(
    r"\d[\d.,]*\s?(?:km|kilomet\w+|miles?|people|inhabitants|residents|percent|per cent|%)\b"
    r"|\bpopulation of\b|-(?:largest|biggest)\b",
    re.I,
)
# "As a result of the shelling": no clause; "as a column entered the town" is one.
AS_PHRASE = re.compile(
    r"as (?:an? (?:\w+ )?(?:result|consequence|precaution|rule|whole|matter|sign|response|warning|part"
    r"|reminder|step|measure|means|gesture)|of|for|part|if|one|many|much|few|soon|long|far|early|late|recently"
    r"|expected|usual|ever|always|per|to|opposed|with|before)\b",
    re.I,
)
LEADING = re.compile(
    r"^(?:but|and|so|yet|meanwhile|however|although|though|while|whereas|also|in addition"
    r"|moreover|instead|still"
    rf"|that|as well as|(?!{AS_PHRASE.pattern})as|because|then|ultimately|in particular|for example)\b[\s,]*",
    re.I,
)
# "A year later -- with thousands dead": what leads to a dash and a "with" is no part of what follows.
LINK = re.compile(r"(?:https?:\s?(?:/{1,2})?)?(?:[\w-]{1,63}\.){1,6}[a-z]{2,}/\S*|https?://\S+", re.I)
ABSOLUTE = re.compile(r"[^,;.]{3,40}\s(?:--|[–—])\s*with\s+(?=\S)")
PARTICIPLE_KEEPS = frozenset(
    "including according following damaging causing targeting aiming seeking using involving regarding"
    " concerning citing depending being having amid during hitting starting beginning leaving".split()
)
# What an event did, told in as little as three words ("killing a nurse"), is a claim of its own.
EFFECTS = frozenset(
    "killing wounding injuring maiming destroying wrecking burning sinking razing flattening"
    " capturing seizing".split()
)


@dataclass(frozen=True, slots=True)
class Proposition:
    """One clause. `role` is main, relative, apposition, participle, temporal or parenthesis.

    `anchor` is where the words stand that a nested fact is about (they come before it).
    """

    span: Span
    role: str = "main"
    anchor: Span | None = None


def propositions(text: str, content: Span, quotes: Sequence[Span]) -> list[Proposition]:
    """The propositions of one stretch of content, in order."""
    out: list[Proposition] = []
    for sentence in sentences(text, content):
        for piece in _split_strong(text, sentence, quotes):
            out += _unfold(text, piece, quotes)
    return [p for p in out if _worth(text, p)]


def _worth(text: str, p: Proposition) -> bool:
    said = re.findall(r"\w+", text[p.span.start : p.span.end].lower())
    short = said[-1:] and (said[-1] in words().groups["results"] or (said[0] == "no" and said[-1] in HARMS))
    return len(said) >= (2 if p.role == "parenthesis" or short else 3)


def cleaned(text: str, span: Span) -> Span:
    """The span without marks and addresses of the web at its ends and without a leading conjunction."""
    span = without_links(text, trim(text, span, MARKS))
    match = LEADING.match(text[span.start : span.end]) or ABSOLUTE.match(text[span.start : span.end])
    if match and match.end() < span.end - span.start - 8:
        span = trim(text, Span(span.start + match.end(), span.end), MARKS)
    return span


def without_links(text: str, span: Span) -> Span:
    """The span without addresses of the web at its ends."""
    for link in LINK.finditer(text, span.start, span.end):
        if not text[span.start : link.start()].strip(MARKS + " "):
            span = trim(text, Span(link.end(), span.end), MARKS)
        elif not text[link.end() : span.end].strip(MARKS + " "):
            span = trim(text, Span(span.start, link.start()), MARKS)
    return span


# --- coordination ---------------------------------------------------------------------------------


def _split_strong(text: str, span: Span, quotes: Sequence[Span]) -> list[Span]:
    """Splits at semicolons, dashes, colons and conjunctions between full clauses."""
    toks = tokens(text, span, quotes)
    cuts = [0]
    for j in range(1, len(toks) - 1):
        if j - cuts[-1] >= 2 and _cut_here(toks, cuts[-1], j):
            cuts.append(j)
    cuts.append(len(toks))
    pieces = [Span(toks[a].start, toks[b - 1].end) for a, b in zip(cuts, cuts[1:], strict=False) if b > a]
    return [c for c in (cleaned(text, p) for p in pieces) if c.end > c.start]


def _cut_here(toks: list[Token], start: int, j: int) -> bool:
    mark, low = toks[j].text, toks[j].low
    if mark not in CUT_MARKS and low != "as" and low not in words().groups["coordinators"]:
        return False  # before anything is sliced: most tokens of a long sentence end here
    left, right = toks[start:j], toks[j + 1 :]
    if _open_bracket(left) or (j - start < 3 and not (mark in (",", ";") and is_result(left))):
        return False
    opens = left[0].low in CONCESSIVE and not AS_PHRASE.match(" ".join(t.low for t in left[:4]))
    if mark == "," and opens and has_clause(left[1:]):
        return _starts_clause(right)
    if between_results(toks[start:j], toks[j], right):
        return True
    if low == "as" and j + 2 < len(toks) and toks[j + 1].low == "well" and toks[j + 2].low == "as":
        return len(right) >= 5
    if mark in (";", ":") or mark in ("–", "—", "--"):
        return has_clause(left) and has_clause(right) and len(right) >= 4
    if low not in words().groups["coordinators"]:
        return False
    after_comma = toks[j - 1].text == ","
    that = bool(right) and right[0].low == "that"
    if low in ("but", "while", "whereas", "although", "though") and (after_comma or low != "though"):
        return has_clause(left) and (_starts_clause(right) or _bare_negation(right))
    if low == "and" and _another_predicate(toks, j):
        return has_clause(left) and len(right) >= 3
    if low == "and" and after_comma and _does_something(right):
        return has_clause(left)
    if low in ("and", "so", "yet") and (after_comma or that):
        return has_clause(left) and (that or _starts_clause(right))
    return False


def _open_bracket(left: Sequence[Token]) -> bool:
    return sum(t.text in "([" for t in left) > sum(t.text in ")]" for t in left)


HARMS = frozenset("casualties victims injuries deaths fatalities damage wounded losses".split())
RELATIVE = frozenset("that which who where".split())
CUT_MARKS = frozenset((",", ";", ":", "–", "—", "--"))
CONCESSIVE = frozenset("as while although though whereas".split())
TEMPORAL = frozenset("when after since before".split())
PERFECT = frozenset("had has have".split())
LEADS = frozenset("to in on from with by at during after before since for under not".split())


def _starts_clause(right: Sequence[Token]) -> bool:
    """Whether a noun phrase and then a finite verb begin here, perhaps behind an introduction ('on
    Sunday, ...').
    """
    for k, tok in enumerate(right[:16]):
        if tok.text == "," and 0 < k < 8 and right[0].low in LEADS:
            return _starts_clause(right[k + 1 :])
        if tok.text in (",", ";", ":") and k > 0:
            return False
        if finite_at(right, k):
            return k > 0 and right[0].low not in LEADS
    return False


def _another_predicate(toks: list[Token], j: int) -> bool:
    """'repelled the attack and killed twelve': a second verb with the first one's subject.

    If it turns out to claim the same kind of thing, the two are joined again.
    """
    verb = j + 1 if not toks[j + 1].low.endswith("ly") else j + 2
    if verb >= len(toks) - 1 or not finite_at(toks, verb) or toks[verb].low in words().auxiliaries:
        return False
    return (
        toks[verb + 1].low in words().groups["objects"]
        or toks[verb + 1].text[0].isdigit()
        or (toks[verb + 1].is_word and toks[verb + 1].low not in words().groups["before_nouns"])
    )


def _does_something(right: Sequence[Token]) -> bool:
    """'had surrounded a brigade there': a perfect with an object, which "had come since June" has not."""
    if not right or right[0].low not in PERFECT:
        return False
    behind = [t for t in right[1:8] if t.is_word and not t.low.endswith("ly")]
    return len(behind) > 1 and (behind[1].low in words().groups["objects"] or behind[1].text[0].isdigit())


def _bare_negation(right: Sequence[Token]) -> bool:
    """'... but did not advance', 'but has been plagued': a predicate without a subject of its own."""
    return len(right) >= 3 and right[0].low in words().auxiliaries


# --- nested facts ---------------------------------------------------------------------------------


def _unfold(text: str, piece: Span, quotes: Sequence[Span]) -> list[Proposition]:
    toks = tokens(text, piece, quotes)
    nested: list[Proposition] = []
    cut_tail = piece.end
    for j, tok in enumerate(toks):
        if tok.text == "(":
            nested += _parenthesis(text, toks, j)
        if tok.low in TEMPORAL and j > 0:
            later = _temporal(text, toks, j)
            nested += later
            if later and later[0].span.end >= trim(text, piece, MARKS).end and (comma := _set_off(toks, j)):
                cut_tail = min(cut_tail, toks[comma].start)
        if tok.text not in (",", "–", "—", "--") or j + 1 >= len(toks) or _in_a_date(toks, j):
            continue
        found = _nested(text, toks, j)
        if found:
            nested += _with_own_relative(text, found)
            # A nested clause that ends the piece is cut from the main one, if enough of it remains.
            if trim(text, found.span, MARKS).end >= trim(text, piece, MARKS).end and j >= 2:
                cut_tail = min(cut_tail, tok.start)
    main = cleaned(text, Span(piece.start, cut_tail))
    return [Proposition(main), *nested]


def _set_off(toks: list[Token], j: int) -> int | None:
    """Index of the comma before a clause of time that begins at `j`: ", a day after they left"."""
    comma = next((k for k in range(j - 1, max(1, j - 5), -1) if toks[k].text == ","), None)
    return None if comma and has_finite(toks[comma:j]) else comma


def _nested(text: str, toks: list[Token], j: int) -> Proposition | None:
    ways = (_relative, _apposition, _participle, _passive, _absolute)
    return next((found for way in ways if (found := way(text, toks, j))), None)


def _with_own_relative(text: str, fact: Proposition) -> list[Proposition]:
    """'a town 76 km from X that serves as a hub': an apposition and the relative clause in it are two
    facts.
    """
    toks = tokens(text, fact.span)
    for k in range(4, len(toks) - 2):
        if (
            fact.role == "apposition"
            and toks[k].low in ("that", "which", "who")
            and has_finite(toks[k + 1 : k + 4])
        ):
            first = replace(fact, span=Span(fact.span.start, toks[k - 1].end))
            return [first, replace(fact, span=Span(toks[k + 1].start, fact.span.end), role="relative")]
    return [fact]


def _in_a_date(toks: Sequence[Token], k: int) -> bool:
    """Whether a comma stands inside "February 24, 2022"."""
    inside = toks[k].text == "," and 0 < k < len(toks) - 1
    return (
        inside and toks[k - 1].text.isdigit() and re.fullmatch(r"(?:19|20)\d\d", toks[k + 1].text) is not None
    )


def _end_of(toks: list[Token], start: int, *, stop_at_comma: bool = True) -> int:
    """Index behind the last token of a nested phrase that begins at `start`."""
    depth = 0
    for k in range(start, len(toks)):
        if toks[k].text in "([":
            depth += 1
        if toks[k].text in ")]":
            depth -= 1
        if _in_a_date(toks, k):
            continue
        if depth <= 0 and (
            toks[k].text in (";", "–", "—", "--", ":") or (stop_at_comma and toks[k].text == ",")
        ):
            return k
        if toks[k].text in OPENING + CLOSING + STRAIGHT and k > start:
            return k
    return len(toks)


def _fact(text: str, toks: list[Token], first: int, end: int, role: str, j: int) -> Proposition | None:
    if end <= first:
        return None
    span = trim(text, Span(toks[first].start, toks[end - 1].end), MARKS)
    return (
        Proposition(span, role, Span(toks[max(0, j - 8)].start, toks[j].start))
        if span.end > span.start
        else None
    )


def _relative(text: str, toks: list[Token], j: int) -> Proposition | None:
    """', which straddles the river', ', where ...'."""
    first = j + 1
    low = toks[first].low
    preposition = (
        low in ("with", "in", "of", "to", "from")
        and first + 1 < len(toks)
        and toks[first + 1].low in ("which", "whom")
    )
    if low not in ("which", "who", "where", "whose") and not preposition:
        return None
    end = _end_of(toks, first)
    # A list of verbs goes on behind its commas to the end: "which helped it see, fly and aim".
    # Where the main clause has no verb yet, one that follows the comma is its own: "X, which ..., denied it".
    listed = end < len(toks) - 1 and toks[end].text == "," and end > first + 2
    if listed and not has_clause(toks[end + 1 :]):
        main = toks[end + 1].low in words().finite or toks[end + 1].low.endswith("ed")
        end = end if main and not has_finite(toks[:j]) else len(toks)
    # 'which is why' carries the main point on; a clause without a verb is none.
    if not has_finite(toks[first:end]) or (first + 2 < len(toks) and toks[first + 2].low == "why"):
        return None
    return _fact(text, toks, first, end, "relative", j)


def _apposition(text: str, toks: list[Token], j: int) -> Proposition | None:
    """', a town 76 kilometres northeast of ...', ', the country's second-largest city'."""
    first = j + 1
    low = toks[first].low
    end = _end_of(toks, first)
    inside = toks[first:end]
    phrase = text[toks[first].start : toks[end - 1].end]
    nouns = words().groups["fact_nouns"]
    noun = inside[: next((k for k, t in enumerate(inside) if t.low in RELATIVE), end)]
    if (
        low in ("a", "an", "the")
        and any(t.low in nouns for t in noun[:7])
        and len(inside) >= 3
        and not has_clause(noun)
    ):
        return _fact(text, toks, first, end, "apposition", j)
    last = end >= len(toks) - 1
    if (
        last
        and low in ("a", "an", "its", "their", "his", "her")
        and len(inside) >= 5
        and not has_finite(inside)
    ):
        return _fact(text, toks, first, end, "apposition", j)
    if MEASURE.search(phrase) and not has_finite(inside) and len(inside) <= 14 and not low.endswith("ing"):
        return _fact(text, toks, first, end, "apposition", j)
    return None


def _participle(text: str, toks: list[Token], j: int) -> Proposition | None:
    """', ending the occupation', ', highlighting weaknesses': a consequence or comment of its own."""
    first = j + 1
    low = toks[first].low
    if (
        toks[j].text != ","
        or not low.endswith("ing")
        or len(low) < 6
        or low in PARTICIPLE_KEEPS
        or low in words().cues
    ):
        return None
    end = _end_of(toks, first, stop_at_comma=False)
    if end - first < (3 if low in EFFECTS else 4):
        return None
    return _fact(text, toks, first, end, "participle", j)


def _passive(text: str, toks: list[Token], j: int) -> Proposition | None:
    """', besieged by the militia since May', ', now joined by two brigades': what was done to it."""
    first = j + 1
    verb = first + (toks[first].low in ADVERBS)
    if toks[j].text != "," or verb + 2 >= len(toks) or toks[verb + 1].low != "by":
        return None
    if not toks[verb].low.endswith(("ed", "en", "un", "ld")) or toks[verb].low in words().cues:
        return None
    end = _end_of(toks, first)
    return _fact(text, toks, first, end, "participle", j) if end - first >= 4 else None


ADVERBS = frozenset("now once still long since later newly recently already reportedly first".split())


def _absolute(text: str, toks: list[Token], j: int) -> Proposition | None:
    """', with footage circulating of ...': an absolute clause with a participle."""
    first = j + 1
    if toks[first].low != "with" or first + 2 >= len(toks):
        return None
    end = _end_of(toks, first, stop_at_comma=False)
    if not any(t.low.endswith(("ing", "ed")) for t in toks[first + 2 : first + 6]):
        return None
    return _fact(text, toks, first + 1, end, "participle", j)


def _temporal(text: str, toks: list[Token], j: int) -> list[Proposition]:
    """'... after the troops had left the town': a clause of time tells an event of its own."""
    end = _end_of(toks, j + 1)
    if end - j < 5 or not _starts_clause(toks[j + 1 : min(end, j + 9)]):
        return []
    span = trim(text, Span(toks[j + 1].start, toks[end - 1].end), MARKS)
    return [Proposition(span, "temporal")]


def _parenthesis(text: str, toks: list[Token], j: int) -> list[Proposition]:
    """'Pokrovka (southeast of Sumy)': where a place lies, with the name it is said of."""
    close = next((k for k in range(j + 1, len(toks)) if toks[k].text == ")"), None)
    if close is None or not DIRECTION_OF.search(text[toks[j].end : toks[close].start]):
        return []
    name = j
    while name > 0 and toks[name - 1].is_word and toks[name - 1].text[0].isupper():
        name -= 1
    if name == j:
        return []
    return [
        Proposition(
            Span(toks[name].start, toks[close].end), "parenthesis", Span(toks[name].start, toks[j].start)
        )
    ]
