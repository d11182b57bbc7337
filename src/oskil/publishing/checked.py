"""The verdicts of all checks, text by text; what nothing has changed for is taken from the last time.

A verdict is kept with a mark of all that is the check's own to look at (the claims of the text and the text,
the gazetteer, the data, this program) and with every question that it asked about other texts. It counts
again where the mark is the same and each of these questions has the same answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from oskil import checking
from oskil.checking.cases import cases
from oskil.checking.data import Data
from oskil.checking.joining import GROUP
from oskil.checking.others import Other, Others
from oskil.errors import LedgerBroken
from oskil.ledger.codec import canonical, decode
from oskil.places.interface import Gazetteer
from oskil.publishing import derived
from oskil.publishing.material import Read
from oskil.records import Claim, Contradiction, Verdict

NAME = "verdicts.jsonl"
Question = tuple[str, str | int]


def verdicts(
    read: Sequence[Read],
    gazetteer: Gazetteer,
    data: Data,
    pairs: Sequence[Contradiction],
    folder: Path | None = None,
) -> tuple[Verdict, ...]:
    """What the checks say of these texts, each set against the others alone; `pairs` are those of their
    claims that contradict each other. `folder` is where verdicts are kept from one time to the next.
    """
    claims = [(claim, one.stored.document) for one in read for claim in one.reading.claims]
    others = _Asked(claims, pairs)
    tools = checking.checks()

    def afresh(one: Read) -> tuple[Verdict, ...]:
        others.asked.clear()
        told = [(claim, one.stored.document) for claim in one.reading.claims]
        toponyms = one.reading.toponyms
        return checking.run(cases(told, lambda _: toponyms, gazetteer, replace(data, others=others)), tools)

    before = _before(gazetteer, data) if folder else None
    if folder is None or before is None:
        return tuple(verdict for one in read for verdict in afresh(one))
    marks = {one.stored.document.id: _mark(before, one) for one in read}
    answers = _Answers(others, marks)
    known = dict(line.split("\t", 1) for line in derived.lines_of(folder / NAME))
    found: list[Verdict] = []
    kept: list[str] = []
    for one in read:
        mark = marks[one.stored.document.id]
        line = known.get(mark, "")
        again = _again(line, one, answers) if line else None
        if again is None:
            again = afresh(one)
            line = _line(again, one, others.asked, answers)
        found += again
        kept.append(f"{mark}\t{line}")
    if kept != [f"{mark}\t{line}" for mark, line in known.items()]:
        derived.keep(folder / NAME, kept)
    return tuple(found)


class _Asked(Others):
    """The other claims, with a note of what was asked about them."""

    def __init__(self, claims: Iterable[tuple[Claim, Any]], pairs: Iterable[Contradiction]) -> None:
        super().__init__(claims, pairs)
        self.asked: dict[Question, None] = {}

    @property
    def gains(self) -> Sequence[Other]:
        self.asked["gains", ""] = None
        return super().gains

    def in_document(self, document: str) -> Sequence[Other]:
        self.asked["document", document] = None
        return super().in_document(document)

    def of_place(self, place: int) -> Sequence[Other]:
        self.asked["place", place] = None
        return super().of_place(place)

    def against(self, claim: Claim) -> Sequence[tuple[Other, str]]:
        self.asked["against", claim.id] = None
        return super().against(claim)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The answers to questions about the other claims, each as a hash of all that they hold."""

    others: _Asked
    marks: Mapping[str, str]

    def to(self, one: Read, questions: Iterable[Question]) -> str:
        """Of the text itself nothing needs to be told: its mark has it."""
        claims = {claim.id: claim for claim in one.reading.claims}
        found = hashlib.sha256()
        for question, about in questions:
            found.update(self._to(question, about, claims).encode() + b"\0")
        return found.hexdigest()

    def _to(self, question: str, about: str | int, claims: Mapping[str, Claim]) -> str:
        if question == "against":
            return "\n".join(f"{self._told(o)} {why}" for o, why in self.others.against(claims[str(about)]))
        ask: Callable[[], Iterable[Other]] = {
            "gains": lambda: self.others.gains,
            "document": lambda: self.others.in_document(str(about)),
            "place": lambda: self.others.of_place(int(about)),
        }[question]
        return "\n".join(map(self._told, ask()))

    def _told(self, other: Other) -> str:
        return f"{other.claim.id} {self.marks.get(other.claim.document) or repr(other)}"


def _before(gazetteer: Gazetteer, data: Data) -> str | None:
    """What all marks begin with: the data that checks look at, by their hashes. None where they have none, or
    where there are checks of others, which may look at anything.
    """
    sources = [gazetteer.source]
    sources += [one.sources[day] for one in data.series for day in one.days]
    sources += [one.source for one in data.losses] + [one.source for one in data.layers]
    if not all(source.sha256 for source in sources) or entry_points(group=GROUP):
        return None
    names = [one.assessor for one in data.series], [one.assessor for one in data.losses]
    layers = [(one.name, len(one)) for one in data.layers]
    days = [one.days for one in data.series]
    return repr((sources, names, days, layers, data.known_on, data.profile))


def _mark(before: str, one: Read) -> str:
    return hashlib.sha256(repr((before, one.stored.document, one.reading)).encode()).hexdigest()


def _again(line: str, one: Read, answers: _Answers) -> tuple[Verdict, ...] | None:
    """The verdicts of a line that was kept, where each question has the answer that it had."""
    try:
        told = json.loads(line)
        questions = [(str(what), about) for what, about in told["asked"]]
        if answers.to(one, questions) != told["answers"]:
            return None
        return tuple(decode(Verdict, verdict) for verdict in told["verdicts"])
    except (ValueError, TypeError, KeyError, AttributeError, LedgerBroken):
        return None


def _line(found: Sequence[Verdict], one: Read, asked: Iterable[Question], answers: _Answers) -> str:
    own = one.stored.document.id
    questions = [question for question in asked if question != ("document", own)]
    return canonical({"asked": questions, "answers": answers.to(one, questions), "verdicts": found})
