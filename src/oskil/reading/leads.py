"""Sentences in the outlet's own voice that claim nothing: what is not checked, heads, who replies next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from oskil.errors import ProfileError
from oskil.reading.grammar import has_finite
from oskil.reading.kinds import Clause, scores
from oskil.reading.lexicon import HERE, read_yaml
from oskil.reading.text import tokens
from oskil.records import Span

LONGEST = 160  # characters; a longer sentence has something else to say
EVENTS = ("control", "displacement", "fighting", "harm", "losses", "movement", "strike")
FILE = HERE / "data" / "leads.yaml"


@lru_cache
def patterns() -> Mapping[str, Sequence[re.Pattern[str]]]:
    """The lists of `data/leads.yaml`. Raises ProfileError with the file where one is wrong."""
    try:
        return {name: tuple(re.compile(p, re.I) for p in listed) for name, listed in read_yaml(FILE).items()}
    except (AttributeError, TypeError, re.error) as error:
        raise ProfileError(f"not a list of patterns: {error}", str(FILE)) from error


def claims_nothing(text: str, sentence: Span) -> bool:
    """Whether a sentence of the outlet's own asks something or only leads on."""
    if text[sentence.start : sentence.end].endswith("?"):
        return True
    said = _plain(text, sentence)
    if said is None:
        return False
    found = {name for name, listed in patterns().items() if any(p.fullmatch(said) for p in listed)}
    return bool(found - {"heads"}) or ("heads" in found and not _tells(text, sentence))


def unchecked(text: str, sentence: Span) -> bool:
    """Whether a sentence says that its outlet could not check what it reports, and nothing else."""
    said = _plain(text, sentence)
    return said is not None and any(p.fullmatch(said) for p in patterns()["unverified"])


def _tells(text: str, sentence: Span) -> bool:
    """Whether a sentence has a verb, or words for an event ("Shelling of the port, 3 May 2023")."""
    found = scores(Clause(text[sentence.start : sentence.end], attributed=False))
    return has_finite(tokens(text, sentence)) or any(found[kind] > 0 for kind in EVENTS)


def replying(text: str, sentence: Span) -> Span | None:
    """Who is about to speak: "A historian in London" in "A historian in London disagreed" or "would not say
    whether ...".
    """
    said = _plain(text, sentence) or ""
    found = [p.fullmatch(said) for p in patterns()["replies"]] + [p.match(said) for p in patterns()["silent"]]
    match = next((m for m in found if m), None)
    if match is None:
        return None
    return Span(sentence.start + match.start("subject"), sentence.start + match.end("subject"))


def _plain(text: str, sentence: Span) -> str | None:
    """The sentence without its last marks, character for character; None where it is too long to be one."""
    said = text[sentence.start : sentence.end].rstrip(" .:;,–—-").replace("\n", " ")
    return said if len(said) <= LONGEST else None
