"""Which side a speaker is on where no party is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from oskil.conflict import load
from oskil.conflict.choosing import plain
from oskil.reading.about import at_home
from oskil.reading.sides import side_of
from oskil.records import Place, Toponym


@pytest.mark.parametrize(
    ("phrase", "home", "side"),
    [
        ("the head of the district committee", "LK", "LK"),
        ("a health officer", "LK", "LK"),
        ("the air force", "LK", "LK"),
        ("the commander-in-chief", "LK", "LK"),
        ("a commander", "LK", None),
        ("the relief committee", "LK", None),
        ("the air force", None, None),
    ],
)
def test_an_office_of_a_state_is_of_the_country_that_the_text_is_about(
    phrase: str, home: str | None, side: str | None
) -> None:
    profile = replace(plain(Counter()), home=home)
    assert side_of(phrase, profile) == side


@pytest.mark.parametrize(
    ("countries", "home"), [("UA UA UA RU", "UA"), ("UA RU", None), ("GE GE", None), ("", None)]
)
def test_a_profile_is_at_home_where_most_settlements_of_the_text_lie(
    countries: str, home: str | None
) -> None:
    toponyms = [
        Toponym(start=k, end=k + 1, phrase="x", place=Place(k, "x", "settlement", 0, 0, country))
        for k, country in enumerate(countries.split())
    ]
    assert at_home(load("ukraine-2022"), toponyms).home == home
