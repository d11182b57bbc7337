"""What the benchmark of origins takes for true, and what it makes."""

from __future__ import annotations

import pytest

from benchmarks import duplicates, gate, origins


def row(number: int, minute: int, source: str, role: str, **fields: object) -> origins.Row:
    given = {
        "relay_of": None,
        "wording": number,
        "certainty": "asserted",
        "place": 1,
        "kind": "took",
        "holder": "UA",
    }
    return {
        "id": number,
        "time": f"2022-04-03T00:{minute:02}",
        "source": source,
        "role": role,
        **given,
        **fields,
    }


STREAM = [
    row(0, 1, "Staff", "official"),
    row(1, 2, "Wire", "media", relay_of="Staff"),
    row(2, 3, "Portal", "media", wording=1),
    row(3, 4, "Radio", "media"),
]


def test_the_answers_are_what_the_whole_stream_shows() -> None:
    assert origins.answers(STREAM).origin == {1: "Staff", 2: "Staff"}


def test_a_hidden_copy_shows_neither_relay_nor_wording() -> None:
    claims, documents = origins.imported(STREAM, {1, 2})
    assert [claim.speaker for claim in claims] == [None] * 4
    assert len({document.text for document in documents}) == 4
    claims, documents = origins.imported(STREAM, ())
    assert claims[1].speaker == "Staff"
    assert documents[1].text == documents[2].text


def test_copies_are_made_of_every_text_and_the_pairs_name_them() -> None:
    made = duplicates.corpus()
    ids = {document.id for document in made.documents}
    assert all(pair <= ids for pair in map(set, made.copies))
    assert len(made.copies) == 5 * (len(ids) - len(made.copies))


@pytest.mark.shared
@pytest.mark.skipif(not origins.available(), reason="the shared data are not beside the checkout")
def test_the_floors_are_pinned_to_the_stream_that_is_here() -> None:
    assert gate.floors()["origins"]["sha256"] == origins.data_hash()
