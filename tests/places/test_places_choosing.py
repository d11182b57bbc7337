from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.conflict import for_text
from oskil.conflict.profile import ConflictProfile
from oskil.errors import GazetteerError
from oskil.places import linear, ranking
from oskil.places.extent import radius_km
from oskil.places.geometry import rough_km
from oskil.places.geoparse import find_toponyms
from oskil.places.interface import Gazetteer
from oskil.places.neighbourhood import Neighbourhood
from oskil.places.renamed import aliases
from oskil.places.scores import fit_between
from oskil.places.tokens import tokens
from oskil.records import Place, Toponym


def by_phrase(found: tuple[Toponym, ...]) -> dict[str, Toponym]:
    return {t.phrase: t for t in found}


@pytest.fixture
def read(gazetteer: Gazetteer):
    return lambda text: by_phrase(find_toponyms(text, gazetteer, for_text(text)))


@pytest.mark.parametrize(
    ("text", "phrase", "region"),
    [
        ("A man from Paris, Ky., was arrested.", "Paris", "KY"),
        ("SOUTH CHARLESTON, W.Va. -- He left.", "SOUTH CHARLESTON", "WV"),
        ("She was born in Lexington, S.C., in 1950.", "Lexington", "SC"),
        ("He lives in Athens, Georgia.", "Athens", "GA"),
        ("Walker County deputies said the fire near Huntsville, Texas, was out.", "Huntsville", "TX"),
    ],
)
def test_what_follows_tells_which_town(read, text: str, phrase: str, region: str) -> None:
    place = read(text)[phrase].place
    assert place is not None and (place.country, place.region) == ("US", region)


@pytest.mark.parametrize("short", ["Ky.", "W.Va.", "S.C.", "B.C."])
def test_an_abbreviated_region_keeps_its_full_stop(read, short: str) -> None:
    place = read(f"He came to Richmond, {short}, on Monday.")[short].place
    assert place is not None and place.kind == "region"


def test_an_abbreviation_needs_a_town_before_it() -> None:
    assert [t.text for t in tokens("He is ill. Ill. Miss. Smith came.")][3:5] == ["Ill", "Miss"]
    assert [t.text for t in tokens("Clyburn, D-S.C., spoke")] == ["Clyburn", "D", "S.C.", "spoke"]


def test_the_other_towns_of_the_text_tell_which(read) -> None:
    found = read("Police in Newark, Granville and Zanesville searched. Columbus sent help to Newark.")
    place = found["Newark"].place
    assert place is not None and place.region == "OH"


def test_a_name_in_that_of_a_body_is_found_and_nothing_takes_place_there(read) -> None:
    found = read(
        "Researchers at the University of Cincinnati met officials of the Texas Department of Health."
    )
    assert found["Cincinnati"].relation == "embedded" or found["Texas"].relation == "embedded"


def test_unknown_words_are_unlikely_names(read) -> None:
    assert not {"Henry", "Monday", "Sheriff"} & set(read("On Monday, the Sheriff said Henry had left."))


@pytest.mark.parametrize("old", ["Artemivsk", "Artyomovsk", "Dzerzhinsk"])
def test_a_former_name_leads_to_the_place(read, old: str) -> None:
    text = f"Russian troops entered {old} in Ukraine's Donetsk region; Ukraine denied it."
    now = {"Artemivsk": "Bakhmut", "Artyomovsk": "Bakhmut", "Dzerzhinsk": "Toretsk"}[old]
    place = read(text)[old].place
    assert place is not None and place.name == now


def test_a_profile_has_the_last_word_on_former_names(ukraine: ConflictProfile) -> None:
    assert aliases(ukraine)["artemivsk"] == "Bakhmut"


def test_probabilities_add_up_and_sort_the_choice(read) -> None:
    sure, torn = read("Fire in Kharkiv, Ukraine.")["Kharkiv"], read("Fire in Springfield.")["Springfield"]
    assert sure.confidence > 0.9 > torn.confidence
    assert 0 <= torn.confidence <= 1 and len(torn.candidates) > 1


def test_a_sentence_of_very_many_names_is_placed(gazetteer: Gazetteer, ukraine: ConflictProfile) -> None:
    names = [p.name for p in gazetteer.by_population("UA", 2000)]
    found = find_toponyms("Fighting near " + ", ".join(names) + ".", gazetteer, ukraine)
    assert len([t for t in found if t.place is not None]) > 0.8 * len(names)


# --- radius -----------------------------------------------------------------------------------------


def town(lat: float, lon: float, ident: int = 1, people: int = 50_000) -> Place:
    return Place(ident, "Town", "settlement", lat, lon, "UA", "07", people)


def test_near_a_town_is_farther_than_in_it() -> None:
    one = town(49.0, 37.0)
    at, near = radius_km(one, "at"), radius_km(one, "near")
    outskirts = radius_km(one, "outskirts of")
    assert at is not None and near is not None and outskirts is not None and at < outskirts < near


@pytest.mark.parametrize("relation", ["metonym", "demonym", "embedded"])
def test_where_nothing_takes_place_there_is_no_radius(relation: str) -> None:
    assert radius_km(town(49.0, 37.0), relation) is None


def test_a_claim_near_a_town_carries_the_radius(read) -> None:
    found = read("Russian troops shelled positions near Balakliya in Ukraine's Kharkiv region.")
    assert found["Balakliya"].relation == "near" and (found["Balakliya"].radius_km or 0) > 25


# --- the grid -----------------------------------------------------------------------------------------

points = st.tuples(st.floats(-89.9, 89.9), st.floats(-180, 179.9))


@given(st.lists(points, max_size=12), points, st.floats(1, 400))
@settings(max_examples=150, deadline=None)
def test_the_grid_finds_what_the_distances_find(
    others: list[tuple[float, float]], middle: tuple[float, float], km: float
) -> None:
    places = [town(lat, lon, number) for number, (lat, lon) in enumerate(others)]
    found = {p.id for p, _ in Neighbourhood((p, "x") for p in places).within(town(*middle, 99), km)}
    assert found == {p.id for p in places if rough_km(*middle, p.lat, p.lon) <= km}


# --- weights ------------------------------------------------------------------------------------------


def test_weights_of_a_feature_that_is_none_are_refused() -> None:
    with pytest.raises(ValueError, match="no such feature: luck"):
        ranking.read({"alone": {"luck": 1}, "together": {}, "temperature": 1, "least": 0})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"no archive"])
def test_damaged_weights_of_the_finder_are_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "finder.npz"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match="weights cannot be read"):
        linear.load(path, "words")


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=6), max_size=5))
@settings(max_examples=60, deadline=None)
def test_scores_are_the_sums_of_the_rows(features: list[list[str]]) -> None:
    table = np.arange(1 << 6, dtype=np.int8)[:, None].repeat(2, axis=1)
    model = linear.HashedModel(table, 0.5, np.zeros(2, np.float32))
    rows = [linear.hashed(one, 6) for one in features]
    assert model.scores(rows)[:, 0].tolist() == [sum(one) / 2 for one in rows]


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_in_order_and_without_overlap(gazetteer: Gazetteer, text: str) -> None:
    found = find_toponyms(text, gazetteer, for_text(text))
    ends = [0, *(t.end for t in found)]
    assert all(t.start >= before for t, before in zip(found, ends, strict=False))
    assert all(text[t.start : t.end] == t.phrase for t in found)


# --- the first article --------------------------------------------------------------------------------

ARTICLE = Path(__file__).parents[3] / "shared/data/article/kharkiv-2022-09-08.gold.json"


@pytest.mark.shared
@pytest.mark.skipif(not ARTICLE.is_file(), reason="the gold is not beside the checkout (../shared)")
def test_every_place_of_the_first_article_is_right(gazetteer: Gazetteer) -> None:
    document = json.loads(ARTICLE.read_text("utf-8"))
    text = ARTICLE.with_name("kharkiv-2022-09-08.md").read_text("utf-8")
    found = find_toponyms(text, gazetteer, for_text(text))
    wanted = {place for claim in document["claims"] for place in claim["places"]}
    assert wanted <= {t.place.id for t in found if t.place}
    shevchenkove = [t for t in found if t.phrase == "Shevchenkove"]
    assert shevchenkove and all(t.place and t.place.id == 694137 for t in shevchenkove)
    assert len(shevchenkove[0].candidates) >= 7


# --- between two others -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("He stopped in Richmond, which lies between Lexington and Berea.", "KY"),
        ("He stopped in Richmond, which lies between Dayton and Indianapolis.", "IN"),
        ("He stopped in Richmond, on the road from Washington, D.C., to Norfolk, Virginia.", "VA"),
    ],
)
def test_a_town_between_two_others(read, text: str, region: str) -> None:
    found = read(text)["Richmond"]
    assert found.place is not None and (found.place.country, found.place.region) == ("US", region)
    if "between" in text:
        assert "stated between" in found.why


def test_a_detour_speaks_against_a_place_between_two_others() -> None:
    one, other = town(50.0, 36.0, 1), town(50.0, 37.0, 2)
    by_longitude = [fit_between(town(50.0, lon, 3), one, other) for lon in (36.5, 37.2, 37.5, 39.0)]
    assert by_longitude == sorted(by_longitude, reverse=True)
    assert by_longitude[0] > 4.9 and by_longitude[-1] == -5
