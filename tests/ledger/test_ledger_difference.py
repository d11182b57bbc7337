"""The difference of two texts gives back both, and says what changed in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oskil.ledger.difference import Stretch, between

TEXTS = st.text(alphabet=st.sampled_from(list("ab \nї.,'")), max_size=80)


def joined(found: list[Stretch], without: str) -> str:
    return "".join(stretch.text for stretch in found if stretch.change != without)


@given(TEXTS, TEXTS)
def test_both_texts_come_back_letter_by_letter(old: str, new: str) -> None:
    found = between(old, new)
    assert joined(found, "new") == old
    assert joined(found, "gone") == new
    assert all(stretch.text for stretch in found)


def test_words_that_changed_in_a_row_are_one_change() -> None:
    found = between("Brod fell on Friday.\nSo it is.\n", "Brod was held on Monday.\nSo it is.\n")
    assert [(s.change, s.text) for s in found] == [
        ("same", "Brod "), ("gone", "fell"), ("new", "was held"), ("same", " on "),
        ("gone", "Friday"), ("new", "Monday"), ("same", ".\nSo it is.\n"),
    ]  # fmt: skip


def test_a_long_text_that_changed_throughout_is_told_at_once() -> None:
    found = between("a " * 50_000, "b " * 50_000)
    assert [s.change for s in found] == ["gone", "new"]
