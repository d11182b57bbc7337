from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.places import cues
from oskil.places.relations import StatedRelation, between_relations, stated_relations
from oskil.records import Toponym

NAMES = ("Aford", "Bstadt", "Cville", "Dham")


def toponyms(text: str) -> tuple[Toponym, ...]:
    found = sorted(m.span() for name in NAMES for m in re.finditer(name, text))
    return tuple(
        Toponym(start=s, end=e, phrase=text[s:e], relation=cues.relation(text, s, e) or "at")
        for s, e in found
    )


def said(text: str) -> list[tuple[str | None, str, int | None, str | None, str]]:
    names = toponyms(text)
    return [
        (
            None if r.subject is None else names[r.subject].phrase,
            names[r.object].phrase,
            None if r.km is None else round(r.km),
            r.direction,
            r.comparator,
        )
        for r in stated_relations(text, names)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aford, a town 40 kilometers northeast of Bstadt, fell.",
            [("Aford", "Bstadt", 40, "northeast", "")],
        ),
        ("the village of Aford, about 12 km from Bstadt.", [("Aford", "Bstadt", 12, None, "about")]),
        ("Aford lies ten miles south of Bstadt.", [("Aford", "Bstadt", 16, "south", "")]),
        ("Aford is less than 5 km west of Bstadt", [("Aford", "Bstadt", 5, "west", "less than")]),
        ("Aford (north-west of the town of Bstadt)", [("Aford", "Bstadt", None, "northwest", "")]),
        ("Aford, some 1,200 kilometres (745 miles) from Bstadt", [("Aford", "Bstadt", 1200, None, "some")]),
        ("They hit a depot 20 km east of Bstadt.", [(None, "Bstadt", 20, "east", "")]),
        (
            "fought north of Aford near Bstadt, Cville and Dham",
            [(n, "Aford", None, "north", "") for n in ("Bstadt", "Cville", "Dham")],
        ),
        (
            "seized Bstadt and Cville (both southeast of Aford)",
            [(n, "Aford", None, "southeast", "") for n in ("Cville", "Bstadt")],
        ),
        (
            "south of Aford, west of Bstadt",
            [(None, "Aford", None, "south", ""), (None, "Bstadt", None, "west", "")],
        ),
        ("Aford and Bstadt are cities.", []),
        ("He left Aford. North of it is Bstadt.", []),
        ("Aford, where shells fell 3 km from Bstadt", [(None, "Bstadt", 3, None, "")]),
    ],
)
def test_what_a_text_states(text: str, expected: list[object]) -> None:
    assert said(text) == expected


def test_a_list_ends_where_another_direction_begins() -> None:
    text = "east of Aford near Bstadt and south of Cville near Dham"
    assert said(text) == [
        ("Bstadt", "Aford", None, "east", ""),
        ("Dham", "Cville", None, "south", ""),
    ]


def test_demonyms_and_metonyms_lie_nowhere() -> None:
    text = "12 km from Aford"
    names = (Toponym(start=11, end=16, phrase="Aford", relation="metonym"),)
    assert stated_relations(text, names) == ()


@given(
    st.lists(
        st.sampled_from([*NAMES, "20 km", "north", "of", "from", ",", "(", "near", "and", ". "]), max_size=25
    )
)
def test_every_relation_points_into_its_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    names = toponyms(text)
    for relation in stated_relations(text, names):
        assert isinstance(relation, StatedRelation)
        assert 0 <= relation.start < relation.end <= len(text)
        assert names[relation.object].end == relation.end
        assert relation.subject != relation.object
        assert relation.km is not None or relation.direction is not None


# --- between two others -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aford, between Bstadt and Cville, burned", [("Aford", "Bstadt", "Cville")]),
        ("Aford, a village midway between the towns of Bstadt and Cville", [("Aford", "Bstadt", "Cville")]),
        ("Aford lies half-way between Bstadt and Cville", [("Aford", "Bstadt", "Cville")]),
        ("Aford, on the road from Bstadt to Cville", [("Aford", "Bstadt", "Cville")]),
        ("Aford, along the main highway from Bstadt to Cville", [("Aford", "Bstadt", "Cville")]),
        ("Aford. Fighting between Bstadt and Cville went on", []),
        ("Aford and the talks between Bstadt and Cville", []),
        ("Aford, from Bstadt to Cville", []),
        ("Aford, between Bstadt and the rest of Cville", []),
        ("between Bstadt and Cville", []),
    ],
)
def test_a_name_between_two_others(text: str, expected: list[tuple[str, str, str]]) -> None:
    names = toponyms(text)
    found = between_relations(text, names)
    assert [
        (names[r.subject or 0].phrase, names[r.object].phrase, names[r.other or 0].phrase) for r in found
    ] == expected
    assert all(text[r.start : r.end].endswith("Cville") and r.km is None for r in found)


@given(
    st.lists(st.sampled_from([*NAMES, "between", "road", "on", "the", "from", "to", "and", ","]), max_size=25)
)
def test_what_lies_between_lies_before_both(pieces: list[str]) -> None:
    text = " ".join(pieces)
    names = toponyms(text)
    for r in between_relations(text, names):
        assert r.subject is not None and r.other == r.object + 1 and r.subject < r.object
        assert names[r.other].end == r.end
