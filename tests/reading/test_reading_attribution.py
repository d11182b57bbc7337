"""Attributions in sentences of our own: before, after and inside quotations, through cues of many kinds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.reading.attribution import Said, attributions
from oskil.reading.text import paragraphs, quotations, sentences, tokens
from oskil.records import Span


def said(sentence: str) -> list[Said]:
    whole = Span(0, len(sentence))
    return attributions(sentence, whole, quotations(sentence, whole))


def words(sentence: str, span: Span | None) -> str | None:
    return sentence[span.start : span.end] if span else None


CASES = [
    (
        "The governor said on Monday that three villages had been cleared of fighters.",
        "The governor",
        ["three villages had been cleared of fighters"],
    ),
    (
        '"We hold the bridge," the brigade\'s spokesman, Major Idris Bello, told Radio Dabanga.',
        "the brigade's spokesman, Major Idris Bello",
        ["We hold the bridge"],
    ),
    (
        '"We hold the bridge," said Major Idris Bello, a spokesman, "and nobody will take it from us."',
        "Major Idris Bello",
        ["We hold the bridge", "and nobody will take it from us"],
    ),
    (
        "Rebels had entered the airport by dawn, according to two residents.",
        "two residents",
        ["Rebels had entered the airport by dawn"],
    ),
    (
        "According to the army, forty fighters were killed near Wad Madani on Friday.",
        "the army",
        ["forty fighters were killed near Wad Madani on Friday"],
    ),
    (
        "The ministry denied that its planes had bombed the market.",
        "The ministry",
        ["its planes had bombed the market"],
    ),
    (
        "The mayor, who left the city last week, told reporters the hospital was no longer working.",
        "The mayor, who left the city",
        ["the hospital was no longer working"],
    ),
    (
        "Al-Burhan vowed to fight on until the last position falls.",
        "Al-Burhan",
        ["to fight on until the last position falls"],
    ),
    (
        "Hemedti wrote on X that his men were in full control of the refinery.",
        "Hemedti",
        ["his men were in full control of the refinery"],
    ),
    (
        "The general said: “Our troops withdrew in good order.”",
        "The general",
        ["Our troops withdrew in good order"],
    ),
    (
        "In a post on Facebook, the army said it repelled an assault on Babanusa.",
        "the army",
        ["it repelled an assault on Babanusa"],
    ),
    (
        "The next target, several commanders say, is the road to the port.",
        "several commanders",
        ["The next target", "is the road to the port"],
    ),
]


@pytest.mark.parametrize(("sentence", "source", "content"), CASES, ids=[c[0][:40] for c in CASES])
def test_source_and_content(sentence: str, source: str, content: list[str]) -> None:
    [found] = said(sentence)
    assert words(sentence, found.source) == source
    assert [words(sentence, c) for c in found.content] == content


@pytest.mark.parametrize(
    "sentence",
    [
        "Neither side commented.",
        "The drone strikes continued on Tuesday.",
        "The army maintained its positions along the canal.",
        "An estimated 300 families left the camp overnight.",
        "Troops reported missing on Sunday were found alive.",
    ],
)
def test_no_one_is_said_to_have_spoken(sentence: str) -> None:
    assert not [s for s in said(sentence) if s.form == "verb" and len(s.content) and s.lemma != "report"]


def test_a_relay_holds_the_attribution_that_it_passes_on() -> None:
    text = "Government troops have retaken Sennar, the army spokesman said in an address, AFP reported."
    inner, outer = said(text)
    assert words(text, inner.source) == "the army spokesman"
    assert words(text, outer.source) == "AFP"
    assert inner.cue.inside(outer.content[0])


def test_two_voices_in_one_sentence_keep_their_own_contents() -> None:
    text = "The town fell on Sunday, witnesses said, but the army insists that fighting continues."
    first, second = said(text)
    assert [words(text, c) for c in first.content] == ["The town fell on Sunday"]
    assert (words(text, second.source), words(text, second.content[0])) == ("the army", "fighting continues")


def test_what_is_shown_names_who_shared_it_and_how_sure_it_is() -> None:
    text = "Unconfirmed footage shared by local fighters appeared to show burnt vehicles outside El Fasher."
    [found] = said(text)
    assert (found.form, found.stance) == ("shown", "hedged")
    assert words(text, found.source) == "local fighters"
    assert words(text, found.content[0]) == "burnt vehicles outside El Fasher"


def test_reports_of_nobody_are_hedged_and_end_before_the_doubt() -> None:
    text = "Reports that the garrison had surrendered could not be independently verified."
    [found] = said(text)
    assert (found.source, found.stance) == (None, "hedged")
    assert words(text, found.content[0]) == "the garrison had surrendered"


def test_adding_goes_on_with_the_same_source() -> None:
    text = "Officials have reported 12 deaths, adding that the toll would rise."
    first, second = said(text)
    assert words(text, first.source) == words(text, second.source) == "Officials"
    assert [words(text, s.content[0]) for s in (first, second)] == ["12 deaths", "the toll would rise"]


def test_coordinated_verbs_share_the_subject_that_opens_the_sentence() -> None:
    text = "The junta rejected the offer and said it would not talk under fire."
    [found] = said(text)
    assert words(text, found.source) == "The junta"
    assert words(text, found.content[0]) == "it would not talk under fire"


def test_a_quotation_of_several_sentences_stays_one_sentence() -> None:
    text = 'He was calm. "We stayed. We did not run," the sergeant said. Then he left.'
    whole = Span(0, len(text))
    found = [text[s.start : s.end] for s in sentences(text, whole, quotations(text, whole))]
    assert found == ["He was calm.", '"We stayed. We did not run," the sergeant said.', "Then he left."]


@pytest.mark.parametrize(
    "text", ["Gen. Amin spoke.", "The U.S. Senate voted.", "It fell at 5 p.m. on Sunday."]
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    assert len(list(sentences(text, Span(0, len(text))))) == 1


def test_a_nickname_in_quotation_marks_is_no_quotation() -> None:
    text = "Serhiy “Flash” Kovalenko said “the line holds” on Monday."
    assert [text[q.start : q.end] for q in quotations(text, Span(0, len(text)))] == ["the line holds"]


@given(st.text(max_size=400))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    whole = Span(0, len(text))
    for paragraph in paragraphs(text, whole):
        quotes = quotations(text, paragraph)
        for sentence in sentences(text, paragraph, quotes):
            assert sentence.inside(whole)
            assert all(text[t.start : t.end] == t.text for t in tokens(text, sentence, quotes))
            for found in attributions(text, sentence, quotes):
                assert all(c.inside(sentence) and c.start < c.end for c in found.content)


PIECES = st.sampled_from(
    'said that according to “ ” " , . – ( ) [ ] The army Kyiv Reuters reported footage showing'
    " shared by claims he 50 km"
    " which straddles the river adding but and while not ; : -- told Axios on Monday".split(" ")
)


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_any_heap_of_reporting_words_is_read_without_an_error(text: str) -> None:
    whole = Span(0, len(text))
    for found in attributions(text, whole, quotations(text, whole)):
        assert all(c.inside(whole) for c in found.content)
