"""Text into units: offsets stay inside the text, features say what they should, windows lose nothing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.reading.tagger.units import directed, sentence_starts, units, windows
from oskil.reading.tagger.wordpieces import WordPieces

LETTERS = "abcdefghijklmnopqrstuvwxyz"
PIECES = WordPieces(
    {p: i for i, p in enumerate(["[UNK]", "the", "shell", "##ing", "##s", "'", '"', ".", *LETTERS])}
)


def words(text: str) -> list[str]:
    found = units(text, PIECES)
    return [text[s:e] for s, e in zip(found.starts, found.ends, strict=True)]


def test_words_and_marks() -> None:
    assert words("The shelling, (Chuhuiv's) U.S. é") == [
        *("The", "shelling", ",", "(", "Chuhuiv", "'", "s", ")", "U", ".", "S", ".", "é"),
    ]


def test_longest_pieces_first_and_case_and_accents_dropped() -> None:
    assert PIECES.split("Shéllings THE").pieces == [
        PIECES.vocabulary[p] for p in ("shell", "##ing", "##s", "the")
    ]


def test_a_word_that_cannot_be_made_of_pieces_is_unknown() -> None:
    assert PIECES.split("shellx").pieces == [0]
    assert PIECES.split("a" * 101).pieces == [0]


def test_control_characters_join_and_white_space_parts() -> None:
    assert words("she\u200bll the\u00a0shell \x00") == ["she\u200bll", "the", "shell"]


def test_doubled_marks_become_one_of_the_same_length() -> None:
    text = "`` We hold , '' he said"
    assert len(directed(text)) == len(text)
    assert units(text, PIECES).quote.tolist() == [2, 1, 1, 1, 3, 0, 0]


def test_straight_marks_take_turns_and_a_paragraph_closes_them() -> None:
    found = units('"We hold" he said. "Still\n\nThe next', PIECES)
    assert found.quote.tolist() == [2, 1, 1, 3, 0, 0, 0, 2, 1, 0, 0]


def test_case_and_edges() -> None:
    found = units("Kyiv said\nNATO and iPhone 22, A\n\nend", PIECES)
    assert found.case.tolist() == [1, 0, 2, 0, 3, 4, 5, 1, 0]
    assert found.edge.tolist() == [2, 0, 1, 0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize("most", [6, 12, 40])
def test_windows_cover_all_units_once_within_their_size(most: int) -> None:
    text = "\n\n".join(["The first stands. The second falls. It is so."] * 5)
    found = units(text, PIECES)
    cut = windows(found, sentence_starts(text, found), most)
    assert cut[0][0] == 0 and cut[-1][1] == len(found)
    assert all(a[1] == b[0] for a, b in pairwise(cut))
    assert all(found.first[e] - found.first[b] <= most for b, e in cut)


def test_windows_are_cut_at_paragraphs_before_sentences() -> None:
    text = "The a. The b.\n\nThe c. The d."
    found = units(text, PIECES)
    starts = sentence_starts(text, found)
    assert windows(found, starts, 9) == [(0, 6), (6, 12)]
    assert windows(found, starts, 5) == [(0, 3), (3, 6), (6, 9), (9, 12)]


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_ordered_units_inside_it(text: str) -> None:
    found = units(text, PIECES)
    assert np.all(found.starts < found.ends)
    assert np.all(found.ends[:-1] <= found.starts[1:])
    assert len(found) == 0 or (found.starts[0] >= 0 and found.ends[-1] <= len(text))
    assert np.all(np.diff(found.first) > 0) and found.first[-1] == len(found.pieces)
    assert {len(found.case), len(found.quote), len(found.edge)} == {len(found)}
