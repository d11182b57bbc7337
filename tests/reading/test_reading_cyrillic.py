"""Ukrainian and Russian reports, in sentences of our own, on two wars."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil import conflict
from oskil.conflict.profile import Actor, ConflictProfile, Party
from oskil.places import gazetteer as gazetteers
from oskil.places.geoparse import find_toponyms
from oskil.places.interface import Gazetteer
from oskil.reading.rules import RuleReader
from oskil.records import Claim, Document, Period, quotation
from oskil.weighing.standing import Standing, standings

BALAKLIIA, VOVCHANSK, KUPIANSK, KHARTOUM, OMDURMAN = 712926, 689304, 703656, 379252, 365137


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return gazetteers.load()


@pytest.fixture(scope="module")
def ukraine(gazetteer: Gazetteer) -> RuleReader:
    return RuleReader(gazetteer, conflict.load("ukraine-2022"), find_toponyms)


@pytest.fixture(scope="module")
def sudan(gazetteer: Gazetteer) -> RuleReader:
    parties = (
        Party("SAF", "Army", ("суданская армия", "армия Судана"), "SD"),
        Party("RSF", "Rapid Support Forces", ("Силы быстрой поддержки", "СБП", "мятежники"), None),
    )
    actors = (Actor(("Nabil Abdalla", "Набиль Абдалла"), "person", "SAF"),)
    box = (21.0, 8.0, 39.0, 23.0)
    profile = ConflictProfile("s", "S", "Africa/Khartoum", box, ("SD", "SS", "TD"), parties, actors)
    return RuleReader(gazetteer, profile, find_toponyms)


def read(reader: RuleReader, text: str, outlet: str | None = None) -> tuple[Claim, ...]:
    document = Document(id="d", key="d", text=text, published="2024-05-20", medium="post", outlet=outlet)
    return reader.read(document).claims


@pytest.mark.parametrize(
    ("text", "kind", "holder"),
    [
        ("Захисники вибили окупантів із Балаклії.", "movement", "UA"),
        ("Ворог захопив дві вулиці у Вовчанську.", "control", "RU"),
        ("Куп'янськ звільнено силами двох бригад.", "control", "UA"),
        ("ЗСУ відійшли з Вовчанська.", "movement", "RU"),
        ("Балаклія під повним контролем ЗСУ.", "control", "UA"),
        ("Над Вовчанськом піднято російський прапор.", "control", "RU"),
        ("Российские войска оставили Купянск.", "movement", "UA"),
        ("Войска РФ обстреляли Волчанск из гаубиц.", "strike", None),
        ("Из Купянска эвакуировали 40 человек.", "displacement", None),
        ("Под Волчанском отбиты две атаки противника.", "fighting", None),
        ("У Балаклії поранено двох жінок.", "harm", None),
    ],
)
def test_kind_and_holder(ukraine: RuleReader, text: str, kind: str, holder: str | None) -> None:
    (claim,) = read(ukraine, text)
    assert (claim.kind, claim.holder) == (kind, holder)
    assert claim.places


@pytest.mark.parametrize(
    ("text", "speaker", "side", "quote"),
    [
        (
            "Речник ДСНС повідомив, що Балаклію обстріляли.",
            "State Emergency Service of Ukraine",
            "UA",
            "Балаклію обстріляли",
        ),
        (
            "За даними Генштабу, ворог зайшов до Вовчанська.",
            "General Staff of the Armed Forces of Ukraine",
            "UA",
            "ворог зайшов до Вовчанська",
        ),
        (
            "Купянск взят, сообщил Дмитрий Песков.",
            "Dmitry Peskov",
            "RU",
            "Купянск взят",
        ),
        (
            "По словам местных жителей, ВСУ покинули Волчанск.",
            "местные жители",
            None,
            "ВСУ покинули Волчанск",
        ),
        (
            "Мер Балаклії Тарас Шевчук розповів про обстріл лікарні.",
            "Тарас Шевчук",
            "UA",
            "обстріл лікарні",
        ),
    ],
)
def test_who_says_it(ukraine: RuleReader, text: str, speaker: str, side: str | None, quote: str) -> None:
    (claim,) = read(ukraine, text)
    assert (claim.speaker, claim.side, claim.quote) == (speaker, side, quote)
    assert claim.cue


def test_the_next_sentence_names_the_speaker(ukraine: RuleReader) -> None:
    (claim,) = read(ukraine, "Волчанск перешёл под контроль ВС РФ. Об этом сообщил Песков.")
    assert claim.speaker == "Dmitry Peskov"


def test_the_next_sentence_names_the_speaker_of_what_a_channel_posts(ukraine: RuleReader) -> None:
    text = "Наші війська зайшли до Куп'янська. Бої тривають. Про це повідомив Генштаб."
    document = Document(
        id="d", key="d", text=text, published="2024-05-20", medium="post", outlet="Канал", authors=("Канал",)
    )
    claims = ukraine.read(document).claims
    assert [c.speaker for c in claims] == ["General Staff of the Armed Forces of Ukraine"] * len(claims)
    assert claims[0].holder == "UA" and len(claims) == 2


def test_its_side_tells_whose_troops_they_are(ukraine: RuleReader) -> None:
    (claim,) = read(ukraine, "Об этом сообщило Минобороны РФ: войска заняли Купянск.")
    assert (claim.side, claim.holder) == ("RU", "RU")
    (claim,) = read(ukraine, "Войска заняли Купянск. Об этом сообщило Минобороны РФ.")
    assert (claim.side, claim.holder) == ("RU", "RU")


@pytest.mark.parametrize(
    "text",
    [
        "Як повідомив Синєгубов, окупанти обстріляли Балаклію.",
        "Как сообщил Синегубов, враг обстрелял Балаклею.",
    ],
)
def test_as_he_said(ukraine: RuleReader, text: str) -> None:
    (claim,) = read(ukraine, text)
    assert (claim.speaker, claim.kind, claim.places) == ("Oleh Synehubov", "strike", (BALAKLIIA,))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Окупанти відступили до Куп'янська.", ()),
        ("Оккупанты отошли из Балаклеи к Купянску.", (BALAKLIIA,)),
        ("Російські війська відступили з Балаклії.", (BALAKLIIA,)),
    ],
)
def test_where_somebody_withdraws_to_is_not_what_he_leaves(
    ukraine: RuleReader, text: str, left: tuple[int, ...]
) -> None:
    (claim,) = read(ukraine, text)
    assert claim.at == left and claim.holder == "UA"


def test_who_passes_it_on_is_a_relay(ukraine: RuleReader) -> None:
    (claim,) = read(ukraine, "За словами Маляр, Куп'янськ звільнено, пише Укрінформ.")
    assert claim.speaker == "Hanna Maliar"
    assert claim.relays == ("Ukrinform",)


@pytest.mark.parametrize(("outlet", "holder"), [("Rybar", "RU"), ("DeepState", "UA")])
def test_ours_and_the_enemy_are_the_speakers(ukraine: RuleReader, outlet: str, holder: str) -> None:
    first, second = read(ukraine, "Наши войска вошли в Купянск, противник отступил.", outlet)
    assert first.holder == second.holder == holder


@pytest.mark.parametrize(
    ("text", "certainty", "polarity"),
    [
        ("Ймовірно, ворог зайшов до Вовчанська.", "hedged", "affirmed"),
        ("Є інформація, що ворог зайшов до Вовчанська.", "hedged", "affirmed"),
        ("По неподтверждённым данным, россияне заняли Волчанск.", "hedged", "affirmed"),
        ("Если противник возьмёт Волчанск, дорога будет закрыта.", "conditional", "affirmed"),
        ("Наші війська не залишали Вовчанськ.", "asserted", "denied"),
        ("Генштаб спростував втрату Вовчанська.", "asserted", "denied"),
    ],
)
def test_certainty_and_polarity(ukraine: RuleReader, text: str, certainty: str, polarity: str) -> None:
    claim = read(ukraine, text)[0]
    assert (claim.certainty, claim.polarity) == (certainty, polarity)


def test_day_number_and_footage(ukraine: RuleReader) -> None:
    (claim,) = read(ukraine, "На відео 17 травня з Вовчанська вивезли понад 30 людей.")
    assert claim.time == Period(dt.date(2024, 5, 17), dt.date(2024, 5, 17))
    assert [(q.value, q.unit, q.comparator) for q in claim.quantities] == [(30.0, "people", "more than")]
    assert claim.evidence == "footage"


def test_two_clauses_are_two_claims(ukraine: RuleReader) -> None:
    claims = read(ukraine, "ВСУ держат север Волчанска, а российские войска заняли Купянск.")
    assert [(c.holder, c.places) for c in claims] == [("UA", (VOVCHANSK,)), ("RU", (KUPIANSK,))]


def test_paragraphs_are_read_in_their_own_language(ukraine: RuleReader) -> None:
    english = "The mayor said that Russian forces captured Vovchansk."
    text = f"ЗСУ звільнили Балаклію.\n\n{english}\n\nИз Купянска вывезли детей."
    claims = read(ukraine, text)
    assert [c.kind for c in claims] == ["control", "control", "displacement"]
    assert [c.places for c in claims] == [(BALAKLIIA,), (VOVCHANSK,), (KUPIANSK,)]
    assert claims[1].speaker == "mayor"


def test_another_war(sudan: RuleReader) -> None:
    text = (
        "Суданская армия выбила мятежников из Хартума, заявил Набиль Абдалла. "
        "По данным местных жителей, СБП обстреляли Омдурман. СБП утверждают, что удерживают Хартум."
    )
    first, second, third = read(sudan, text)
    assert (first.holder, first.speaker, first.side, first.places) == (
        "SAF",
        "Nabil Abdalla",
        "SAF",
        (KHARTOUM,),
    )
    assert (second.kind, second.places) == ("strike", (OMDURMAN,))
    assert (third.certainty, third.places) == ("hedged", (KHARTOUM,))


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Бої тривають у Вовчанську.", Standing(VOVCHANSK, "contested")),
        ("Ворог узяв Вовчанськ. ЗСУ звільнили Вовчанськ.", Standing(VOVCHANSK, "UA")),
        ("Geolocated footage shows Russian soldiers in the centre of Vovchansk.", Standing(VOVCHANSK, "RU")),
        ("Kupiansk was liberated.", Standing(KUPIANSK, "UA")),
        ("Part of Kupiansk was lost on Sunday.", Standing(KUPIANSK, "RU")),
        ("The Ukrainian flag has been raised over Kupiansk.", Standing(KUPIANSK, "UA")),
        ("UAF repelled an assault near Kupiansk.", Standing(KUPIANSK, "contested")),
        ("Vovchansk is under the enemy's control.", Standing(VOVCHANSK, "RU")),
    ],
)
def test_standing(ukraine: RuleReader, text: str, standing: Standing) -> None:
    assert standings(read(ukraine, text)) == (standing,)


def test_nothing_is_made_of_words_without_an_event(ukraine: RuleReader) -> None:
    assert standings(read(ukraine, "Балаклія – місто на Харківщині. Доброго ранку!")) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "ворог ЗСУ звільнили Балаклію , . : — що «» 12 під контролем за даними сообщил ВСУ Купянск"
            " \n \n\n й \u0301 \u200f 😀 повідомив є інформація від наші прапор ' - н.п".split(" ")
        ),
        max_size=25,
    )
)
def test_every_span_is_inside_and_quoted(ukraine: RuleReader, pieces: list[str]) -> None:
    text = " ".join(pieces)
    reading = ukraine.read(Document(id="d", key="d", text=text, published="2024-05-20"))
    for claim in reading.claims:
        assert all(0 <= s.start < s.end <= len(text) for s in (*claim.spans, *claim.source, *claim.cue))
        assert claim.quote == quotation(text, claim.spans)
        assert re.search(r"\w", claim.quote)


def posted(reader: RuleReader, text: str) -> list[Claim]:
    """The claims of a post of 16 September 2023."""
    document = Document(id="p", key="p", text=text, published="2023-09-16", medium="post")
    return list(reader.read(document).claims)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("На Куп'янському напрямку тривають бої.", (KUPIANSK,)),
        ("На Купянском направлении идут бои.", (KUPIANSK,)),
        ("На Вовчанському та Куп'янському напрямках тривають бої.", (VOVCHANSK, KUPIANSK)),
    ],
)
def test_a_direction_is_of_the_town_that_it_is_called_after(
    ukraine: RuleReader, text: str, places: tuple[int, ...]
) -> None:
    claim = posted(ukraine, text)[0]
    assert (claim.places, claim.around) == (places, places)


@pytest.mark.parametrize("region", ["Одещину", "Миколаївщину", "Вінниччину", "Полтавщину", "Белгородщину"])
def test_regions_by_their_short_names(ukraine: RuleReader, region: str) -> None:
    assert posted(ukraine, f"Вночі дрони атакували {region}.")[0].areas


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Минулої доби під Вовчанськом відбулося 12 боїв.", 15, 16),
        ("Вночі під Вовчанськом збито два дрони.", 15, 16),
        ("В ночь на 14 сентября обстрелян Волчанск.", 13, 14),
        ("У вівторок ворог обстріляв Вовчанськ.", 12, 12),
        ("На прошлой неделе противник обстрелял Волчанск.", 4, 10),
    ],
)
def test_days_as_channels_tell_them(ukraine: RuleReader, text: str, first: int, last: int) -> None:
    claim = posted(ukraine, text)[0]
    assert claim.time == Period(dt.date(2023, 9, first), dt.date(2023, 9, last))


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("Внаслідок обстрілу загинули двоє людей.", 2, "people", ""),
        ("После обстрела ранены пятеро мирных жителей.", 5, "people", ""),
        ("Ворог втратив щонайменше 16 тисяч убитими.", 16_000, "people", "at least"),
        ("Ворог випустив понад 40 ракет.", 40, "item", "more than"),
        ("Уничтожено около 12 танков.", 12, "item", "about"),
    ],
)
def test_numbers_as_channels_tell_them(
    ukraine: RuleReader, text: str, value: float, unit: str, comparator: str
) -> None:
    (found,) = posted(ukraine, text)[0].quantities
    assert (found.value, found.unit, found.comparator) == (value, unit, comparator)


@pytest.mark.parametrize(
    ("text", "speaker", "side", "holder"),
    [
        ("Рыбарь: ВСУ закрепились в Волчанске.", "Rybar", "RU", "UA"),
        ("Рыбарь: позиции ВСУ в Волчанске захватили наши бойцы.", "Rybar", "RU", "RU"),
        ("Залужний: ми взяли Вовчанськ.", "Valerii Zaluzhnyi", "UA", "UA"),
        ("Минобороны РФ: наши подразделения взяли Волчанск.", "Russian Ministry of Defense", "RU", "RU"),
        ("ISW: російські війська захопили Вовчанськ.", "Institute for the Study of War", "independent", "RU"),
    ],
)
def test_who_stands_before_a_colon_speaks(
    ukraine: RuleReader, text: str, speaker: str, side: str, holder: str
) -> None:
    claim = posted(ukraine, text)[0]
    assert (claim.speaker, claim.side, claim.holder) == (speaker, side, holder)


def test_who_stands_before_a_colon_speaks_to_the_end_of_the_line(ukraine: RuleReader) -> None:
    text = "Залужний: ми взяли Вовчанськ. Ворог контратакує, але успіху не має.\nУ місті є поранені."
    assert [c.speaker for c in posted(ukraine, text)] == ["Valerii Zaluzhnyi"] * 3 + [None]


def test_what_was_tried_in_vain_is_denied(ukraine: RuleReader) -> None:
    claim = posted(ukraine, "Противник безуспішно намагався прорвати оборону під Вовчанськом.")[0]
    assert (claim.kind, claim.polarity) == ("fighting", "denied")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Генштаб: ворог втратив 480 осіб за добу.", "losses"),
        ("Сили ППО збили 12 дронів над Одещиною.", "losses"),
        ("Губернатор сообщил, что сбиты два беспилотника.", "losses"),
        ("Речник повідомив про взяття Роботиного.", "control"),
        ("Речник повідомив про відхід військ із Роботиного.", "movement"),
    ],
)
def test_kinds_of_posts(ukraine: RuleReader, text: str, kind: str) -> None:
    assert [c.kind for c in read(ukraine, text)] == [kind]


def test_who_was_hurt_was_so_in_the_strike_before(ukraine: RuleReader) -> None:
    strike, harm = read(ukraine, "ВСУ нанесли удар по Белгороду, погибли трое, сообщил губернатор Гладков.")
    assert (strike.kind, harm.kind) == ("strike", "harm") and harm.places == strike.places != ()
    _, other = read(ukraine, "Удар по Одесі.\nПоранено двох.")
    assert other.places == ()


def test_who_only_denies_it_passes_nothing_on(ukraine: RuleReader) -> None:
    (claim,) = read(ukraine, "Окупанти заявили про взяття Роботиного, українська сторона це спростовує.")
    assert (claim.kind, claim.relays, claim.polarity) == ("control", (), "affirmed")


def test_counts_of_a_list_are_of_the_line_that_leads_them(ukraine: RuleReader) -> None:
    text = "Втрати ворога за добу:\n- 610 осіб\n- 14 танків\nУ Херсоні загинув чоловік."
    found = read(ukraine, text)
    assert [(c.kind, c.quote) for c in found[1:3]] == [("losses", "610 осіб"), ("losses", "14 танків")]
    assert found[1].time == found[0].time and found[3].kind == "harm"


def test_losses_are_no_control(ukraine: RuleReader) -> None:
    (claim,) = read(ukraine, "На Донецком направлении потери противника составили до 280 военнослужащих.")
    assert (claim.kind, claim.holder) == ("losses", None)
