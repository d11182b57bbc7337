"""Profiles: what ships is well formed, a user's own is read, a wrong one is refused with file and field."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from oskil import conflict
from oskil.conflict.loading import world_actors
from oskil.errors import ProfileError

OWN = """
id: sudan-2023
name: The war in Sudan
timezone: Africa/Khartoum
began: 2023-04-15
bbox: [21.8, 8.6, 38.7, 22.3]
countries: [SD]
parties:
  - {id: SAF, name: Army, country: SD, forms: [army, Sudan]}
  - {id: RSF, name: Rapid Support Forces, forms: [RSF, paramilitary]}
persons: {SAF: {spokesman: [Nabil Abdallah | Abdallah]}, unknown: {mayor: [Omar Bashir]}}
outlets: {independent: [Radio Dabanga, "Sudan Wire* | SW*"]}
toponym_aliases: {Wad Madani: Wad Medani}
"""


def written(folder: Path, text: str) -> str:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf8")
    return str(path)


def test_every_shipped_profile_is_well_formed() -> None:
    assert conflict.available() == ["ukraine-2022"]
    for name in conflict.available():
        profile = conflict.load(name)
        assert profile.id == name
        west, south, east, north = profile.bbox
        assert -180 <= west < east <= 180 and -90 <= south < north <= 90
        assert len({p.id for p in profile.parties}) == len(profile.parties) >= 2


def test_no_form_names_two_parties_and_no_name_two_actors_of_different_sides() -> None:
    profile = conflict.load()
    forms = [f.lower() for p in profile.parties for f in p.forms]
    assert len(forms) == len(set(forms))
    sides: dict[str, set[str | None]] = {}
    for actor in profile.actors:
        for name in actor.names:
            sides.setdefault(name, set()).add(actor.side)
    assert {n: s for n, s in sides.items() if len(s) > 1} == {}


def test_a_profile_of_ones_own(tmp_path: Path) -> None:
    profile = conflict.load(written(tmp_path, OWN))
    assert profile.began == dt.date(2023, 4, 15)
    assert (profile.party_of("Paramilitary"), profile.party_of("rebels")) == ("RSF", None)
    spokesman = profile.find_actor("abdallah")
    assert spokesman and (spokesman.names[0], spokesman.side, spokesman.title) == (
        "Nabil Abdallah",
        "SAF",
        "spokesman",
    )
    mayor = profile.find_actor("Omar Bashir")
    assert mayor and mayor.side is None
    wire, radio = profile.find_actor("SW"), profile.find_actor("Radio Dabanga")
    assert wire and radio and (wire.agency, radio.agency) == (True, False)


def test_every_profile_knows_the_world_and_its_own_entries_win(tmp_path: Path) -> None:
    text = OWN.replace("Radio Dabanga", "Reuters").replace("independent: [Reuters", "SAF: [Reuters")
    profile = conflict.load(written(tmp_path, text))
    assert {a.names[0] for a in world_actors()} <= {a.names[0] for a in profile.actors}
    reuters = profile.find_actor("Reuters")
    assert reuters and reuters.side == "SAF"


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda d: d.pop("bbox"), "the field 'bbox' is missing"),
        (lambda d: d.update(bbox=[1, 2, 3]), "wrong form"),
        (lambda d: d.update(parties=[{"id": "A"}]), "is missing"),
        (lambda d: d.update(began="spring"), "is not a day"),
        (lambda d: d.update(persons=["A"]), "wrong form"),
    ],
)
def test_a_wrong_profile_names_file_and_field(tmp_path: Path, damage, message: str) -> None:  # type: ignore[no-untyped-def]
    data = yaml.safe_load(OWN)
    damage(data)
    path = written(tmp_path, yaml.safe_dump(data))
    with pytest.raises(ProfileError, match=message) as caught:
        conflict.load(path)
    assert caught.value.where == path


@pytest.mark.parametrize("text", ["[unclosed", "- a list", "\x00"])
def test_what_is_no_profile_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProfileError):
        conflict.load(written(tmp_path, text))


def test_an_unknown_profile_names_the_shipped_ones() -> None:
    with pytest.raises(ProfileError, match="shipped: ukraine-2022"):
        conflict.load("atlantis-1000")


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ("ukraine-2022", "Ukraine said Russian troops left the town. Russia denied it."),
        (
            "plain",
            "Sudan's army entered Khartoum. Sudanese troops met no one. Russia and Ukraine spoke of it.",
        ),
        ("plain", "The river rose overnight."),
        ("plain", ""),
    ],
)
def test_each_text_gets_the_profile_that_fits(chosen: str, text: str) -> None:
    assert conflict.for_text(text).id == chosen


def test_the_plain_profile_looks_first_where_the_text_is() -> None:
    text = "Israeli aircraft struck Lebanon. Lebanese officials counted the dead. Israel spoke to France."
    assert set(conflict.for_text(text).countries) == {"IL", "LB", "FR"}


def test_a_text_about_one_country_means_its_officials_by_the_ministry() -> None:
    alone = "Sudan's army entered Khartoum. Sudanese troops met no one. Sudan waits. Russia spoke of it."
    assert conflict.for_text(alone).home == "SD"
    two = "Armenia and Azerbaijan traded fire. Armenian posts were hit, and Azerbaijani ones."
    assert conflict.for_text(two).home is None


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Наші бійці увійшли до Липців.", "ukraine-2022"),  # the letters are those of one country
        ("Ворог відступив із села.", "ukraine-2022"),
        ("Посёлок под контролем российских войск.", "ukraine-2022"),  # one party, no country outside
        ("Российские лётчики бомбили Идлиб в Сирии.", "plain"),
        ("Азербайджанская артиллерия открыла огонь.", "plain"),
        ("Данія передала гармати, і в Данії цим пишаються.", "plain"),
        ("Дані уточнюють.", "ukraine-2022"),  # "data", and not Denmark
        ("Сегодня хорошая погода.", "plain"),
        ("Ukrainian forces entered Lyman, a spokesman said.", "ukraine-2022"),
        ("Ukrainian wheat arrived in Egypt, and Egyptian mills are busy.", "plain"),
        ("Fighters entered the town from the east.", "plain"),
    ],
)
def test_a_short_post_finds_its_war(text: str, chosen: str) -> None:
    assert conflict.for_text(text).id == chosen
