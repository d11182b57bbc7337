"""Reused wording: which words of a text stood in an earlier one."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from weighing_making import document

from oskil.records import Document, Part
from oskil.weighing.origins.thresholds import thresholds
from oskil.weighing.origins.wording import near_duplicates, passages

WORDS = [f"{a}{b}{c}" for a in "bdfglm" for b in "aeiou" for c in "nrst"]
KNOWN = thresholds().wording


def prose(seed: int, words: int) -> list[str]:
    rng = random.Random(seed)
    return [rng.choice(WORDS) for _ in range(words)]


def text(name: str, words: list[str], day: int = 1, **fields: object) -> Document:
    return document(name, f"2022-09-{day:02}T10:00:00+00:00", " ".join(words), **fields)


def test_a_paragraph_taken_into_a_longer_text_is_shown_in_both() -> None:
    source, taken = prose(1, 200), prose(1, 200)[60:100]
    copy = text("copy", [*prose(2, 300), *taken, *prose(3, 300)], day=2)
    (found,) = passages([copy, text("source", source)])
    shown = copy.text[found.span.start : found.span.end]
    assert shown == " ".join(taken) == " ".join(source)[found.found.start : found.found.end]
    assert (found.document, found.source, found.words) == ("copy", "source", 40)


def test_the_later_text_is_the_copy() -> None:
    words = prose(1, 80)
    (found,) = passages([text("b", words, day=1), text("a", words, day=2)])
    assert (found.document, found.source) == ("a", "b")


def test_of_texts_of_one_day_the_longer_is_the_source() -> None:
    (found,) = passages([text("a", prose(1, 60)), text("b", prose(1, 90))])
    assert (found.document, found.source) == ("a", "b")


def test_all_copies_lead_to_the_earliest() -> None:
    found = passages([text(f"t{n}", prose(1, 80), day=n) for n in (3, 1, 2)])
    assert {(p.document, p.source) for p in found} == {("t2", "t1"), ("t3", "t1")}


def test_a_changed_word_does_not_end_a_passage() -> None:
    words = prose(1, 60)
    edited = [*words[:30], "altered", *words[31:]]
    (found,) = passages([text("a", words), text("b", edited, day=2)])
    assert found.words == 59


def test_case_and_marks_are_no_part_of_the_words() -> None:
    words = prose(1, 40)
    (found,) = passages([text("a", words), text("b", [f"{w.upper()}," for w in words], day=2)])
    assert found.words == 40


def test_a_short_phrase_is_no_copy() -> None:
    phrase = prose(9, KNOWN.least_words - 1)
    texts = [text(f"t{n}", [*prose(n, 60), *phrase, *prose(n + 50, 60)], day=n) for n in (1, 2)]
    assert passages(texts) == ()


def test_revisions_of_one_text_are_no_copies_of_one_another() -> None:
    texts = [text(f"t{n}", prose(1, 80), day=n, key="same") for n in (1, 2)]
    assert passages(texts) == ()


def test_menus_and_titles_do_not_count() -> None:
    words = prose(1, 80)
    bodies = [text("a", words), text("b", words, day=2)]
    whole = len(bodies[0].text)
    menus = [
        Document(
            id=d.id, key=d.key, text=d.text, published=d.published, parts=(Part(0, whole, "boilerplate"),)
        )
        for d in bodies
    ]
    halves = [
        Document(id=d.id, key=d.key, text=d.text, published=d.published, parts=(Part(100, whole, "body"),))
        for d in bodies
    ]
    assert [p.words for p in passages(menus)] == [80]  # a text without a body counts as a whole
    (found,) = passages(halves)
    assert found.span.start >= 100


def test_a_text_cut_and_reordered_is_a_near_duplicate_and_other_words_are_none() -> None:
    words = prose(1, 200)
    sentences = [words[n : n + 9] for n in range(0, 200, 9)]
    random.Random(1).shuffle(sentences)
    mixed = [word for sentence in sentences[:14] for word in sentence]
    texts = [text("a", words), text("b", mixed, day=2), text("c", prose(7, 200), day=2)]
    assert [pair[:2] for pair in near_duplicates(texts)] == [("a", "b")]


def test_empty_and_tiny_texts() -> None:
    empty = Document(id="e", key="e", text="", published="2022-09-01")
    tiny = [text(f"t{n}", ["one", "two"], day=2) for n in range(3)]
    assert passages([empty, *tiny]) == () == passages([])
    assert passages([empty, *tiny, text("a", prose(1, 30)), text("b", prose(1, 30), day=3)]) != ()
    assert near_duplicates([empty, *tiny]) == ()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 500), st.integers(0, 160), st.integers(KNOWN.least_words, 60), st.randoms())
def test_no_copied_run_is_missed_wherever_it_lies(seed: int, at: int, size: int, rng: random.Random) -> None:
    source = prose(seed, 240)
    taken = source[at : at + size]
    texts = [text("a", source), text("b", [*prose(seed + 1000, 50), *taken], day=2), text("c", prose(-1, 90))]
    rng.shuffle(texts)
    found = [p for p in passages(texts) if (p.document, p.source) == ("b", "a")]
    assert max(p.words for p in found) >= size


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=40), max_size=6), st.randoms())
def test_the_order_of_the_texts_makes_no_difference(bodies: list[list[str]], rng: random.Random) -> None:
    texts = [text(f"t{n}", words, day=1 + n % 3) for n, words in enumerate(bodies)]
    mixed = list(texts)
    rng.shuffle(mixed)
    assert passages(texts) == passages(mixed)
