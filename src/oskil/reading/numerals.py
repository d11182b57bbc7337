"""Numbers in running text, in digits and in words: where they stand and what they come to.

This knows nothing of units. "Hundreds of thousands" and "several dozen" are no numbers here, because a
scale counts only with a figure before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from oskil.reading.lexicon import HERE, read_yaml
from oskil.reading.needles import Sieve
from oskil.records import Span

Form = Literal["digits", "words", "ordinal", "fraction"]
GAP = r"[ \t\u00a0\u2009\u202f]"
SPACES = rf"(?:{GAP}{{1,3}}\n?{GAP}{{0,3}}|\n{GAP}{{0,3}})"

# Not after a letter, a designation's hyphen ("FP-5"), a path, a time or another figure's point.
DIGITS = re.compile(
    r"(?<![\w/:#@\\])(?<![^\W\d_][-‑])(?<!\d[.,])"
    rf"(?:[0-9]{{1,3}}(?:(?:,[0-9]{{3}})+|(?:{GAP}[0-9]{{3}})+)(?![0-9])|[0-9]{{1,15}})"
    r"(?:\.[0-9]{1,6}|,[0-9]{1,2})?(?![0-9]|[.,:/][0-9])"
)
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‑": "-"})


class Taken:
    """Stretches of a text that are spoken for; they do not overlap. A question takes logarithmic time."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def free(self, start: int, end: int) -> bool:
        """Whether text[start:end] touches none of them."""
        at = bisect_right(self._starts, start)
        before = at == 0 or self._ends[at - 1] <= start
        return before and (at == len(self._starts) or self._starts[at] >= end)

    def add(self, start: int, end: int) -> None:
        """Takes a stretch that is free."""
        at = bisect_right(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)

    def add_all(self, spans: Iterable[Span]) -> None:
        """Takes those of the stretches that are free."""
        for span in spans:
            if self.free(span.start, span.end):
                self.add(span.start, span.end)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at text[start:end]. A fraction's value is a share in percent.

    `coefficient` is the figure before its scale ("2" of "2 million") and `scale` that scale, 1 where
    there is none. `grouped` says that the digits have thousands marks.
    """

    start: int
    end: int
    value: float
    form: Form
    coefficient: float
    scale: float = 1.0
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    sizes: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    ordinals: Mapping[str, int]
    denominators: Mapping[str, int]
    fraction_words: Mapping[str, float]
    run: re.Pattern[str]
    scale: re.Pattern[str]
    ordinal: re.Pattern[str]
    fraction: re.Pattern[str]
    half: re.Pattern[str]
    and_a_half: re.Pattern[str]


def _forms(table: Mapping[Any, str]) -> dict[str, Any]:
    return {form: value for value, forms in table.items() for form in str(forms).split("|")}


def alternation(words: Any) -> str:
    """The words as one regular expression, longest first; apostrophes of either kind, any white space."""
    parts = [re.escape(w).replace("'", "['’ʼ]").replace(r"\ ", r"\s+") for w in words]
    return "|".join(sorted(parts, key=len, reverse=True))


@lru_cache
def _words() -> _Words:
    data = read_yaml(HERE / "data" / "numerals.yaml")
    sizes = _forms(data["small"]) | _forms(data["tens"]) | _forms(data["hundreds"])
    scales, ordinals = _forms(data["scales"]), _forms(data["ordinals"])
    denominators, fraction_words = _forms(data["fractions"]), _forms(data["fraction_words"])
    size, scale, article = alternation(sizes), alternation(scales), data["articles"]
    step = rf"(?:{SPACES}|[-‑])"
    tens, digits = alternation(_forms(data["tens"])), alternation(_forms(data["small"]))
    # "One-fifth", "two thirds"; "a third" and "half" only of something, for "a third tanker" is a rank.
    part = alternation(denominators)
    not_shares = data["not_shares"]
    return _Words(
        sizes,
        scales,
        data["suffixes"],
        ordinals,
        denominators,
        fraction_words,
        run=re.compile(
            rf"(?<![\w-])(?:(?:{article}){SPACES}(?={scale})(?:{scale})|(?:{size}))"
            rf"(?:{step}(?:and{SPACES})?(?:{size}|{scale}))*(?![\w])",
            re.I,
        ),
        scale=re.compile(rf"(?:{GAP}|-)?(?P<word>{scale})(?!\w)(?:\.(?={GAP}?[a-zа-яіїєґ]))?", re.I),
        ordinal=re.compile(
            rf"(?<![\w-])(?:(?P<tens>{tens})-)?(?P<word>{alternation(ordinals)})(?![\w])"
            r"|(?<![\w.,-])(?P<digits>[0-9]{1,4})(?:st|nd|rd|th)(?!\w)",
            re.I,
        ),
        fraction=re.compile(
            rf"(?<![\w-])(?:(?P<count>{digits})(?:{SPACES}|-)(?P<part>{part})(?!\w|-\w)"
            rf"|(?P<some>{digits}){SPACES}(?:in|out{SPACES}of){SPACES}(?:every{SPACES})?(?P<all>{digits}|{tens})"
            rf"(?={SPACES}(?!(?:{not_shares})\b)[^\W\d_])"
            rf"|an?{SPACES}(?P<single>{part})(?={SPACES}of\b)"
            rf"|(?P<half>half)(?={SPACES}(?:of|the|its|their|his|her|our|all|those|these)\b)"
            rf"|(?P<word>{alternation(fraction_words)})(?={SPACES}[^\W\d_]))",
            re.I,
        ),
        half=re.compile(rf"(?<![\w-])half{SPACES}an?(?:{SPACES}(?P<scale>{scale}))?(?!\w)", re.I),
        and_a_half=re.compile(
            rf"{SPACES}and{SPACES}a{SPACES}half(?:{SPACES}(?P<scale>{scale}))?(?!\w)", re.I
        ),
    )


def numerals(text: str, start: int, end: int) -> list[Numeral]:
    """All numbers that lie in text[start:end], in order and apart from one another."""
    found: list[Numeral] = []
    taken = Taken()
    finders = (_finders()[k] for k in _sieve().may_match(text[start:end]))
    for numeral in (n for find in finders for n in find(text, start, end)):
        if taken.free(numeral.start, numeral.end):
            taken.add(numeral.start, numeral.end)
            found.append(numeral)
    return sorted(found, key=lambda n: n.start)


@lru_cache
def _sieve() -> Sieve:
    words = _words()
    return Sieve((words.fraction, words.half, words.ordinal, DIGITS, words.run))


def _finders() -> tuple[Callable[[str, int, int], Iterator[Numeral]], ...]:
    """In the order of the sieve's patterns: of numbers that overlap, the first found counts."""
    return _fractions, _halves, _ordinals, _figures, _runs


def _figures(text: str, start: int, end: int) -> Iterator[Numeral]:
    words = _words()
    for match in DIGITS.finditer(text, start, end):
        raw = re.sub(GAP, "", match.group())
        grouped = bool(re.search(r",[0-9]{3}(?![0-9])", raw)) or raw != match.group()
        number = re.sub(r",(?=[0-9]{3})", "", raw).replace(",", ".")
        yield _scaled(text, match.start(), match.end(), end, float(number), words, grouped)


def _scaled(
    text: str, start: int, stop: int, end: int, value: float, words: _Words, grouped: bool
) -> Numeral:
    scale = words.scale.match(text, stop, end)
    if scale is None:
        return Numeral(start, stop, value, "digits", value, grouped=grouped)
    factor = words.scales[_plain(scale["word"])]
    return Numeral(start, scale.end(), _times(value, factor), "digits", value, factor, grouped)


def _times(value: float, factor: float) -> float:
    # Through decimals, so that 44.7 billion is a whole number.
    return round(value * factor, 6)


def _plain(word: str) -> str:
    return word.lower().translate(APOSTROPHES)


def _runs(text: str, start: int, end: int) -> Iterator[Numeral]:
    words = _words()
    for match in words.run.finditer(text, start, end):
        pieces = list(re.finditer(r"[^\s-]+", match.group().translate(APOSTROPHES)))
        index = 0
        while index < len(pieces):
            stop, value, scale = _longest(pieces, index, words)
            if stop == index:
                index += 1
                continue
            at, until = match.start() + pieces[index].start(), match.start() + pieces[stop - 1].end()
            yield _with_half(text, at, until, end, value, scale, words)
            index = stop


def _with_half(
    text: str, at: int, until: int, end: int, value: float, scale: float, words: _Words
) -> Numeral:
    half = words.and_a_half.match(text, until, end)
    if half is None or scale != 1:
        return Numeral(at, until, value, "words", value / scale, scale)
    scale = words.scales[_plain(half["scale"])] if half["scale"] else 1
    return Numeral(at, half.end(), (value + 0.5) * scale, "words", value + 0.5, scale)


def _longest(pieces: list[re.Match[str]], index: int, words: _Words) -> tuple[int, float, float]:
    """The longest number that begins at a word: where it stops, its value, its last scale."""
    total, part, room, top, scale = 0.0, 0.0, 1000, float("inf"), 1.0
    stop = at = index
    while at < len(pieces):
        word = _plain(pieces[at].group())
        if word in ("a", "an") and at == index:
            part = 1.0
        elif word == "and" and stop > index and (room == 100 or (room == 1000 and total)):
            pass
        elif (size := words.sizes.get(word)) is not None and (
            size < room if size < 10 else _fits(size, room)
        ):
            part += size
            room = 1 if size < 20 else 10 if size < 100 else 100
            stop = at + 1
        elif (by := words.scales.get(word)) is not None and part and by < top:
            if by <= 100:
                part, room = part * by, 100
            else:
                total, part, room, top = total + part * by, 0.0, 1000, by
            stop, scale = at + 1, float(by)
        else:
            break
        at += 1
    value = total + part
    return stop, value, scale if scale > 100 and not part else 1.0


def _fits(size: int, room: int) -> bool:
    return room >= (100 if size < 100 else 1000)


def _ordinals(text: str, start: int, end: int) -> Iterator[Numeral]:
    words = _words()
    for match in words.ordinal.finditer(text, start, end):
        if match["digits"]:
            value = int(match["digits"])
        else:
            tens = words.sizes[match["tens"].lower()] if match["tens"] else 0
            value = tens + words.ordinals[match["word"].lower()]
        yield Numeral(match.start(), match.end(), float(value), "ordinal", float(value))


def _fractions(text: str, start: int, end: int) -> Iterator[Numeral]:
    words = _words()
    for match in words.fraction.finditer(text, start, end):
        if re.search(
            r"\b(?:first|second|other|last|latter)\s$", text[max(0, match.start() - 8) : match.start()], re.I
        ):
            continue
        if match["word"]:
            share = float(words.fraction_words[_plain(match["word"])])
        elif match["half"]:
            share = 50.0
        elif match["some"]:
            share = 100 * words.sizes[_plain(match["some"])] / (words.sizes[_plain(match["all"])] or 1)
        else:
            count = words.sizes[_plain(match["count"])] if match["count"] else 1
            share = 100 * count / words.denominators[(match["part"] or match["single"]).lower()]
        if not 0 < share <= 100:
            continue
        yield Numeral(match.start(), match.end(), round(share, 4), "fraction", round(share, 4))


def _halves(text: str, start: int, end: int) -> Iterator[Numeral]:
    words = _words()
    for match in words.half.finditer(text, start, end):
        # "Half a million"; "half an hour" is for who knows units to tell.
        scale = words.scales[_plain(match["scale"])] if match["scale"] else 1
        yield Numeral(match.start(), match.end(), 0.5 * scale, "words", 0.5, scale)
