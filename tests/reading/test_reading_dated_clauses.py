"""Which clause of a sentence a day belongs to."""

from __future__ import annotations

import pytest
from reading_claims import by_words

TODAY = "2025-03-17"


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        # a fact about a name has its own day
        (
            "The mill at Tawila, which was captured on 3 March, was shelled again.",
            "The mill at Tawila, which was captured on 3 March, was shelled again",
            TODAY,
        ),
        (
            "The mill at Tawila, which was captured on 3 March, was shelled again.",
            "which was captured on 3 March",
            "2025-03-03",
        ),
        # what came so long before, and what came after it
        (
            "Nine days after rebels drove the garrison out of Tawila, shops were shut.",
            "rebels drove the garrison out of Tawila",
            "2025-03-08",
        ),
        (
            "The bridge was shelled after troops withdrew from Tawila on 3 March.",
            "troops withdrew from Tawila on 3 March",
            "2025-03-03",
        ),
    ],
)
def test_a_day_belongs_to_its_clause(text: str, words: str, day: str) -> None:
    claims = by_words(text)
    assert words in claims, list(claims)
    time = claims[words].time
    assert time is not None and time.last is not None and time.last.isoformat() == day


def test_a_clause_about_a_name_dates_nothing_that_follows() -> None:
    claims = by_words("Tawila, which fell on 3 March, lies in ruins. Four nurses were wounded by a mine.")
    time = claims["Four nurses were wounded by a mine"].time
    assert time is not None and time.first is not None and time.first.isoformat() == TODAY


def test_the_same_day_is_counted_from_far_above() -> None:
    filler = "The depot was built by a cooperative of farmers that has since been dissolved. " * 9
    claims = by_words(
        f"On 3 March drones struck the depot near Tawila. {filler}\n\nOn the same day mines sank a ferry."
    )
    time = next(c.time for words, c in claims.items() if "ferry" in words)
    assert time is not None and time.first is not None and time.first.isoformat() == "2025-03-03"
