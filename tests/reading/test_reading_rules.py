"""Whole reports of our own, on two wars, read by the rules."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_fakes import place_names

from oskil import conflict
from oskil.conflict import Actor, ConflictProfile, Party
from oskil.places.interface import Gazetteer
from oskil.reading.rules import RuleReader
from oskil.records import Claim, Document, Part, Period, Reading, quotation

SUDAN = ConflictProfile(
    "sudan-test",
    "Sudan",
    "Africa/Khartoum",
    (21.0, 8.0, 39.0, 23.0),
    ("SD",),
    (
        Party("SAF", "Sudanese Armed Forces", ("army", "Sudanese army", "Sudan", "government"), "SD"),
        Party("RSF", "Rapid Support Forces", ("RSF", "Rapid Support Forces", "paramilitary", "pro-RSF")),
    ),
    (
        Actor(("Nabil Abdallah",), "person", "SAF", title="spokesman"),
        Actor(("Rapid Support Forces", "RSF"), "body", "RSF"),
        Actor(("Reuters",), "outlet", "independent", agency=True),
    ),
)
DAY = dt.date(2025, 3, 17)


def document(text: str, **fields: object) -> Document:
    parts = fields.pop("parts", (Part(0, len(text), "body"),))
    return Document(id="d", key="d", text=text, published="2025-03-17", parts=parts, **fields)  # type: ignore[arg-type]


def read(text: str, profile: ConflictProfile | None = SUDAN, **fields: object) -> Reading:
    reader = RuleReader(cast(Gazetteer, None), profile, place_names)
    return reader.read(document(text, **fields))


def one(text: str, quote: str, **fields: object) -> Claim:
    claims = [c for c in read(text, **fields).claims if quote in c.quote]
    assert claims, f"no claim with {quote!r}"
    return min(claims, key=lambda c: len(c.quote))


def test_the_chain_runs_from_the_speaker_outwards() -> None:
    text = "The army has recaptured Shambat, its spokesman Nabil Abdallah said on Sunday, Reuters reported."
    claim = one(text, "recaptured")
    assert (claim.speaker, claim.side, claim.relays) == ("Nabil Abdallah", "SAF", ("Reuters",))
    assert (claim.kind, claim.holder, claim.places) == ("control", "SAF", (1,))
    assert claim.time == Period(dt.date(2025, 3, 16), dt.date(2025, 3, 16))


def test_whoever_is_told_is_a_relay_and_a_platform_too() -> None:
    told = one('"Our men hold Omdurman," RSF adviser Omar Bashir told Reuters.', "hold Omdurman")
    assert (told.speaker, told.side, told.relays) == ("Omar Bashir", "RSF", ("Reuters",))
    posted = one("A pro-RSF blogger, Omar Bashir, wrote on Telegram that Omdurman had fallen.", "had fallen")
    assert (posted.side, posted.relays) == ("RSF", ("Telegram",))


def test_the_outlet_speaks_where_nobody_else_does() -> None:
    claim = one("Shells hit the market of Omdurman on Friday.", "Shells")
    assert (claim.speaker, claim.kind, claim.places) == (None, "strike", (2,))


def test_a_pronoun_and_a_surname_stand_for_the_person_before() -> None:
    text = (
        'General Amin Osman said the road was open. "It is safe," he said.\n\n'
        "Residents stayed away. Osman added that trucks would move at night."
    )
    assert {c.speaker for c in read(text).claims if c.speaker} == {"Amin Osman"}


def test_a_quotation_that_runs_on_keeps_its_speaker() -> None:
    text = (
        "“We will not leave Omdurman,” said Amina Idris, a nurse.\n\n“There are two hundred patients here.”"
    )
    assert [c.speaker for c in read(text).claims] == ["Amina Idris", "Amina Idris"]


def test_a_checkable_fact_inside_anothers_words_is_the_outlets_own() -> None:
    text = "Omdurman, a city with a population of 2.4 million, was shelled, the governor said."
    fact = one(text, "population")
    assert (fact.kind, fact.speaker, fact.places) == ("background", None, (2,))
    assert fact.quantities[0].value == 2_400_000
    assert one(text, "shelled").speaker == "governor"


def test_a_stated_distance_is_about_both_places() -> None:
    fact = one("Troops left Tawila, a town 60 km west of El Fasher, at dawn.", "60 km")
    assert fact.places == (3, 4)


def test_the_town_points_back_to_the_place_before() -> None:
    text = 'Fighters entered Omdurman. "The town is under our control," the RSF said.'
    claim = one(text, "under our control")
    assert (claim.places, claim.holder, claim.side) == ((2,), "RSF", "RSF")


def test_it_lies_is_about_the_town_before_and_the_one_it_is_measured_from() -> None:
    text = "Rebels entered Tawila on Monday. It lies 60 km west of El Fasher."
    assert set(one(text, "60 km").places) == {3, 4}


def test_a_place_that_only_says_where_another_lies_is_passed_over() -> None:
    claim = one("The army attacked west of El Fasher near Tawila on Monday.", "attacked")
    assert claim.places == (3,)


def test_a_claim_near_a_place_is_not_a_claim_at_it() -> None:
    near = one("The army took two hills near Omdurman on Monday.", "two hills")
    assert (near.places, near.around, near.at) == ((2,), (2,), ())
    inside = one("The army took Omdurman on Monday.", "took")
    assert (inside.places, inside.around, inside.at) == ((2,), (), (2,))


def test_the_town_does_not_point_back_to_where_the_speaker_sits() -> None:
    text = "Shells fell on Tawila. The governor in Omdurman said the town was lost."
    assert one(text, "was lost").places == (3,)


def test_regions_are_areas_not_places() -> None:
    claim = one("The army controls the west of Sennar state.", "controls")
    assert (claim.places, claim.areas) == ((), (-5,))


def test_labels_set_the_certainty_of_what_they_introduce() -> None:
    assert one("Unconfirmed claims: The RSF took Omdurman.", "took").certainty == "hedged"
    assert one("RSF objective: Seize Omdurman before the rains.", "Seize").kind == "forecast"


def test_what_footage_shows_keeps_its_source_and_evidence() -> None:
    text = "Footage shared by RSF fighters appeared to show burnt army vehicles near Omdurman."
    claim = one(text, "vehicles")
    assert (claim.speaker, claim.side, claim.evidence, claim.certainty) == (
        "RSF fighters",
        "RSF",
        "footage",
        "hedged",
    )


def test_a_post_is_the_channels_word_and_a_summary_the_bodys() -> None:
    post = one("Our men entered Omdurman at dawn.", "entered", medium="post", outlet="Omdurman Frontline")
    assert (post.speaker, post.relays) == ("Omdurman Frontline", ())
    summary = one("Two attacks near Tawila were repelled.", "repelled", medium="summary", outlet="RSF")
    assert (summary.speaker, summary.side) == ("Rapid Support Forces", "RSF")


def test_an_article_that_retells_a_briefing_gives_the_body_its_sentences() -> None:
    text = (
        "Fighting went on at Tawila.\n\nAccording to the Rapid Support Forces, six attacks failed.\n\n"
        "According to the Rapid Support Forces, two posts fell."
    )
    assert {c.speaker for c in read(text).claims} == {"Rapid Support Forces"}


def test_a_briefing_announced_at_the_head_speaks_for_the_sentences_without_a_speaker() -> None:
    text = "The Defence Ministry of Sudan has held its daily briefing. Six attacks were repelled near Tawila."
    assert one(text, "repelled").speaker == "Defence Ministry of Sudan"


def test_labels_can_say_who_speaks_and_through_whom() -> None:
    cited = one("14:20 – State TV, citing a military source: two columns left Omdurman.", "columns")
    assert (cited.speaker, cited.relays) == ("military source", ("State TV",))
    plain = one("Nile hospital: 12 wounded were brought in from Tawila.", "wounded")
    assert plain.speaker == "Nile hospital"


def test_one_who_is_quoted_as_saying_speaks_through_the_outlet() -> None:
    claim = one("Nile TV quoted a colonel as saying that Omdurman had fallen.", "had fallen")
    assert (claim.speaker, claim.relays) == ("colonel", ("Nile TV",))


def test_the_group_and_one_of_them_are_those_who_spoke_before() -> None:
    group = read("The RSF said it held the port. The group said the army had fled Omdurman.").claims
    assert {c.speaker for c in group} == {"RSF"}
    crowd = read("Diplomats said the talks had failed. One of them said the army would attack Tawila.").claims
    assert {c.speaker for c in crowd} == {"Diplomats"}


def test_a_relative_clause_belongs_to_the_speaker_before_it() -> None:
    claim = one("A lawyers' network that documents arrests said ten men were held in Omdurman.", "ten men")
    assert claim.speaker == "lawyers' network"


def test_different_predicates_of_one_subject_are_two_claims() -> None:
    kinds = [c.kind for c in read("The army repelled an assault on Tawila and shot down two drones.").claims]
    assert kinds == ["fighting", "losses"]


def test_a_paragraph_goes_on_telling_of_the_day_that_it_named() -> None:
    claim = one("On Friday, rockets struck Omdurman. Two hospitals were hit.", "hospitals")
    assert claim.time == Period(dt.date(2025, 3, 14), dt.date(2025, 3, 14))


def test_an_embedded_post_has_its_writer_and_platform() -> None:
    text = "Look at this.\n\nArmy tanks on the bridge at Shambat this morning"
    parts = (Part(0, 13, "body"), Part(15, len(text), "embed", by="@bridgewatch", via="Twitter"))
    claim = one(text, "tanks", parts=parts)
    assert (claim.speaker, claim.relays) == ("@bridgewatch", ("Twitter",))


def test_headlines_and_credits_are_not_read() -> None:
    text = "Army takes Omdurman\n\nThe bridge was quiet on Sunday.\n\nReuters contributed reporting."
    ends = (19, 21, 52, 54)
    parts = (
        Part(0, ends[0], "title"),
        Part(ends[1], ends[2], "body"),
        Part(ends[3], len(text), "credit"),
    )
    assert [c.quote for c in read(text, parts=parts).claims] == ["The bridge was quiet on Sunday"]


def test_one_claim_for_coordinated_clauses_of_one_kind_two_for_two_kinds() -> None:
    same = read("Shells hit the market and a rocket struck the port.").claims
    assert len(same) == 1
    two = read("The army attacked Tawila, but the RSF said that it held the town.").claims
    assert {(c.speaker, c.kind) for c in two} == {(None, "fighting"), ("RSF", "control")}


def test_a_profile_is_fitted_to_each_text_where_none_is_given() -> None:
    text = "Ukraine's General Staff said Russian forces attacked Lozove on Monday. Ukraine repelled them."
    claim = one(text, "attacked", profile=None)
    assert claim.side == "UA"
    assert conflict.for_text(text).id == "ukraine-2022"
    assert conflict.for_text("Sudan's army said it holds Khartoum. Sudanese troops met no one.").id == "plain"


REPORT = st.lists(
    st.sampled_from(
        [
            "The army said it took Omdurman on Sunday.",
            "“We stay,” the mayor told Reuters, “and we fight.”",
            "Unconfirmed claims: A blogger claimed that Tawila fell.",
            "Footage shared by locals shows smoke (north of Omdurman).",
            "According to the RSF, 40 soldiers were killed; the army denied it.",
            "Sie sagten nichts.\u202e\u0000\ud7ff",
            '( " “ ” ) [45] -- … , , ; : – 1,200km',
        ]
    ),
    max_size=8,
)


@given(REPORT, st.sampled_from(["\n\n", " ", "\n"]))
@settings(max_examples=60, deadline=None)
def test_every_claim_stands_where_it_says(lines: list[str], joint: str) -> None:
    text = joint.join(lines)
    reading = read(text)
    for claim in reading.claims:
        assert claim.quote == quotation(text, claim.spans)
        assert all(0 <= s.start < s.end <= len(text) for s in claim.spans)
    assert len({c.id for c in reading.claims}) == len(reading.claims)


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "x" * 100_000, "“" * 500, "🙂" * 300, "said " * 400])
def test_odd_texts_are_read_without_an_error(text: str) -> None:
    assert all(c.quote for c in read(text).claims)


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_text_is_read(text: str) -> None:
    for claim in read(text).claims:
        assert claim.quote == quotation(text, claim.spans)


def test_the_enemy_of_a_speaker_whose_side_is_not_told_is_nobody() -> None:
    text = "The enemy has taken Lozove, and its troops are near Hrushivka. Ukraine and Russia say nothing."
    channel = one(text, "has taken", profile=conflict.load(), medium="post", outlet="Western Rampart")
    assert (channel.speaker, channel.side, channel.holder) == ("Western Rampart", None, None)
