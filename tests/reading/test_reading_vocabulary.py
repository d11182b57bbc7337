"""The vocabulary of kinds is data; these tests lint it and try it on sentences of our own."""

from __future__ import annotations

import pytest

from oskil.reading.kinds import Clause, by_rules, kinds

KINDS = (
    "control movement area fighting strike losses harm displacement forecast assessment background statement"
).split()


def test_the_vocabulary_has_just_the_kinds_of_the_contract() -> None:
    assert sorted(k.id for k in kinds()) == sorted(KINDS)


def test_no_two_kinds_share_a_pattern_or_a_precedence() -> None:
    patterns = [p.words.pattern for k in kinds() for p in k.patterns]
    assert len(patterns) == len(set(patterns))
    assert len({k.precedence for k in kinds()}) == len(KINDS)


def test_every_kind_says_what_it_is_about() -> None:
    assert all(k.about.endswith(".") and k.patterns for k in kinds())


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("control", "Our units have taken full control of the refinery"),
        ("control", "The village is held by the militia"),
        ("movement", "the gunmen slipped into the reed beds"),
        ("movement", "The force has about 900 men in the delta"),
        ("movement", "the ministry sent a small team of advisers to the coast"),
        ("harm", "fourteen people had lost their lives"),
        ("harm", "the militia shot dozens of villagers"),
        ("losses", "some forty of theirs are lying in the canal"),
        ("losses", "we lost two jeeps on the causeway"),
        ("displacement", "the orphanage was emptied on Friday"),
        ("displacement", "The state has moved 12,000 villagers off the plain"),
        ("strike", "bombs fell on the upper lock"),
        ("forecast", "the last ships are due to sail in June"),
        ("forecast", "Should the lock fail, the plain would be cut off"),
        ("background", "The airstrip is closed to all traffic"),
        ("fighting", "the battle for the lock lasted nine days"),
        ("statement", "the two leaders agreed to a pause"),
        ("movement", "Government columns withdrew towards the river"),
        ("movement", "Rebel fighters advanced two streets into the northern quarter"),
        ("area", "The army regained 40 square kilometres of farmland"),
        ("fighting", "Fighters attempted to storm the barracks twice"),
        ("fighting", "Clashes broke out along the canal"),
        ("strike", "Artillery shelled the port for an hour"),
        ("strike", "A missile struck the rail depot"),
        ("losses", "Air defences shot down 14 drones"),
        ("losses", "Nine guerrillas died in the river crossing"),
        ("losses", "Two landing craft were sunk off the cape"),
        ("losses", "The regiment lost six officers"),
        ("fighting", "The truce was broken within an hour"),
        ("fighting", "Border guards threw back two raids"),
        ("fighting", "A patrol was ambushed on the forest track"),
        ("strike", "Jets hit two rebel barracks"),
        ("movement", "The battalions were going home"),
        ("displacement", "A ferry has carried 400 residents away"),
        ("displacement", "The hamlet was abandoned by its 900 inhabitants"),
        ("harm", "Nobody was hurt"),
        ("harm", "Warehouses by the quay were burning"),
        ("control", "The upper town is still in rebel hands"),
        ("background", "The country launched its full-scale invasion in spring"),
        ("background", "The siege began in March"),
        ("assessment", "Bread is running short"),
        ("forecast", "The worst lies ahead"),
        ("losses", "The brigade lost 20 soldiers killed and wounded"),
        ("harm", "Three civilians were killed in the market"),
        ("harm", "Much of the hospital was destroyed"),
        ("displacement", "Patients were evacuated across the border"),
        ("forecast", "The garrison will surrender within days"),
        ("background", "a port with a population of 90,000"),
        ("background", "a village 12 km south of the border crossing"),
    ],
)
def test_kinds_by_their_words(kind: str, words: str) -> None:
    assert by_rules([Clause(words, True)])[0] == kind


def test_what_no_pattern_knows_is_a_judgement_in_a_mouth_and_background_without_one() -> None:
    assert by_rules([Clause("the river runs green in spring", True)])[0] == "assessment"
    assert by_rules([Clause("the river runs green in spring", False)])[0] == "background"


def test_the_main_predicate_outweighs_what_is_only_a_purpose() -> None:
    assert by_rules([Clause("Rebels attacked the barracks to seize the armoury", False)])[0] == "fighting"
    assert by_rules([Clause("Rebels failed to encircle the barracks", False)])[0] == "fighting"
