"""Stated numbers with their units, as CLAIMS.md names units.

Ages, dates, clock times, scores, footnotes and the numbers in names ("FP-5", "3rd Division", "Channel 5")
are no quantities. A conversion in brackets belongs to the figure before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from oskil.reading import counted
from oskil.reading.counted import lists, noun_phrase, of_people, people_around, plural
from oskil.reading.measures import Measure, patterns
from oskil.reading.numerals import Numeral, Taken, numerals
from oskil.reading.text import is_picture
from oskil.reading.times.dates import not_numbers
from oskil.records import Quantity


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure on its way to a Quantity.

    `raw` is the value in the text's own unit. `measure` None is a counted thing; `unit` None still seeks one.
    """

    numeral: Numeral
    start: int
    end: int
    unit: str | None
    value: float
    raw: float
    measure: Measure | None = None


AGE = re.compile(r"[-\s]*years?(?:[-\s]*old|\s+of\s+age)\b", re.I)
AGED = re.compile(r"\b(?:aged?|возраст\w*|вік\w*)\s$", re.I)
AND_A_HALF = re.compile(
    r"\ban?\s(?P<unit>hour|day|week|month|year|decade|mile|kilomet(?:er|re))\s+and\s+a\s+half\b", re.I
)
ONE_DAY = re.compile(
    r"\b(?:in|for|within|least|than|about|just|only|over|under|after|every|another)\s$", re.I
)
DECADE = re.compile(
    r"\b(?:the\s+(?:past|last|next|coming)|for|in|over|than|nearly|almost|about|within)\s+(?:a\s+)?"
    r"(?P<decade>decade)\b(?!\s+and\s+a\s+half)",
    re.I,
)
AGE_AFTER_NAME = re.compile(r"[,)](?:\s|$)|[.;](?:\s|$)|\s+(?:who|said|told|says|from|was|is)\b")
JOINED = re.compile(r"\s*(?:,\s*(?:and|or)?|and|or|to|[-–—]|и|і|та|до|или|або)\s*", re.I)
HEDGES = (
    "about|around|approximately|approx\\.?|roughly|some|nearly|almost|just over|just under|over|more than|~|≈"
)
BRACKET = re.compile(rf"\s*[(\[]\s*(?:or\s+)?(?:(?:{HEDGES})\s*)?", re.I)
SUFFIX = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "t": 1e12}


def find_quantities(text: str, start: int = 0, end: int | None = None) -> tuple[Quantity, ...]:
    """The quantities stated in text[start:end], in order; offsets are into `text`.

    What stands left of `start` may decide what a figure is of; what stands right of `end` may not.
    """
    end = len(text) if end is None else max(0, min(end, len(text)))
    start = max(0, min(start, end))
    masked = Taken()
    masked.add_all(not_numbers(text, start, end))
    found = [
        figure
        for numeral in numerals(text, start, end)
        if masked.free(numeral.start, numeral.end)
        and (figure := _figure(text, numeral, start, end)) is not None
    ]
    found = sorted([*_shared(text, found), *_in_words(text, start, end)], key=lambda f: f.start)
    return tuple(_quantities(text, found, end))


def _in_words(text: str, start: int, end: int) -> Iterator[_Found]:
    """ "The past decade" and "a decade" are ten years in one word, "a year and a half" one and a half."""
    for match in DECADE.finditer(text, start, end):
        at, stop = match.span("decade")
        numeral = Numeral(at, stop, 10.0, "words", 10.0)
        yield _Found(numeral, at, stop, "year", 10.0, 1.0, Measure("year", 10.0, "decade", "duration"))
    for match in AND_A_HALF.finditer(text, start, end):
        measure = patterns().measures[match["unit"].lower()]
        numeral = Numeral(match.start(), match.end(), 1.5, "words", 1.5)
        value = 1.5 * measure.factor
        yield _Found(numeral, match.start(), match.end(), measure.unit, value, 1.5, measure)


def _figure(text: str, numeral: Numeral, start: int, end: int) -> _Found | None:
    if numeral.form == "ordinal":
        return _rank(text, numeral, end)
    if numeral.form == "fraction":
        return _plain(numeral, "percent")
    found = _money(text, numeral, start, end) or _measured(text, numeral, end)
    if found is not None and found.measure is not None and found.measure.kind != "duration":
        return found  # "the 4th Division 20 km away": no number of a division
    if _is_name_or_age(text, numeral, end):
        return None
    return found or _counted(text, numeral, end)


def _plain(numeral: Numeral, unit: str | None) -> _Found:
    return _Found(numeral, numeral.start, numeral.end, unit, numeral.value, numeral.value)


def _is_name_or_age(text: str, numeral: Numeral, end: int) -> bool:
    """Ages ("aged 43", "Olena, 43,", "43-year-old"), designations ("Channel 5") and footnote marks."""
    before = text[max(0, numeral.start - 30) : numeral.start]
    if AGE.match(text, numeral.end, end) or AGED.search(before):
        return True
    if numeral.form == "words":
        return _capital_inside(text, numeral)
    if before[-1:] in "[" and text[numeral.end : numeral.end + 1] == "]":
        return True
    name = re.search(r"(?:^|[^\w-])(№|[^\W\d_]+\.?)[\s\u00a0]$", before)
    if name and name[1].lower() in lists().sets["designators"]:
        return not plural(name[1])
    named = re.search(r"[A-ZА-ЯІЇЄҐ][\w’'-]+(?:,\s|\s\()$", before)
    small = numeral.value < 120 and numeral.value == int(numeral.value) and not numeral.grouped
    return bool(named and small and AGE_AFTER_NAME.match(text, numeral.end))


def _capital_inside(text: str, numeral: Numeral) -> bool:
    """A number word with a capital inside a sentence is part of a name ("the Big Three")."""
    if not text[numeral.start].isupper():
        return False
    before = text[max(0, numeral.start - 6) : numeral.start].rstrip(" \t\"“«‘'(")
    return bool(before) and before[-1] not in ".!?:;–—-\n[•*" and not is_picture(before[-1])


def _money(text: str, numeral: Numeral, start: int, end: int) -> _Found | None:
    known = patterns()
    left = max(start, numeral.start - 4)
    sign = known.sign.search(text[left : numeral.start])
    if sign is None:
        return None
    code, value, stop = known.signs[sign.group().strip()], numeral.value, numeral.end
    suffix = re.compile(r"\s?(k|mn|m|b|t)(?!\w)", re.I).match(text, stop, end)
    if suffix and numeral.scale == 1:
        value, stop = round(value * SUFFIX[suffix[1].lower()], 6), suffix.end()
    measure = Measure(code, 1.0, code, "currency")
    return _Found(numeral, left + sign.start(), stop, code, value, value, measure)


def _measured(text: str, numeral: Numeral, end: int) -> _Found | None:
    match = patterns().measure.match(text, numeral.end, end)
    if match is None or (not match["gap"] and numeral.form == "words"):
        return None
    word = " ".join(match["word"].lower().split())
    measure = patterns().measures.get(word)
    if measure is None:
        return None
    if word == "m" and of_people(noun_phrase(text, match.end(), end)[:1]):
        return _Found(numeral, numeral.start, match.end(), "people", numeral.value * 1e6, numeral.value * 1e6)
    money = counted.data()["money_when_scaled"].get(word)
    if money and numeral.scale >= 1000:
        measure = Measure(money, 1.0, money, "currency")
    if measure.kind == "duration" and re.compile(r"[-\s]anniversar", re.I).match(text, match.end(), end):
        return None
    if measure.kind == "currency" and word.upper() == measure.unit and not match["word"].isupper():
        return None  # "12 try to leave"
    if word == "day" and numeral.value == 1 and numeral.form == "words" and _some_day(text, numeral):
        return None
    value = numeral.value if measure.factor == 1 else round(numeral.value * measure.factor, 6)
    return _Found(numeral, numeral.start, match.end(), measure.unit, value, numeral.value, measure)


def _some_day(text: str, numeral: Numeral) -> bool:
    """ "One day" is mostly some day and no duration."""
    return not ONE_DAY.search(text[max(0, numeral.start - 10) : numeral.start])


def _counted(text: str, numeral: Numeral, end: int) -> _Found | None:
    """People or items by the noun behind the figure, or by the sentence where there is none."""
    if numeral.value != int(numeral.value):
        return None
    following = text[numeral.end : min(end, numeral.end + 9)]
    if re.match(r"-strong\b", following):
        return _plain(numeral, "people")
    if re.match(r"[\w°/@#$]|-[^\W\d_]|['’]", following) or re.match(
        r"\s*(?:°|deg(?:rees?)?\b|[mc]m\b|(?:milli|centi)met|calib)", following
    ):
        return None
    trailing = patterns().trailing.match(text, numeral.end, end)
    words = noun_phrase(text, trailing.end() if trailing else numeral.end, end)
    if _is_year(text, numeral, end):
        return None
    if words:
        return _noun(text, numeral, words, end)
    return _bare(text, numeral, end)


def _is_year(text: str, numeral: Numeral, end: int) -> bool:
    value = numeral.value
    if numeral.form != "digits" or numeral.grouped or numeral.scale != 1 or not 1800 <= value <= 2100:
        return False
    return counted.is_year(text, numeral.start, numeral.end, end)


def _noun(text: str, numeral: Numeral, words: list[str], end: int) -> _Found | None:
    sets, first = lists().sets, words[0].lower()
    if first in sets["not_counted"] or (numeral.value == 1 and first in sets["not_counted_one"]):
        return None
    if numeral.value == 1 and _pronoun(text, numeral):
        return None
    after_times = re.compile(r"\s+times").match(text, numeral.end, end)
    if after_times and lists().ratio_after.match(text, after_times.end(), end):
        return None
    if of_people(words):
        return _plain(numeral, "people")
    if numeral.form == "digits" and _named(text, numeral) and not any(plural(w) for w in words):
        return None
    if first == "more" or first in ("others", "other"):
        people = people_around(text, numeral.start, numeral.end, end)
        return _plain(numeral, "people" if people and len(words) == 1 else "item")
    if lists().people_after.match(text, numeral.end, end):
        return _plain(numeral, "people")
    return _plain(numeral, "item")


def _pronoun(text: str, numeral: Numeral) -> bool:
    before = text[max(0, numeral.start - 12) : numeral.start].lower()
    return bool(re.search(r"\b(?:no|any|every|some|this|that|which|each|the|another|a|such)\s$", before))


def _named(text: str, numeral: Numeral) -> bool:
    """Whether a capitalised word inside a sentence stands before the digits ("Minsk 2")."""
    before = text[max(0, numeral.start - 40) : numeral.start]
    return bool(re.search(r"[^\W_][\w’'-]*[,]?\s[A-ZА-ЯІЇЄҐ][\w’'-]*\s$", before))


def _bare(text: str, numeral: Numeral, end: int) -> _Found | None:
    known, at = lists(), numeral.end
    part = re.compile(r"\s+of\s+(?:the|its|their|those|these|them|his|her|our|all)?\b").match(text, at, end)
    if part:
        words = noun_phrase(text, part.end(), end)
        if words and (words[0].lower() == "most" or re.search(r"\w{3,}est$", words[0])):
            return None
        return _plain(numeral, "people" if of_people(words) else "item")
    if numeral.value == 1 and numeral.form == "words":
        return None
    if people_around(text, numeral.start, at, end) and not _named(text, numeral):
        return _plain(numeral, "people")
    if known.bare_after.match(text, at, end):
        return _plain(numeral, "item")
    return _plain(numeral, None)


def _rank(text: str, numeral: Numeral, end: int) -> _Found | None:
    """An ordinal that ranks or counts: "second-largest", "its third attack"; "the first" as a pronoun."""
    sets, at = lists().sets, numeral.end
    superlative = re.compile(r"[-\s]+(?:\w{3,}est|most|least|best|worst)\b").match(text, at, end)
    if superlative:
        return _plain(numeral, "rank")
    words = noun_phrase(text, at, end)
    if numeral.value == 1:
        return _plain(numeral, "rank") if _first_alone(text, numeral, end) else None
    if not words or words[0][0].isupper() or any(w.lower() in sets["ordinal_not"] for w in words[:4]):
        return None
    if re.match(r"[-,]", text[at : at + 1]) or _capital_inside(text, numeral):
        return None
    return _plain(numeral, "rank")


def _first_alone(text: str, numeral: Numeral, end: int) -> bool:
    """Whether "the first" stands for a thing of its own ("The first opened in May", "the first of three")."""
    if not re.search(r"\bthe\s$", text[max(0, numeral.start - 5) : numeral.start], re.I):
        return False
    sets = lists().sets
    follow = re.compile(r"\s+(\w+)(?:\s+(\w+))?").match(text, numeral.end, end)
    if follow is None:
        return False
    verb, after = follow[1].lower(), (follow[2] or "").lower()
    if verb == "of":
        return after not in ("its", "all")
    if verb in sets["ordinal_verbs"]:
        return True
    return verb.endswith("ed") and (after in sets["after_verb"] or after.endswith("ing"))


def _shared(text: str, found: list[_Found]) -> list[_Found]:
    """Gives a figure without a unit that of the one it is joined with: "10 to 15 km", "2 or 3 tanks"."""
    out: list[_Found] = []
    for i in range(len(found) - 1, -1, -1):
        figure = found[i]
        following = out[-1] if out else None
        if figure.unit in (None, "item") or _of_a_range(text, figure):
            joined = following and JOINED.fullmatch(text, figure.end, following.start)
            if following and joined and following.unit not in ("rank", None):
                figure = _like(figure, following)
        if figure.unit is not None or _stands_alone(text, figure):
            out.append(figure if figure.unit is not None else replace(figure, unit="item"))
    return out[::-1]


def _of_a_range(text: str, figure: _Found) -> bool:
    """Whether it is the lower end of a range: "between 300 and 1,500 metres" counts no people."""
    return (
        re.search(r"\b(?:between|from)\s$", text[max(0, figure.start - 8) : figure.start], re.I) is not None
    )


def _like(figure: _Found, other: _Found) -> _Found:
    scale = (
        other.numeral.scale if figure.numeral.scale == 1 and figure.value <= other.numeral.coefficient else 1
    )
    raw = figure.value * scale
    value = raw * (other.measure.factor if other.measure else 1)
    return replace(figure, unit=other.unit, value=round(value, 6), raw=raw, measure=other.measure)


def _stands_alone(text: str, figure: _Found) -> bool:
    """Whether digits without any noun are still a count: "intercepted 45", "tanks – 11,700"."""
    numeral = figure.numeral
    if numeral.form != "digits" or numeral.value != int(numeral.value):
        return False
    before = text[max(0, figure.start - 24) : figure.start]
    if re.search(r"[^\W\d_]{3,}\s*[–—‒:-]\s*(?:\w+\s)?$", before):
        return True
    word = re.search(r"([^\W\d_]+)\s$", before)
    lowered = word is not None and word[1].islower()
    if numeral.grouped or numeral.scale > 1:
        return True
    return bool(lowered and word and word[1] not in lists().sets["boundaries"])


def _quantities(text: str, found: list[_Found], end: int) -> list[Quantity]:
    out: list[Quantity] = []
    skip = -1
    for i, figure in enumerate(found):
        if i == skip:
            continue
        converted, stop = None, figure.end
        if i + 1 < len(found) and (other := _conversion(text, figure, found[i + 1], end)):
            (converted, stop), skip = other, i + 1
        out.append(
            Quantity(
                value=figure.value,
                unit=str(figure.unit),
                start=figure.start,
                end=stop,
                comparator=_comparator(text, figure, found[i - 1] if i else None, end),
                converted=converted,
            )
        )
    return out


def _conversion(text: str, figure: _Found, other: _Found, end: int) -> tuple[tuple[float, str], int] | None:
    if figure.measure is None or other.measure is None or figure.measure.kind != other.measure.kind:
        return None
    if figure.measure == other.measure or not BRACKET.fullmatch(text, figure.end, other.start):
        return None
    closing = re.compile(r"\s*[)\]]").match(text, other.end, end)
    return ((other.raw, other.measure.pint), closing.end()) if closing else None


def _comparator(text: str, figure: _Found, before: _Found | None, end: int) -> str:
    low = max(0, figure.start - 40)
    match = patterns().comparator.search(text[low : figure.start])
    words = " ".join(match.group().lower().split()) if match else ""
    if (
        match
        and words == "over"
        and patterns().no_over.search(text[max(0, low + match.start() - 20) : low + match.start()])
    ):
        words = ""  # "control over 400 square kilometres"
    if not words and before and re.fullmatch(r"\s+and\s+", text[before.end : figure.start]):
        words = (
            "between"
            if re.search(r"\bbetween\s$", text[max(0, before.start - 8) : before.start], re.I)
            else ""
        )
    if not words and (after := patterns().trailing.match(text, figure.end, end)):
        words = " ".join(after.group().lower().split())
    return words
