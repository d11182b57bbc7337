"""What is inferred: letters decode to the probabilities, and nothing that is held back moves them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from publishing_handmade import DAY, PROFILE, FakeLedger
from publishing_weighing import basis, ledger_of, pieces, told

from oskil.publishing import safety, weighed
from oskil.publishing.weighed import beliefs

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CALM = [told(("AR", "AR", 1), ("BO", "BO", 5), day=DAY + dt.timedelta(days=n)) for n in range(40)]
TURNED = told(("BO", "BO", 1), ("AR", "BO", 1), day=DAY + dt.timedelta(days=39), outlet="Northern Wire")


def unfolded(made: dict[str, Any], which: str, rows: int) -> list[str]:
    """The line of each day, as a page puts them together from the months."""
    found: list[str] = []
    for name in sorted(name for name in made if name.startswith("belief-")):
        line = list(made[name][which]["base"])
        assert len(line) == rows + 1
        found.append("".join(line[:rows]))
        for changes in made[name][which]["changes"]:
            for row, letter in zip(changes[::2], changes[1::2], strict=True):
                assert line[row] != letter
                line[row] = letter
            found.append("".join(line[:rows]))
        assert len(made[name][which]["changes"]) == made[name]["days"] - 1
    return found


@pytest.mark.parametrize("which", ["then", "hindsight"])
def test_letters_decode_to_the_probabilities_of_every_day(which: str) -> None:
    made = basis(ledger_of(*CALM, TURNED))
    found = weighed.weigh(made)
    assert found.inferred is not None
    known = found.inferred.beliefs
    lines = unfolded(weighed.pieces(made, found), which, len(made.layout.rows))
    assert len(lines) == known.days == made.layout.days == 40
    for day, line in enumerate(lines):
        for place, row in made.layout.rows.items():
            chances = known.of(place, which == "hindsight")[day]
            letter = line[row]
            if letter == "_":
                assert chances.max() < 0.5
                continue
            number = ALPHABET.index(letter)
            assert number // 4 == int(chances.argmax())
            low, high = [(0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 1.01)][number % 4]
            assert low <= chances.max() < high
    core = weighed.core_beliefs(made, found)
    assert core is not None
    assert core["now"] == unfolded(weighed.pieces(made, found), "hindsight", len(made.layout.rows))[-1] + "_"
    assert core["statuses"] == ["AR", "BO", "contested"]
    assert (core["first"], core["days"]) == (0, 40)


def test_letters_by_hand() -> None:
    course = np.array(
        [[[0.49, 0.49, 0.02], [0.69, 0.3, 0.01], [0.0, 0.09, 0.91], [0.03, 0.97, 0.0]]], np.float32
    )
    assert [beliefs.LETTERS[n] for n in beliefs.codes(course)[0]] == ["_", "A", "K", "H"]


def test_courses_are_told_where_they_move() -> None:
    made = basis(ledger_of(*CALM, TURNED))
    found = weighed.weigh(made)
    courses = weighed.courses(made, found)
    assert found.inferred is not None
    for which in ("then", "hindsight"):
        exact = found.inferred.beliefs.of(1, which == "hindsight")
        runs = courses[1][which]
        assert runs[0][0] == 0
        assert 1 < len(runs) < 40 or which == "hindsight"
        for day in range(40):
            told_then = [chances for first, chances in runs if first <= day][-1]
            assert np.abs(np.array(told_then) - exact[day]).max() <= beliefs.MOVED + 0.006


def test_a_document_that_is_held_back_changes_nothing() -> None:
    """A delay of two days holds the last day's word back; what is weighed is as if it were not there."""
    now = dt.datetime(2022, 10, 18, 12, tzinfo=dt.UTC)
    delayed = safety.Safety(delay_hours=48)
    young = told(
        ("BO", "BO", 1), ("AR", "BO", 1), ("BO", "BO", 4), day=dt.date(2022, 10, 17), outlet="Fresh News"
    )
    with_it = pieces(ledger_of(*CALM[:39], young), options=delayed, now=now)
    without = pieces(ledger_of(*CALM[:39]), options=delayed, now=now)
    assert with_it == without
    assert "Fresh News" in str(pieces(ledger_of(*CALM[:39], young), now=now))


def test_without_words_on_control_nothing_is_inferred() -> None:
    made = basis(FakeLedger())
    found = weighed.weigh(made)
    assert found.inferred is None
    assert weighed.pieces(made, found) == {}
    assert weighed.core_beliefs(made, found) is None
    assert weighed.courses(made, found) == {}
    has = weighed.has({})
    assert has["beliefs"] == has["drawn"] == has["layers"] == []
    assert not any(has[name] for name in ("said", "cells", "sources", "forecasts", "losses"))


def test_a_conflict_of_many_parties_has_letters_for_thirteen() -> None:
    course = np.zeros((1, 2, 14), np.float32)
    course[0, 0, 12] = course[0, 1, 13] = 1.0
    assert [beliefs.LETTERS[n] for n in beliefs.codes(course)[0]] == ["z", "_"]


def test_no_line_of_letters_is_taken_for_a_name() -> None:
    """A private person named Ada may not keep a page from being published."""
    made = basis(ledger_of(*CALM), options=safety.Safety(withhold=("Ada", "Abel Gad")))
    for line in ("ADA_", "_ADA_", "__ABEL_GAD_", "ABELGAD_"):
        assert made.redactor.leaks(f'"{line}"') == []
    assert made.redactor.leaks('".ADA."') == ["ADA"]
    assert PROFILE.parties
