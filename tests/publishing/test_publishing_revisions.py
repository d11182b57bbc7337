"""The word diff between revisions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from publishing_handmade import REPORT, REVISED

from oskil.publishing.revisions import differences

prose = st.lists(st.sampled_from("the town fell held again on Monday\n\n".split(" ")), max_size=60).map(
    " ".join
)


def test_the_words_that_changed_and_no_others() -> None:
    found = differences(REPORT, REVISED)
    assert [words.strip() for sort, words in found if sort == "-"] == ["two", "at"]
    assert [words.strip() for sort, words in found if sort == "+"] == ["three", "before"]


def test_what_stays_is_cut_to_the_words_around_a_change() -> None:
    found = differences(REPORT, REVISED)
    assert found[0][0] == "…"
    assert sum(len(words) for _, words in found) < len(REPORT) / 2


def test_nothing_changed_shows_nothing() -> None:
    assert differences(REPORT, REPORT) == []


@given(prose, prose)
def test_a_change_never_invents_words(old: str, new: str) -> None:
    found = differences(old, new)
    taken = "".join(words for sort, words in found if sort in "=-")
    put = "".join(words for sort, words in found if sort in "=+")
    gap = any(sort == "…" for sort, _ in found)
    if found and not gap:
        assert (taken, put) == (old, new)
    for sort, words in found:
        assert words in (old if sort in "=-" else new)
