"""Names of places as people type them."""

from __future__ import annotations

import pytest

from oskil.places.asked import asked
from oskil.places.interface import Gazetteer


@pytest.mark.parametrize(
    "typed", ["Balakliya", "Balakleya", "Балаклія", "Балаклеей", "под Балаклеей", "the town of Balakliya"]
)
def test_a_name_is_found_in_any_form_with_words_before_it(gazetteer: Gazetteer, typed: str) -> None:
    assert "Balakliya" in [place.name for place in asked(typed, gazetteer)]


@pytest.mark.parametrize("typed", ["Izyum and Kupyansk", "nothing here", "", "под"])
def test_two_names_and_none_are_no_place(gazetteer: Gazetteer, typed: str) -> None:
    assert not asked(typed, gazetteer)
