"""Short words on who holds a place, in sentences of our own, on two wars."""

from __future__ import annotations

import pytest

from oskil import conflict
from oskil.conflict.profile import ConflictProfile, Party
from oskil.places import gazetteer as gazetteers
from oskil.places.geoparse import find_toponyms
from oskil.places.interface import Gazetteer
from oskil.reading.holding import forms
from oskil.reading.rules import RuleReader
from oskil.records import Claim, Document
from oskil.weighing.standing import Standing, standings

VOVCHANSK, KHARTOUM = 689304, 379252


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return gazetteers.load()


@pytest.fixture(scope="module")
def ukraine(gazetteer: Gazetteer) -> RuleReader:
    return RuleReader(gazetteer, conflict.load("ukraine-2022"), find_toponyms)


def read(reader: RuleReader, text: str) -> tuple[Claim, ...]:
    document = Document(id="d", key="d", text=text, published="2024-05-20", medium="post")
    return reader.read(document).claims


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("No occupiers are left in Vovchansk.", "UA"),
        ("There have been no orcs in Vovchansk since Friday.", "UA"),
        ("Vovchansk is clear of enemy troops.", "UA"),
        ("17.05 - Vovchansk is ours again.", "UA"),
        ("The entire Vovchansk road is ours.", "UA"),
        ("17.05 Vovchansk has been released from the invaders.", "UA"),
        ("Two sources speak of the release of Vovchansk.", "UA"),
        ("The brigade released Vovchansk from the enemy.", "UA"),
        ("The enemy left Vovchansk.", "UA"),
        ("Our soldiers knocked the rashists out of Vovchansk.", "UA"),
        ("The orcs were thrown back from Vovchansk.", "UA"),
        ("The Ukrainian flag flies over Vovchansk.", "UA"),
        ("On Friday the enemy stood in Vovchansk. At night he withdrew.", "UA"),
        ("Control over Vovchansk has been restored.", "UA"),
        ("16-17.05 Vovchansk was taken back under control", "UA"),
        ("17.05 Vovchansk was mopped up by the marines", "UA"),
        ("Vovchansk has passed to Ukraine.", "UA"),
        ("There is a video of Ukrainian soldiers in Vovchansk.", "UA"),
        ("There are orcs in Vovchansk.", "RU"),
        ("The enemy has gained a foothold in Vovchansk.", "RU"),
        ("The Russians have entrenched themselves in Vovchansk.", "RU"),
        ("Vovchansk was surrendered.", "RU"),
        ("Vovchansk was mopped up by the Russians.", "RU"),
        ("Russian troops have released Vovchansk.", "RU"),
        ("Vovchansk was captured by Ukrainian troops.", "UA"),
        ("Vovchansk is seized by the Russians.", "RU"),
        ("Both channels write of the loss of Vovchansk.", "RU"),
        ("The enemy is still in Vovchansk, neighbours say.", "RU"),
        ("Vovchansk remains under the occupiers.", "RU"),
        ("AFU left Vovchansk on 17.05.", "RU"),
        ("Russian troops have entered Vovchansk.", "RU"),
        ("Vovchansk is now in the gray zone.", "contested"),
        ("В Вовчанську орків уже немає.", "UA"),
        ("Окупанти пішли з Вовчанська.", "UA"),
        ("У Вовчанську стоять російські війська.", "RU"),
        ("Рашисти у Вовчанську.", "RU"),
        ("Контроль над Вовчанськом відновлено.", "UA"),
        ("Вовчанськ під контролем.", "UA"),
        ("Вовчанськ вільний від ворога.", "UA"),
        ("Контроль над Волчанском восстановлен.", "UA"),
        ("Дорога на Вовчанськ під росіянами.", "RU"),
        ("Вовчанськ - сіра зона.", "contested"),
        ("Врага в Волчанске больше нет.", "UA"),
        ("Оккупанты ушли из Волчанска.", "UA"),
        ("Волчанск под рашистами.", "RU"),
        ("Волчанск - серая зона.", "contested"),
    ],
)
def test_short_words(ukraine: RuleReader, text: str, status: str) -> None:
    assert standings(read(ukraine, text)) == (Standing(VOVCHANSK, status),)


@pytest.mark.parametrize(
    "text",
    [
        "The list was released in Vovchansk.",
        "The ministry released a video from Vovchansk.",
        "Vovchansk is under Russian fire control.",
        "The Russian army's losses in Vovchansk are unknown.",
        "Вовчанськ під вогневим контролем росіян.",
        "Втрат ворога у Вовчанську немає.",
        "У Вовчанську немає світла.",
        "Волонтери стоять у Вовчанську.",
    ],
)
def test_words_that_give_a_place_to_nobody(ukraine: RuleReader, text: str) -> None:
    assert standings(read(ukraine, text)) == ()


def test_who_fled_is_gone_from_the_place_named_before(ukraine: RuleReader) -> None:
    first, second = read(ukraine, "The Russians were in Vovchansk. On Sunday they fled.")
    assert (first.holder, first.places) == ("RU", (VOVCHANSK,))
    assert (second.kind, second.holder, second.places) == ("movement", "UA", (VOVCHANSK,))


def test_the_town_is_the_one_named_before(ukraine: RuleReader) -> None:
    first, second = read(ukraine, "17.05. Synehubov: the enemy left Vovchansk. The town is ours.")
    assert (first.speaker, first.holder) == ("Oleh Synehubov", "UA")
    assert (second.kind, second.holder, second.places) == ("control", "UA", (VOVCHANSK,))


@pytest.mark.parametrize("head", ["Synehubov: ", "17.05 Synehubov: ", "17.05 - Synehubov: "])
def test_whom_the_profile_knows_speaks_before_a_colon(ukraine: RuleReader, head: str) -> None:
    (claim,) = read(ukraine, f"{head}Vovchansk was shelled all night.")
    assert (claim.speaker, claim.side) == ("Oleh Synehubov", "UA")


def test_the_ends_of_a_road(ukraine: RuleReader, gazetteer: Gazetteer) -> None:
    found = standings(read(ukraine, "The Staryi Saltiv-Vovchansk road is ours."))
    names = {place.name for one in found if (place := gazetteer.get(one.place))}
    assert names == {"Staryi Saltiv", "Vovchansk"}


def test_a_list_is_one_place_after_another(ukraine: RuleReader, gazetteer: Gazetteer) -> None:
    found = standings(read(ukraine, "16.05 Chuhuiv, Balakliia and Vovchansk are ours"))
    names = {place.name for one in found if (place := gazetteer.get(one.place))}
    assert names == {"Chuhuyiv", "Balakliya", "Vovchansk"}
    assert {one.status for one in found} == {"UA"}


def test_another_war(gazetteer: Gazetteer) -> None:
    parties = (Party("SAF", "Army", ("SAF",), "SD"), Party("RSF", "Rapid Support Forces", ("RSF",), None))
    box = (21.0, 8.0, 39.0, 23.0)
    profile = ConflictProfile("s", "S", "Africa/Khartoum", box, ("SD", "SS", "TD"), parties, ())
    reader = RuleReader(gazetteer, profile, find_toponyms)
    assert standings(read(reader, "There is no RSF presence in Khartoum.")) == (Standing(KHARTOUM, "SAF"),)
    assert standings(read(reader, "SAF soldiers left Khartoum.")) == (Standing(KHARTOUM, "RSF"),)


def test_the_file_of_forms_is_whole() -> None:
    assert {form.kind for form in forms()} == {"control", "movement"}
    assert all(form.words.groups for form in forms() if form.holder in ("party", "other"))
