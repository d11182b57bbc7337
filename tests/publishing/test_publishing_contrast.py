"""The colours of the stylesheet can be told from what they stand on, in both themes (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = (files("oskil.publishing") / "static" / "css" / "oskil.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
)
WORDS = [
    "ink",
    "muted",
    "link",
    "good",
    "warn",
    "bad",
    "gone",
    "come",
    "other",
    "none",
    *(f"party-{n}" for n in range(6)),
]
GROUNDS = ["paper", "raised", "field"]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_on_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(theme: dict[str, str]) -> None:
    found = {(w, g): round(contrast(theme[w], theme[g]), 2) for w in WORDS for g in GROUNDS}
    found["draft-ink", "draft-back"] = contrast(theme["draft-ink"], theme["draft-back"])
    assert {pair: value for pair, value in found.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_parties_differ_in_colour(theme: dict[str, str]) -> None:
    assert len({theme[f"party-{n}"] for n in range(6)}) == 6


def test_both_themes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()
