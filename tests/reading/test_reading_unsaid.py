"""What nobody said or confirmed, whom an agency cites, and whose its nameless sources are."""

from __future__ import annotations

import pytest
from reading_claims import by_words, claims_of

from oskil import conflict
from oskil.places import gazetteer
from oskil.reading import reader
from oskil.records import Claim, Document


def of_ukraine(text: str, outlet: str | None = None) -> Claim:
    """The first claim of a text as the shipped reader has it, with the profile of Ukraine's war."""
    read = reader(gazetteer.load(), conflict.load("ukraine-2022"))
    document = Document(id="d", key="d", text=text, published="2023-09-16", medium="article", outlet=outlet)
    return read.read(document).claims[0]


@pytest.mark.parametrize(
    "text",
    [
        "Army officials have not confirmed the loss of Tawila.",
        "The staff could not verify that rebels had entered Tawila.",
        "The army did not deny that it had shelled Tawila.",
    ],
)
def test_what_is_not_confirmed_is_hedged_and_nobodys(text: str) -> None:
    claim = claims_of(text)[0]
    assert (claim.speaker, claim.certainty, claim.polarity) == (None, "hedged", "affirmed")


@pytest.mark.parametrize(
    "text",
    [
        "The army did not say how many had died in Tawila.",
        "The mayor, reached by telephone, would not say whether the pumps in Tawila worked.",
        "The hospital declined to give further details.",
    ],
)
def test_what_is_not_said_is_no_claim(text: str) -> None:
    assert claims_of(text) == []


def test_who_does_not_say_something_may_speak_next() -> None:
    claims = by_words("The mayor would not say whether it was safe. “We have water,” he said.")
    assert claims["We have water"].speaker == "mayor"


def test_facts_in_what_is_not_said_are_facts() -> None:
    text = "The mayor of Sloviansk did not say whether shells had hit Lyman, 25 km from his office."
    assert of_ukraine(text).quote == "25 km from his office"


@pytest.mark.parametrize(
    "text",
    [
        "Radio Dabanga reported, citing a doctor, that two lorries were burned near Tawila.",
        "Two lorries were burned near Tawila, Radio Dabanga said, citing a doctor.",
        "Citing a doctor, Radio Dabanga reported that two lorries were burned near Tawila.",
    ],
)
def test_whom_an_outlet_cites_is_the_speaker(text: str) -> None:
    claim = claims_of(text)[0]
    assert (claim.speaker, claim.relays) == ("doctor", ("Radio Dabanga",))


def test_pictures_are_cited_by_no_speaker() -> None:
    claim = claims_of("Radio Dabanga reported, citing satellite images, that two lorries were burned.")[0]
    assert claim.speaker == "Radio Dabanga"


def test_a_nameless_source_is_its_agencys_whoever_owns_the_place() -> None:
    words = "that paratroopers had seized two villages near Lyman"
    assert of_ukraine(f"TASS reported, citing a military source, {words}.").side == "RU"
    assert of_ukraine(f"Ukrinform reported, citing a military source, {words}.").side == "UA"
    told = "Paratroopers had seized two villages near Lyman, residents said, TASS reported."
    assert of_ukraine(told).side is None


def test_the_ministry_of_an_agencys_text_is_its_own() -> None:
    text = "Paratroopers seized two villages near Lyman, the defence ministry said."
    assert of_ukraine(text).side == "UA"
    assert of_ukraine(text, "TASS").side == "RU"


def test_a_clause_of_time_leaves_the_main_clause_whole() -> None:
    text = "Nine bakers, among them two boys, were killed when a shell hit a mill in Tawila, the mayor said."
    quote = "Nine bakers, among them two boys, were killed when a shell hit a mill in Tawila"
    assert by_words(text)[quote].kind == "harm"


def test_the_head_of_a_body_is_the_one_named() -> None:
    text = "The head of the relief committee, Adam Issa, said two lorries were burned."
    assert claims_of(text)[0].speaker == "Adam Issa"


@pytest.mark.parametrize(
    ("text", "speaker", "quote"),
    [
        (
            "Relief lawyers accused the militia of burning two mills in Tawila.",
            "Relief lawyers",
            "the militia of burning two mills in Tawila",
        ),
        (
            "The mayor blamed the army for shelling the market in Tawila.",
            "mayor",
            "the army for shelling the market in Tawila",
        ),
    ],
)
def test_who_accuses_says_so(text: str, speaker: str, quote: str) -> None:
    claim = claims_of(text)[0]
    assert (claim.speaker, claim.quote) == (speaker, quote)


def test_who_is_accused_says_nothing() -> None:
    assert claims_of("The army was accused of shelling Tawila.")[0].speaker is None


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit a mill in Tawila, two bakers who asked not to be named said.",
        "Two bakers who spoke on condition of anonymity said shells hit a mill in Tawila.",
        "Two bakers who declined to be identified said shells hit a mill in Tawila.",
    ],
)
def test_who_asks_not_to_be_named_still_speaks(text: str) -> None:
    claims = claims_of(text)
    assert [c.quote.lower() for c in claims] == ["shells hit a mill in tawila"]
    assert str(claims[0].speaker).lower().startswith("two bakers")


@pytest.mark.parametrize(
    "text",
    [
        "It was not immediately clear who was behind the attack.",
        "It remained unclear how many had died.",
        "There was no immediate comment from the army.",
    ],
)
def test_what_is_not_known_is_no_claim(text: str) -> None:
    assert claims_of(text) == []


def test_what_is_said_of_the_subject_is_not_said_of_what_it_did() -> None:
    claims = by_words("The militia, which the army says has 300 men, took Tawila on Sunday.")
    assert claims["has 300 men"].speaker == "army"
    assert claims["The militia took Tawila on Sunday"].speaker is None
    assert claims["The militia took Tawila on Sunday"].places


def test_denied_reports_are_denied_by_who_denies_them() -> None:
    claim = claims_of("State media denied reports that rebels had entered Tawila.")[0]
    assert (claim.speaker, claim.polarity) == ("State media", "denied")


def test_what_a_source_is_called_besides_is_no_claim() -> None:
    claims = claims_of("Shells fell on Tawila, according to the Dune Monitor, a Khartoum-based charity.")
    assert [c.quote for c in claims] == ["Shells fell on Tawila"]


def test_shortly_after_is_no_time_to_come() -> None:
    claim = claims_of("Residents heard shells fall on Tawila shortly after midnight.", "2025-03-17")[0]
    assert claim.time is not None
    assert str(claim.time.last) == "2025-03-17"


def test_gains_reported_since_a_day_are_reported_by_nobody_there() -> None:
    claim = claims_of("The army said it had taken Tawila, the first gains reported since May.")[0]
    assert claim.relays == ()


def test_what_follows_a_semicolon_goes_on_with_the_same_words() -> None:
    claims = by_words("The pass fell on Sunday, the Dune Monitor said; at least 40 people have died in it.")
    assert claims["at least 40 people have died in it"].speaker == "Dune Monitor"


def test_a_relative_clause_leaves_the_verb_to_its_body() -> None:
    claims = by_words(
        "The ministry, which has backed some rebels, denied involvement in the attack on Tawila."
    )
    claim = claims["involvement in the attack on Tawila"]
    assert (claim.speaker, claim.polarity) == ("ministry", "denied")


@pytest.mark.parametrize("how", ["reached by phone", "stationed in the port", "interviewed near the pass"])
def test_how_somebody_was_reached_is_no_name(how: str) -> None:
    claim = claims_of(f"A pilot {how} said government troops were still inside.")[0]
    assert claim.speaker == "pilot"


def test_an_and_before_anothers_words_is_no_part_of_the_claim() -> None:
    claims = by_words("The army has not taken the pass yet, and a driver said the road was mined.")
    assert "The army has not taken the pass yet" in claims


@pytest.mark.parametrize(
    ("text", "speaker", "relays"),
    [
        ("Rebels said they had taken Tawila, a claim the army denied hours later.", "Rebels", ()),
        ("In a statement the army said it had repelled the assault on Tawila.", "army", ()),
        ("In a post on Telegram the mayor said the mill in Tawila was gone.", "mayor", ()),
        (
            "Chad’s envoy, Adam Issa, told Radio Dabanga that Tawila was calm.",
            "Adam Issa",
            ("Radio Dabanga",),
        ),
    ],
)
def test_where_and_how_somebody_speaks_is_not_who(text: str, speaker: str, relays: tuple[str, ...]) -> None:
    claim = claims_of(text)[0]
    assert (claim.speaker, claim.relays) == (speaker, relays)


def test_a_doctors_network_is_of_no_state() -> None:
    claim = claims_of("The Sudan Doctors Network said two mills in Tawila had burned.")[0]
    assert claim.side == "independent"


@pytest.mark.parametrize(
    "line",
    [
        "TAWILA, Sudan, March 17 (Dune Wire) - ",
        "TAWILA (Dune Wire) — ",
        "TAWILA, 17 March 2025 -- ",
        "PORT SUDAN — ",
        "Tawila, Sudan (DW) – ",
    ],
)
def test_a_date_line_is_no_part_of_the_claim(line: str) -> None:
    (claim,) = claims_of(line + "Shells fell on Shambat at noon.")
    assert claim.quote == "Shells fell on Shambat at noon"
    assert claim.places == (1,)


@pytest.mark.parametrize("text", ["NATO – the alliance – met on Sunday.", "Tawila - a small town - burned."])
def test_a_dash_makes_no_date_line(text: str) -> None:
    assert claims_of(text)[0].quote.startswith(text[:4])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The army said 34 men had died.", "34 men had died"),
        ("The army said on Sunday 34 men had died.", "34 men had died"),
        ("The army said on March 14 two men had died.", "two men had died"),
    ],
)
def test_a_number_behind_said_is_what_is_said(text: str, quote: str) -> None:
    assert claims_of(text)[0].quote == quote


def test_an_envoy_is_of_who_sent_him_and_has_his_name() -> None:
    text = "Chad's ambassador to the U.N. Security Council, Adam Issa, said two mills had burned."
    claim = claims_of(text)[0]
    assert (claim.speaker, claim.side) == ("Adam Issa", "TD")


def test_what_is_not_clear_is_no_claim_of_who_spoke_before() -> None:
    text = "Shells fell on Tawila, two officials said. It was unclear whether the army would answer."
    assert [c.quote for c in claims_of(text)] == ["Shells fell on Tawila"]


def test_two_verbs_of_one_speaker_have_their_own_words() -> None:
    claims = by_words("The militia denied it had shelled Tawila and accused the army of looting.")
    assert claims["it had shelled Tawila"].polarity == "denied"
    assert claims["the army of looting"].speaker == "militia"


def test_what_is_told_of_the_speaker_is_not_when_he_spoke() -> None:
    claim = claims_of("The militia, which took the pass in May 2023, admitted that it had lost Tawila.")[0]
    assert claim.time is not None
    assert str(claim.time.last) == "2025-03-17"


def test_officials_are_of_the_country_of_their_place() -> None:
    text = "Shells hit Lyman and Kupiansk. A drone hit a bus, the governor of the Belgorod region said."
    read = reader(gazetteer.load(), conflict.load("ukraine-2022"))
    document = Document(id="d", key="d", text=text, published="2023-09-16", medium="article")
    assert [c.side for c in read.read(document).claims] == [None, "RU"]


def test_the_ministry_is_the_one_spoken_of_last() -> None:
    text = (
        "The Russian Defence Ministry gave another picture. Its men took Lyman, the ministry said."
        " Nine men surrendered, the bulletin said."
    )
    read = reader(gazetteer.load(), conflict.load("ukraine-2022"))
    document = Document(id="d", key="d", text=text, published="2023-09-16", medium="article")
    said = [c for c in read.read(document).claims if c.speaker]
    assert [(c.speaker, c.side) for c in said] == [("Russian Defence Ministry", "RU")] * 2


def test_findings_say_nothing_themselves() -> None:
    claim = claims_of("Initial findings suggested that the shell had come from Tawila.")[0]
    assert (claim.speaker, claim.certainty) == (None, "hedged")


def test_what_is_said_in_a_report_is_said_once() -> None:
    claims = claims_of("The staff said in its evening report that rebels had shelled Tawila.")
    assert [(c.speaker, c.quote) for c in claims] == [("staff", "rebels had shelled Tawila")]
