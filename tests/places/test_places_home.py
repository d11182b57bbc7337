"""Where an outlet is at home, and what that says of the places in its texts."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.conflict import for_text
from oskil.errors import GazetteerError
from oskil.places import home_file
from oskil.places.geoparse import find_toponyms
from oskil.places.home import Home, at_home, country_of, domain_of, home_of, outlet_key
from oskil.places.home_file import Entry
from oskil.places.interface import Gazetteer
from oskil.places.outlets import heard, home_from
from oskil.records import Place

GEORGIA = Home("US", "GA", 33.95, -83.38)


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.cambridge-news.co.uk/local/1", "GB"),
        ("http://independent.ie/x", "IE"),
        ("https://www.dallasnews.com/", ""),
        ("https://start.fm/", ""),  # sold to radio stations of all the world
        ("https://[broken", ""),
        (None, ""),
    ],
)
def test_the_address_tells_the_country(url: str | None, country: str) -> None:
    assert country_of(domain_of(url)) == country


@given(st.text(max_size=40))
def test_any_address_has_a_domain_or_none(url: str) -> None:
    assert isinstance(country_of(domain_of(url)), str)


@given(st.text(alphabet=string.ascii_lowercase + "-. ", max_size=20))
def test_a_key_is_its_own_key(outlet: str) -> None:
    assert outlet_key(outlet_key(outlet)) == outlet_key(outlet)


def test_what_is_known_of_an_outlet_comes_before_its_address() -> None:
    known = {"onlineathens.com": GEORGIA, "herald tribune": Home("US", "FL", 27.3, -82.5)}
    first = home_of("onlineathens.com", "http://www.onlineathens.com/stories/1", known)
    second = home_of("Herald-Tribune", None, known)
    assert first is not None and (first.region, first.placed) == ("GA", True)
    assert second is not None and second.region == "FL"
    assert home_of(None, None, known) is None


def test_a_name_in_the_outlets_own() -> None:
    home = home_of("The Columbus Telegram", "https://columbustelegram.com/", {})
    assert home is not None and home.named("columbus") and not home.named("omaha") and not home.named("the")


def test_what_home_says_of_candidates() -> None:
    athens = Place(1, "Athens", "settlement", 33.96, -83.38, "US", region="GA", population=100_000)
    texas = Place(2, "Athens", "settlement", 32.2, -95.85, "US", region="TX", population=12_000)
    states = Place(3, "United States", "country", 39.0, -95.0, "US")
    rows = at_home([athens, texas, states], GEORGIA)
    assert rows[0, :2].tolist() == [1, 1] and rows[0, 2] > 0.98
    assert rows[1, :2].tolist() == [1, 0] and rows[1, 2] < 0.01
    assert rows[2].tolist() == [0, 0, 0, 1]
    assert not at_home([athens, texas, states], None).any()


@pytest.mark.parametrize(
    ("home", "region"),
    [
        (None, None),
        (GEORGIA, "GA"),
        (Home("US", "TX", 32.2, -95.85), "TX"),
        (Home("US", "OH", 39.33, -82.1), "OH"),
    ],
)
def test_a_local_papers_town_is_the_one_at_home(
    gazetteer: Gazetteer, home: Home | None, region: str | None
) -> None:
    text = "Athens police are looking for two men. The council of Athens meets on Monday."
    placed = [t.place for t in find_toponyms(text, gazetteer, for_text(text), home)]
    assert placed and all(p is not None for p in placed if region)
    assert {p.region for p in placed if p is not None and p.country == "US"} == (
        {region} if region else set()
    )


def test_a_far_place_of_fame_is_still_the_famous_one(gazetteer: Gazetteer) -> None:
    text = "She flew from London to Tokyo and on to Sydney, Australia."
    by_phrase = {t.phrase: t.place for t in find_toponyms(text, gazetteer, for_text(text), GEORGIA)}
    assert {n: p.country for n, p in by_phrase.items() if p} == {
        "London": "GB",
        "Tokyo": "JP",
        "Sydney": "AU",
        "Australia": "AU",
    }


LOCAL = (
    "Police in Winder and Watkinsville closed the road to Commerce after a crash.",
    "The council of Monroe, Ga., met on Monday; people from Jefferson and Winder came.",
    "A man from Danielsville was arrested in Royston, deputies said.",
)


def test_a_home_is_learned_from_texts(gazetteer: Gazetteer) -> None:
    home = home_from([heard(text, gazetteer, for_text(text)) for text in LOCAL])
    assert home is not None and (home.country, home.region) == ("US", "GA")


def test_texts_about_all_the_world_give_no_home(gazetteer: Gazetteer) -> None:
    texts = [
        f"Ministers met in {town}." for town in ("Tokyo", "Nairobi", "Lima", "Oslo", "Ankara", "Jakarta")
    ]
    texts += ["Talks went on in Reykjavik, Sofia, Hanoi, Quito, Dakar and Wellington."]
    assert home_from([heard(text, gazetteer, for_text(text)) for text in texts]) is None
    assert home_from([]) is None


def test_a_country_known_otherwise_leaves_out_the_rest(gazetteer: Gazetteer) -> None:
    assert home_from([heard(text, gazetteer, for_text(text)) for text in LOCAL], "NO") is None


# --- the file -----------------------------------------------------------------------------------------


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "data" / home_file.FILE
    given = [
        Entry("a.com", GEORGIA, 7),
        Entry("herald tribune", Home("US", "FL", 27.3, -82.5)),
        Entry("b.ie", Home("IE")),
    ]
    home_file.write(path, given)
    assert home_file.entries(path) == sorted(given, key=lambda e: e.outlet)
    assert home_file.load(path)["a.com"] == GEORGIA
    assert home_file.load(tmp_path / "none.yaml") == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("- a\n", "mapping of outlets"),
        ("a.com: {region: GA}\n", "a.com: the field 'country' is missing"),
        ("a.com: {country: usa}\n", "'usa' is not a country's code"),
        ("a.com: {country: US, lat: 91, lon: 0}\n", "degrees"),
        ("a.com: {country: US, lat: 3}\n", "both or neither"),
        ("a.com: {country: US, lat: nan, lon: 0}\n", "degrees"),
        ("a.com: 3\n", "a.com: "),
        ("a.com: {country\n", "cannot be read"),
    ],
)
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / home_file.FILE
    path.write_text(content)
    with pytest.raises(GazetteerError, match=reason) as error:
        home_file.load(path)
    assert "\n" not in str(error.value)
