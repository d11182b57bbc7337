"""One line of time: first publication, repeats, edits, and what was taken out."""

from __future__ import annotations

import datetime as dt

from weighing_making import claim, document, traced

from oskil.records import Claim, Document
from oskil.weighing.origins.timeline import Amended, Revision, timeline

SEEN = dt.datetime(2022, 9, 20, 8, tzinfo=dt.UTC)


def line(said: list[Claim], states: list[Document]) -> list[tuple[str, str, str, bool]]:
    (proposition,) = traced(said, states)
    revisions = [Revision(text, SEEN + dt.timedelta(hours=n)) for n, text in enumerate(states)]
    return [(e.at, e.what, e.outlet, e.seen) for e in timeline(proposition, said, revisions)]


def test_the_first_publication_is_the_earliest_whatever_was_recorded_first() -> None:
    later, first = document("B", "2022-09-08T12:00:00+00:00"), document("A", "2022-09-08T10:00:00+02:00")
    assert line([claim(later), claim(first)], [later, first]) == [
        ("2022-09-08T10:00:00+02:00", "first published", "A", False),
        ("2022-09-08T12:00:00+00:00", "published", "B", False),
    ]


def test_an_edit_happens_when_it_was_seen_unless_the_text_says_when() -> None:
    old = document("A", id="A1", text="Norland holds Brod.")
    seen = document("A", id="A2", text="Norland holds all of Brod.")
    dated = document("A", "2022-09-09T07:00:00+00:00", id="A3", text="Norland holds most of Brod.")
    assert line([claim(t) for t in (old, seen, dated)], [old, seen, dated])[1:] == [
        ("2022-09-09T07:00:00+00:00", "reworded in an edit", "A", False),
        ("2022-09-20T09:00:00+00:00", "reworded in an edit", "A", True),
    ]


def test_what_was_taken_out_and_what_was_added_are_told() -> None:
    texts = [document("A", id=f"A{n}", text=f"State {n}.") for n in range(3)]
    said = [claim(texts[0]), claim(texts[2])]
    assert [what for _, what, _, _ in line(said, texts)] == [
        "first published",
        "taken out",
        "added in an edit",
    ]


def test_an_edit_that_leaves_the_claim_alone_is_no_event() -> None:
    texts = [document("A", id=f"A{n}", text=f"Norland holds Brod. Note {n}.") for n in range(2)]
    said = [claim(text, "Norland holds Brod") for text in texts]
    assert len(line(said, texts)) == 1


def test_corrections_and_withdrawals_stand_on_the_same_line() -> None:
    first, other = document("A"), document("B", "2022-09-09")
    said = [claim(first), claim(other)]
    (proposition,) = traced(said, [first, other])
    revisions = [Revision(text, SEEN) for text in (first, other)]
    amended = [
        Amended(said[1].id, "withdrawn", "a misreading (desk)", SEEN + dt.timedelta(days=1)),
        Amended("A", "corrected", "the day was wrong (desk)", SEEN + dt.timedelta(days=2)),
        Amended("of another text", "withdrawn", "", SEEN),
    ]
    found = timeline(proposition, said, revisions, amendments=amended)[2:]
    assert [(e.what, e.outlet, e.note) for e in found] == [
        ("withdrawn", "B", "a misreading (desk)"),
        ("corrected", "A", "the day was wrong (desk)"),
    ]


def test_texts_without_a_day_come_last() -> None:
    undated, dated = document("A", ""), document("B", "2022-09-08")
    assert [what for _, what, _, _ in line([claim(undated), claim(dated)], [undated, dated])] == [
        "first published",
        "published",
    ]
