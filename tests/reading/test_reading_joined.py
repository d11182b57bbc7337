"""The rules joined with a tagger's attributions and with learned kinds, on sentences of our own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest
from reading_fakes import place_names

from oskil.places.interface import Gazetteer
from oskil.reading.joined import JoinedReader
from oskil.reading.kinds import Clause, by_rules
from oskil.reading.learned import CLEAR, KindModel, LearnedKinds, decided, encoder_hash, meanings, nearness
from oskil.reading.tagger.tagger import Tagger
from oskil.records import Attribution, Claim, Document, Part, Span


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load(threads=1)


def spans(text: str, *phrases: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(p), text.index(p) + len(p)) for p in phrases)


def read(text: str, *found: tuple[str, str, Sequence[str]]) -> tuple[Claim, ...]:
    """The claims where the tagger finds (source, cue, contents) in the text, by their words."""
    tagged = [Attribution(spans(text, s), spans(text, c), spans(text, *said)) for s, c, said in found]
    reader = JoinedReader(cast(Gazetteer, None), None, place_names, lambda _: tagged, by_rules)
    parts = (Part(0, len(text), "body"),)
    return reader.read(Document(id="d", key="d", text=text, published="2025-03-17", parts=parts)).claims


def test_a_sentence_that_the_rules_cannot_read_is_the_taggers() -> None:
    text = "Shopkeepers who stayed behind say soldiers emptied the bakery."
    assert all(c.speaker is None for c in read(text))
    [claim] = read(text, ("Shopkeepers who stayed behind", "say", ["soldiers emptied the bakery"]))
    assert (claim.quote, claim.speaker) == ("soldiers emptied the bakery", "Shopkeepers")


def test_content_on_both_sides_of_its_cue_is_one_claim() -> None:
    text = "Were the dam to break, the engineer warned, the whole valley would be under water."
    said = ["Were the dam to break", "the whole valley would be under water"]
    [claim] = read(text, ("the engineer", "warned", said))
    assert claim.quote == "Were the dam to break the whole valley would be under water"
    assert claim.speaker == "engineer"


def test_the_rules_stand_where_they_find_anything() -> None:
    text = "The road is open, a nurse said."
    [claim] = read(text, ("The road", "is", ["open, a nurse said"]))
    assert (claim.quote, claim.speaker) == ("The road is open", "nurse")


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mediator has been pushing to end the war.", "The mediator", "pushing", "to end the war"),
        ("The senate voted to lend the island money.", "The senate", "voted", "to lend the island money"),
        ("The plan spells out a truce.", "The plan", "spells out", "a truce"),
    ],
)
def test_an_intention_or_decision_is_no_attribution(text: str, source: str, cue: str, content: str) -> None:
    assert all(c.speaker is None for c in read(text, (source, cue, [content])))


def test_a_content_of_several_sentences_keeps_its_speaker() -> None:
    text = "The clerk told of his night. The guns began at two. By four the street was gone."
    rest = "The guns began at two. By four the street was gone"
    claims = read(text, ("The clerk", "told", [rest]))
    assert [c.speaker for c in claims if "guns" in c.quote or "street" in c.quote] == ["clerk", "clerk"]


def test_a_content_does_not_reach_into_the_next_paragraph() -> None:
    text = "The clerk told of his night.\n\nThe guns began at two."
    claims = read(text, ("The clerk", "told", ["of his night.\n\nThe guns began at two"]))
    assert [c.speaker for c in claims if "guns" in c.quote] == [None]


def test_attributions_without_cue_or_content_make_no_claim() -> None:
    text = "Farmers near the dam fear for their fields."
    tagged = [Attribution(spans(text, "Farmers"), (), spans(text, "fear for their fields"))]
    reader = JoinedReader(cast(Gazetteer, None), None, place_names, lambda _: tagged, by_rules)
    reading = reader.read(Document(id="d", key="d", text=text, parts=(Part(0, len(text), "body"),)))
    assert [c.speaker for c in reading.claims] == [None]
    assert list(reading.attributions) == tagged


def test_the_kinds_belong_to_the_shipped_tagger() -> None:
    """Where this fails, the tagger has changed: `python -m training.kinds` trains the kinds anew."""
    assert KindModel.load().encoder == encoder_hash()


@pytest.mark.parametrize(
    ("words", "attributed", "kind"),
    [
        ("Lorries full of marines rolled south along the coast before sunrise", False, "movement"),
        ("gunners on the heights pounded the fishing quarter until noon", True, "strike"),
        ("The lagoon freezes over in most winters", False, "background"),
        ("their best officers are dead or have run away", True, "losses"),
        ("let the mothers bury their sons", True, "statement"),
    ],
)
def test_what_the_vocabulary_leaves_open_is_learned(
    tagger: Tagger, words: str, attributed: bool, kind: str
) -> None:
    assert LearnedKinds(tagger, KindModel.load())([Clause(words, attributed)]) == [kind]


def test_what_the_vocabulary_knows_stays(tagger: Tagger) -> None:
    clear = Clause("Rebels seized the town and hoisted their flag", False)
    assert CLEAR > 0 and decided(clear) == "control"
    assert LearnedKinds(tagger, KindModel.load())([clear]) == ["control"]


def test_nobody_but_a_speaker_makes_a_statement(tagger: Tagger) -> None:
    own = [Clause("we thank our friends", False), Clause("stop buying their oil", False)]
    assert "statement" not in LearnedKinds(tagger, KindModel.load())(own)


def test_clauses_are_read_each_by_itself(tagger: Tagger) -> None:
    texts = ["The dam holds.", "", "“Quoted” words\n\nof two lines", "x" * 5000]
    together = meanings(tagger, texts)
    assert together.shape[0] == len(texts)
    alone = meanings(tagger, texts[:1])
    assert (together[0] == alone[0]).all()


def test_an_example_is_nearest_to_itself() -> None:
    rows = np.array([[0.0, 0.0], [3.0, 4.0]], dtype=np.float32)
    assert nearness(rows, rows, 25.0) == pytest.approx(np.array([[1, np.exp(-1)], [np.exp(-1), 1]]))


def plain(text: str, **fields: str) -> tuple[Claim, ...]:
    reader = JoinedReader(cast(Gazetteer, None), None, place_names, lambda _: (), by_rules)
    parts = (Part(0, len(text), "body"),)
    return reader.read(
        Document(id="d", key="d", text=text, published="2025-03-17", parts=parts, outlet=fields.get("outlet"))
    ).claims


def test_a_later_quotation_of_a_person_keeps_the_day_of_the_first() -> None:
    text = (
        "“We have lost the bridge,” Amal Idris told reporters on Saturday.\n\n"
        "Prices rose again.\n\n“The ferry is gone as well,” Idris said."
    )
    [ferry] = [c for c in plain(text) if "ferry" in c.quote]
    assert ferry.time and str(ferry.time.first) == str(ferry.time.last) == "2025-03-15"


def test_the_ministry_is_that_of_the_country_in_which_the_text_lies() -> None:
    text = "The health ministry said nine people died in Omdurman. Shambat and Tawila were quiet."
    [claim] = [c for c in plain(text) if "nine" in c.quote]
    assert claim.side == "SD"


def test_the_outlet_that_is_read_is_no_relay_of_what_it_was_told() -> None:
    text = "The road is cut, a driver told the Delta Post. The bridge is gone, a nurse told the Gulf Herald."
    road, bridge = plain(text, outlet="Delta Post")
    assert (road.relays, bridge.relays) == ((), ("Gulf Herald",))


def test_a_summary_of_a_bodys_briefing_is_the_bodys_word() -> None:
    text = (
        "Summary of the briefing of the Ministry of Defence of Sudan, 17 March.\n\nTwo drones were shot down."
    )
    [drones] = [c for c in plain(text) if "drones" in c.quote]
    assert drones.speaker == "Ministry of Defence of Sudan"


def test_the_town_pointed_back_to_is_that_of_the_paragraph() -> None:
    text = (
        "Troops left Omdurman on Friday.\n\n"
        "Rebels entered Tawila. The bridge into the town is open, a driver said."
    )
    [bridge] = [c for c in plain(text) if "bridge" in c.quote]
    assert bridge.places == (3,)
