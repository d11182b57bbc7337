"""The cheap test before a dear search: whatever a pattern matches is let through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.reading import kinds, numerals
from oskil.reading.needles import Sieve, needles
from oskil.reading.times import dates, spells

REPORTS = sorted((Path(__file__).parents[2] / "benchmarks").glob("own*/*.txt"))
PATTERNS = (
    *(rule.pattern for rule in spells._rules()),
    *(pattern for pattern, _ in dates._patterns().rules),
    *dates._patterns().masks,
    *(pattern.words for kind in kinds.kinds() for pattern in kind.patterns),
    *(getattr(numerals._words(), name) for name in ("fraction", "half", "ordinal", "run")),
)
SIEVE = Sieve(PATTERNS)
WORDS = sorted({word for pattern in PATTERNS for word in needles(pattern) or ()})


def assert_let_through(text: str) -> None:
    let = set(SIEVE.may_match(text))
    assert [k for k, p in enumerate(PATTERNS) if k not in let and p.search(text)] == []


@pytest.mark.parametrize("path", REPORTS, ids=[path.stem for path in REPORTS])
def test_what_matches_in_a_report_is_let_through(path: Path) -> None:
    for paragraph in path.read_text(encoding="utf8").split("\n\n"):
        assert_let_through(paragraph)
        assert_let_through(paragraph.lower())
        assert_let_through(paragraph.upper())


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=12).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_what_matches_in_any_text_is_let_through(text: str) -> None:
    assert_let_through(text)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"(?<!\w)(?:since|after) (?:the )?war", {"war"}),
        (r"(?:in|on)\s+(?:[0-9]+)", {"in", "on"}),
        (r"[a-z]+", None),
        (r"(?:a|)b?", None),
        (r"(?:Monday|[0-9]+)", None),
        (r"(?=never)(?<!ever)always", {"always"}),
        (r"(?:no){0,2}yes", {"yes"}),
    ],
)
def test_what_a_pattern_asks_for(pattern: str, found: set[str] | None) -> None:
    assert needles(re.compile(pattern)) == found


@pytest.mark.parametrize("word", ["ſince the war", "sİnce the war", "SINCE THE WAR", "since the war"])
def test_letters_that_match_another_one_regardless_of_case(word: str) -> None:
    sieve = Sieve([re.compile("since the war", re.I)])
    assert not re.search("since the war", word, re.I) or list(sieve.may_match(word)) == [0]
