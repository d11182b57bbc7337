"""What can be seen of a word and of a stretch of words, as named features: for the learned finder of names.

Two models read them. The first tells persons, bodies and places apart word by word; the second, which
also sees what the first one thinks, says of a stretch whether it is a place's name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from oskil.places.accepting import INNER
from oskil.places.candidates import demonyms, metonyms
from oskil.places.mention import Found, Searched
from oskil.places.normalise import key
from oskil.places.tokens import Token, adjacent
from oskil.places.words import words
from oskil.records import Place

CLASSES = ("other", "person", "body", "place")
_LISTS = ("first_names", "titles", "bodies", "features", "after", "facilities", "regions", "locating", "time")
_LONGEST = 4


@cache
def _groups() -> Mapping[str, str]:
    """The lists that a word stands in, as one short label."""
    found: dict[str, str] = {}
    for number, name in enumerate((*_LISTS, "ordinary", "settlements", "features_before")):
        for word in words(name):
            found[word] = found.get(word, "") + chr(97 + number)
    return found


@lru_cache(20_000)
def shape(text: str) -> str:
    """Capitals as X, small letters as x, runs folded: "Xx", "X", "Xx-Xx"."""
    out = ""
    for char in text[:12]:
        sign = "X" if char.isupper() else "x" if char.isalpha() else char
        if out[-1:] != sign:
            out += sign
    return out + ("1" if len(text) == 1 else "")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that may be a name: offsets, first and last token, and the places of its name."""

    start: int
    end: int
    first: int
    last: int
    named: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What several features of a stretch share: how the gazetteer and the rules have it, and how it stands
    in the run of capitalised words around it.
    """

    kind: str
    rule: str
    where: str
    size: int
    left: bool
    right: bool


class Clues:
    """The features of one text's words and stretches."""

    def __init__(self, it: Searched, found: Sequence[Found]) -> None:
        self.it = it
        self._found = {(f.start, f.end): f for f in found}
        self._within: dict[int, Found] = {}
        for one in found:
            for at in range(one.start, one.end):
                self._within[at] = one
        self._placed = {f.phrase for f in found if f.use == "name"}
        self._named: dict[str, tuple[Place, ...]] = {}
        self.capitals = [at for at, t in enumerate(it.tokens) if t.capital and t.text[0] < "\u0370"]
        self._groups = _groups()
        self._gaps: dict[int, str] = {}
        self._kind = {at: self._gazetteer_kind(it.tokens[at].text) for at in self.capitals}

    def named(self, name: str) -> tuple[Place, ...]:
        """The places of a name, looked up once a text."""
        if (known := self._named.get(name)) is None:
            known = self._named[name] = tuple(self.it.gazetteer.search(name))
        return known

    def _gazetteer_kind(self, name: str) -> str:
        return kind_of(self.named(name)) if len(name) > 1 else "-"

    def low(self, at: int) -> str:
        """A token in lower case; "" beyond the text."""
        return self.it.tokens[at].low if 0 <= at < len(self.it.tokens) else ""

    def gap(self, at: int) -> str:
        """The signs between a token and the next, without blanks."""
        if (known := self._gaps.get(at)) is None:
            known = self._gaps[at] = self._gap(at)
        return known

    def _gap(self, at: int) -> str:
        tokens = self.it.tokens
        if not 0 <= at < len(tokens):
            return "#"
        stop = tokens[at + 1].start if at + 1 < len(tokens) else tokens[at].end + 2
        between = self.it.text[tokens[at].end : stop]
        if between == " ":
            return ""
        signs = "".join("0" if c.isdigit() else c for c in between if not c.isspace())[:3]
        return signs + ("/" if "\n" in between else "")

    def of_word(self, at: int) -> list[str]:
        """The features of one capitalised word."""
        token = self.it.tokens[at]
        low, groups = token.low, self._groups
        before, after = self.low(at - 1), self.low(at + 1)
        left, right = self.gap(at - 1), self.gap(at)
        capital_left = at > 0 and self.it.tokens[at - 1].capital
        capital_right = at + 1 < len(self.it.tokens) and self.it.tokens[at + 1].capital
        around = f"{'X' if capital_left else 'x'}{left}_{right}{'X' if capital_right else 'x'}"
        form = shape(token.text)
        kind = self._kind[at]
        return [
            "b",
            "w=" + low,
            "s4=" + low[-4:],
            "f=" + form + around,
            "w-=" + left + before,
            "w+=" + right + after,
            f"w-w={before} {low}",
            f"ww+={low} {after}",
            f"w-w+={before}{left} {right}{after}",
            "g=" + groups.get(low, ""),
            f"g-={groups.get(before, '')}{capital_left}",
            f"g+={groups.get(after, '')}{capital_right}",
            f"k={kind}{around}",
            f"h={token.heads}{token.possessive}{low in self.it.lower}{kind[:1]}",
            f"n={low in self.it.others.surnames}{kind}",
            f"k-={self._kind.get(at - 1, '')}{left}{kind}",
            f"k+={self._kind.get(at + 1, '')}{right}{kind}",
        ]

    # --- stretches --------------------------------------------------------------------------------

    def stretches(self) -> Iterator[Stretch]:
        """Every stretch that is looked at, by its first word, the shorter first."""
        seen = set()
        for at in self.capitals:
            for one in self._from(at):
                if (one.start, one.end) not in seen:
                    seen.add((one.start, one.end))
                    yield one
        for start, end in self._found:
            if (start, end) not in seen and self.it.text[start] < "\u0370":
                yield self._rules(start, end)

    def _rules(self, start: int, end: int) -> Stretch:
        inside = [n for n, t in enumerate(self.it.tokens) if t.start < end and start < t.end]
        return Stretch(start, end, inside[0], inside[-1], self.named(self.it.text[start:end]))

    def _from(self, at: int) -> Iterator[Stretch]:
        tokens, text = self.it.tokens, self.it.text
        head = tokens[at]
        for last in range(at, min(at + _LONGEST, len(tokens))):
            if last > at and not self._goes_on(at, last):
                return
            tail = tokens[last]
            if not tail.capital:
                continue
            name = text[head.start : tail.end]
            named = self.named(name)
            if last == at:
                if named or not self._barred(head):
                    yield Stretch(head.start, tail.end, at, last, named)
            elif named or tail.low in _endings() or self._whole(at, last):
                yield Stretch(head.start, tail.end, at, last, named)
        if "-" in head.text:
            yield from self._parts(at)

    def _goes_on(self, first: int, last: int) -> bool:
        left, right = self.it.tokens[last - 1], self.it.tokens[last]
        if not (right.capital or right.low in INNER):
            return False
        if adjacent(self.it.text, left, right):
            return True
        return left.text.endswith(".") and self.it.text[left.end : right.start] == " " and last == first + 1

    def _barred(self, token: Token) -> bool:
        return token.low in words("ordinary") or (token.heads and token.low in self.it.lower)

    def _whole(self, first: int, last: int) -> bool:
        """Whether the stretch is a whole run of two or three capitalised words."""
        if last - first > 2 or not all(t.capital for t in self.it.tokens[first : last + 1]):
            return False
        return not self._beside(first - 1, first) and not self._beside(last, last + 1)

    def _beside(self, left: int, right: int) -> bool:
        tokens = self.it.tokens
        if left < 0 or right >= len(tokens):
            return False
        return (
            tokens[left].capital
            and tokens[right].capital
            and adjacent(self.it.text, tokens[left], tokens[right])
        )

    def _parts(self, at: int) -> Iterator[Stretch]:
        token = self.it.tokens[at]
        start = token.start
        for part in token.text.split("-"):
            if part[:1].isupper() and len(part) > 1:
                yield Stretch(start, start + len(part), at, at, self.named(part))
            start += len(part) + 1

    def of_stretch(
        self, one: Stretch, thought: Mapping[int, str], sure: Mapping[int, Sequence[float]]
    ) -> list[str]:
        """The features of a stretch; `thought` and `sure` are the first model's class and probabilities."""
        seen = self._seen(one)
        return [
            "b",
            *self._of_itself(one, seen, sure),
            *self._of_neighbours(one, seen),
            *self._of_text(one, seen, thought),
        ]

    def _seen(self, one: Stretch) -> _Seen:
        whole = (self.it.tokens[one.first].start, self.it.tokens[one.last].end) == (one.start, one.end)
        left = self._beside(one.first - 1, one.first)
        right = self._beside(one.last, one.last + 1)
        size = one.last - one.first + 1
        where = f"{'X' if left else ''}_{'X' if right else ''}{size}{'w' if whole else 'p'}"
        return _Seen(kind_of(one.named), self.rule(one), where, size, left, right)

    def _of_itself(self, one: Stretch, seen: _Seen, sure: Mapping[int, Sequence[float]]) -> list[str]:
        kind, rule, where, size = seen.kind, seen.rule, seen.where, seen.size
        inside = range(one.first, one.last + 1)
        low = self.it.text[one.start : one.end].lower()
        head, tail = self.low(one.first), self.low(one.last)
        probabilities = [sure.get(at, _NONE) for at in inside]
        place = _bin(min(p[3] for p in probabilities))
        person = _bin(max(p[1] for p in probabilities))
        body = _bin(max(p[2] for p in probabilities))
        lists = ".".join(self._groups.get(self.low(at), "") for at in inside)
        return [
            f"rule,where={rule}{where}",
            f"kind,where={kind}{where}",
            f"rule,kind,place={kind}{rule}{place}",
            f"all,kind={place}{person}{body}{kind}",
            f"rule,all={rule}{place}{person}{body}",
            f"form={_form(key(low))}{where}",
            f"w={low}",
            f"head={head}{size}",
            f"tail={tail}{size}",
            f"tail,kind={tail}{kind[:1]}{size > 1}",
            f"suffix={low[-4:]}{kind[:1]}",
            f"groups={lists}{kind}",
        ]

    def _of_neighbours(self, one: Stretch, seen: _Seen) -> list[str]:
        rule, where, short = seen.rule, seen.where, seen.kind[:1]
        before, after = self.low(one.first - 1), self.low(one.last + 1)
        left, right = self.gap(one.first - 1), self.gap(one.last)
        ending = self._run_end(one.last)
        return [
            f"w-={left}{before}",
            f"w+={right}{after}",
            f"w-,rule={left}{before}{rule}",
            f"w+,rule={right}{after}{rule}",
            f"w+,kind={right}{after}{short}",
            f"around={left}{self._groups.get(before, '')}_{right}{self._groups.get(after, '')}",
            f"signs={left}_{right}{where}",
            f"end={ending}",
            f"end,where={ending}{where}",
            f"end,kind={ending}{short}{rule[:1]}",
            f"open={self._run_start(one.first)}{short}",
            f"k+={self._kind.get(one.last + 1, '')}{right}{short}",
            f"k-={self._kind.get(one.first - 1, '')}{left}{short}",
        ]

    def _of_text(self, one: Stretch, seen: _Seen, thought: Mapping[int, str]) -> list[str]:
        it, rule, short = self.it, seen.rule, seen.kind[:1]
        head, tail = it.tokens[one.first], it.tokens[one.last]
        text = it.text[one.start : one.end]
        surnames = it.others.surnames
        return [
            f"next={thought.get(one.last + 1, '')}{seen.right}{self.gap(one.last)}{short}",
            f"previous={thought.get(one.first - 1, '')}{seen.left}{self.gap(one.first - 1)}{short}",
            f"again={text in self._placed}{rule}",
            f"heads={head.heads}{head.low in it.lower}{text.isupper()}{short}",
            f"surname={head.low in surnames}{tail.low in surnames}{short}",
            f"covered={it.others.cover(one.start, one.end)}{seen.kind}{rule[:1]}",
            f"own={tail.possessive}{short}{rule}",
        ]

    def rule(self, one: Stretch) -> str:
        """What the rules make of a stretch: its use, "<" inside a name of theirs, ">" across one, or "-"."""
        if mine := self._found.get((one.start, one.end)):
            return mine.use
        within = self._within.get(one.start) or self._within.get(one.end - 1)
        if within is None:
            return "-"
        return "<" if within.start <= one.start and one.end <= within.end else ">"

    def _run_end(self, last: int) -> str:
        """The last word of the capitalised run that the stretch stands in, where it goes on."""
        at = last
        while self._beside(at, at + 1) and at - last < 6:
            at += 1
        return self.low(at) if at > last else ""

    def _run_start(self, first: int) -> str:
        """The word that a longer name opens with, across "of": "University of Michigan"."""
        at = first - 1
        if self.low(at) == "of" and at > 0 and self.it.tokens[at - 1].capital:
            return self.low(at - 1) + " of"
        return self.low(at) if self._beside(at, first) else ""


@cache
def _endings() -> frozenset[str]:
    """Words that a name of several may end in."""
    return words("features", "regions") | {"county", "parish", "city", "township", "area"}


_NONE = (1.0, 0.0, 0.0, 0.0)


def kind_of(named: Sequence[Place]) -> str:
    """What a name is in the gazetteer: "c" country, "r" region, or the size of its biggest settlement."""
    if not named:
        return "-"
    for place in named:
        if place.kind != "settlement":
            return place.kind[0]
    return f"s{int(math.log10(max(named[0].population, 1)) * 1.5)}"


def _form(name: str) -> str:
    return ("d" if name in demonyms() else "") + ("m" if name in metonyms() else "")


def _bin(probability: float) -> str:
    return str(min(5, int(probability * 6)))
