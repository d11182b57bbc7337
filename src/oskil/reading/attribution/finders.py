"""What finds the attributions of a sentence: the rules alone, or the rules and a tagger's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from oskil.reading.attribution import Said, attributions
from oskil.records import Span


class Finder(Protocol):
    """Finds who is said to have said what in one text."""

    def attributions(self, text: str, sentence: Span, quotes: Sequence[Span]) -> list[Said]:
        """The attributions of one sentence, in the order of their cues."""

    def source_before(self, sentence: Span) -> Span | None:
        """The source whose words a sentence without a cue goes on with, where the finder knows of one."""


class RuleFinder:
    """The rules alone."""

    def attributions(self, text: str, sentence: Span, quotes: Sequence[Span]) -> list[Said]:
        return attributions(text, sentence, quotes)

    def source_before(self, sentence: Span) -> Span | None:
        return None
