"""Claims are marked where they stand: nested, overlapping, in several pieces."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oskil.publishing.marking import Piece, blocks, pieces
from oskil.records import Part, Span

TEXT = "The troops left the town, he said, at dawn."


def cover(*words: str) -> list[Span]:
    return [Span(TEXT.index(w), TEXT.index(w) + len(w)) for w in words]


def test_a_nested_claim_lies_within_the_wider_one() -> None:
    found = pieces(TEXT, 0, len(TEXT), [cover("troops left the town"), cover("the town")])
    assert found == (
        Piece("The ", ()),
        Piece("troops left ", (0,)),
        Piece("the town", (0, 1)),
        Piece(", he said, at dawn.", ()),
    )


def test_the_widest_claim_comes_first_whatever_its_number() -> None:
    found = pieces(TEXT, 0, len(TEXT), [cover("town"), cover("left the town")])
    assert Piece("town", (1, 0)) in found


def test_overlapping_claims_share_a_piece() -> None:
    found = pieces(TEXT, 0, len(TEXT), [cover("troops left"), cover("left the town")])
    assert [p for p in found if p.claims] == [
        Piece("troops ", (0,)),
        Piece("left", (1, 0)),
        Piece(" the town", (1,)),
    ]


def test_a_claim_in_two_pieces_leaves_the_words_between() -> None:
    found = pieces(TEXT, 0, len(TEXT), [cover("The troops left the town", "at dawn")])
    assert [p.text for p in found if not p.claims] == [", he said, ", "."]


def test_a_claim_that_runs_over_a_paragraph_is_marked_in_both() -> None:
    text = "One ends here\n\nand goes on."
    found = blocks(text, (), [[Span(4, 18)]])
    assert [[p.text for p in b.pieces if p.claims] for b in found] == [["ends here"], ["and"]]


def test_parts_give_their_roles_and_gaps_are_body() -> None:
    text = "Head\n\nBody text.\n\nShown by one\n\nand the same\n\nEnd."
    start = text.index("Shown")
    end = text.index("same") + 4
    found = blocks(text, (Part(0, 4, "title"), Part(start, end, "embed", "@one", "Site")), [])
    assert [(b.role, b.by) for b in found] == [
        ("title", None),
        ("body", None),
        ("embed", "@one"),
        ("embed", "@one"),
        ("body", None),
    ]
    assert found[2].part == found[3].part


words = st.text(alphabet="ab \n", max_size=60)
edge = st.integers(0, 60)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(words, st.lists(st.lists(st.tuples(edge, edge), max_size=3), max_size=4), st.lists(edge, max_size=4))
def test_nothing_of_a_text_is_lost_and_every_mark_is_in_its_claim(
    text: str, claims: list[list[tuple[int, int]]], cuts: list[int]
) -> None:
    size = len(text)
    spans = [[Span(min(a, b, size), min(max(a, b), size)) for a, b in claim if a != b] for claim in claims]
    spans = [[s for s in claim if s.start < s.end] for claim in spans]
    parts = [Part(a, b, "caption") for a, b in pairwise(sorted({min(c, size) for c in cuts}))]
    found = blocks(text, parts, spans)
    shown = "".join(p.text for b in found for p in b.pieces)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)
    for number, claim in enumerate(spans):
        marked = "".join(p.text for b in found for p in b.pieces if number in p.claims)
        covered = "".join(c for i, c in enumerate(text) if any(s.start <= i < s.end for s in claim))
        assert re.sub(r"\s", "", marked) == re.sub(r"\s", "", covered)
