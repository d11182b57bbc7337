"""Which of the stretches that the learned finder looked at are taken for names."""

from __future__ import annotations

from dataclasses import replace

from oskil.places.clues import Stretch
from oskil.places.learned import chosen
from oskil.records import Place

TOWN = Place(id=1, name="Tawila", kind="settlement", lat=13.5, lon=24.9, country="SD", population=9000)


def stretch(start: int, *countries: str) -> Stretch:
    """Five characters that may be a town in each of these countries."""
    named = tuple(replace(TOWN, id=n, country=country) for n, country in enumerate(countries))
    return Stretch(start, start + 5, start, start, named)


def starts(judged: list[tuple[Stretch, float]]) -> list[int]:
    return [one.start for one, _ in chosen(judged, 0.35, 0.2)]


def test_a_likely_name_in_the_country_of_the_sure_ones_is_taken() -> None:
    sure = [(stretch(0, "SD"), 0.9), (stretch(10, "SD"), 0.8), (stretch(20, "US"), 0.7)]
    assert starts([*sure, (stretch(30, "SD"), 0.25)]) == [0, 10, 20, 30]
    assert starts([*sure, (stretch(30, "US"), 0.25)]) == [0, 10, 20]
    assert starts([*sure, (stretch(30, "SD"), 0.15)]) == [0, 10, 20]
    assert starts([*sure, (stretch(30), 0.25)]) == [0, 10, 20]


def test_namesakes_share_the_weight_of_one_name() -> None:
    many = [(stretch(0, "GB", "US"), 0.9), (stretch(10, "CA", "US"), 0.9), (stretch(20, "SD", "SD"), 0.9)]
    assert starts([*many, (stretch(30, "SD"), 0.25)]) == [0, 10, 20]
    assert starts([*many, (stretch(30, "SD"), 0.36), (stretch(40, "SD"), 0.25)]) == [0, 10, 20, 30, 40]


def test_nothing_is_at_home_where_nothing_is_sure() -> None:
    assert starts([(stretch(0, "SD"), 0.3)]) == []
    assert starts([]) == []
