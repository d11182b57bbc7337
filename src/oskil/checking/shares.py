"""Do shares, parts and wholes of one text fit together?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from oskil.checking.figures import number, rounding
from oskil.checking.interface import Case
from oskil.checking.making import verdict
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.units import named
from oskil.checking.whereabouts import any_of, figure_of, sentence_of, written
from oskil.records import Bar, DataSource, Outcome, Quantity, Span, Verdict, Working

_COUNTED = frozenset({"item", "people"})
_BACK = 400
_AHEAD = 60
_NOUN = re.compile(
    r"[\s\u00a0-]*((?:[^\W\d_][\w’'-]*\s+){0,3}?)([^\W\d_][\w’'-]+s|people|men|women|children)\b"
)
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’]*\s|\n")


@dataclass(frozen=True, slots=True)
class _Whole:
    quantity: Quantity
    noun: str


class Shares:
    """Percentages, parts and their wholes, set against one another by arithmetic alone."""

    name = "shares"
    description = "Shares and parts against the wholes that the same text gives."
    method = (
        "Arithmetic on the text's own figures: a share of a whole must be a whole number of it, within "
        "the share's "
        "rounding; a part is not more than its whole; shares of one whole do not pass a hundred percent."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each share or part whose whole the text gives."""
        for quantity in case.claim.quantities:
            at = Span(quantity.start, quantity.end)
            if quantity.unit == "percent":
                yield from self._share(case, quantity, at)
            elif (whole := _whole_of_part(case, quantity)) is not None:
                yield self._part(case, quantity, whole, at)

    def _share(self, case: Case, quantity: Quantity, at: Span) -> Iterator[Verdict]:
        whole = _whole_of_share(case, quantity)
        if whole is not None:
            yield self._of_whole(case, quantity, whole, at)
        elif (other := _complement(case, quantity)) is not None:
            yield self._together(case, quantity, other, at, exact=True)
        elif (other := _beside(case, quantity)) is not None:
            yield self._together(case, quantity, other, at, exact=False)
        elif not 0 <= quantity.value <= 100 and _is_share(case, quantity):
            reason = "a share of more than a hundred percent has another base, which the text does not give"
            yield cannot_be_checked(self, case, figure_of(case, quantity), reason, at, (_text(case),))

    def _of_whole(self, case: Case, quantity: Quantity, whole: _Whole, at: Span) -> Verdict:
        stated = f"{figure_of(case, quantity)} of {number(whole.quantity.value)} {whole.noun}"
        exact = quantity.value / 100 * whole.quantity.value
        slack = rounding(quantity.value, tolerances()["rounding.cap"])
        count = round(exact)
        back = 100 * count / whole.quantity.value if whole.quantity.value else 0.0
        fits = whole.quantity.value > 0 and abs(back - quantity.value) <= slack and 0 <= quantity.value <= 100
        low, high = ((quantity.value - slack) * whole.quantity.value / 100 for slack in (slack, -slack))
        steps = (
            f"{number(quantity.value)} % of {number(whole.quantity.value)} is {exact:.2f}.",
            f"{count} of {number(whole.quantity.value)} is {back:.2f} %.",
        )
        return verdict(
            self,
            case,
            "agrees" if fits else "cannot be checked",
            stated=stated,
            found=f"{number(count)} of {number(whole.quantity.value)} is {back:.1f} percent",
            reason="a whole number gives this share; how many it truly were, arithmetic does not tell"
            if fits
            else "no whole number gives this share: it is one of something else, or rounded more coarsely",
            tolerance=f"{slack:g} percentage points, half of the share's last digit.",
            data=(_text(case),),
            numbers=(exact, low, high, whole.quantity.unit),
            at=at,
            working=Working(steps=steps, bars=_bars(whole, exact), unit=whole.noun),
        )

    def _part(self, case: Case, quantity: Quantity, whole: _Whole, at: Span) -> Verdict:
        rest = _all_but(case, quantity)
        part, total = quantity.value, whole.quantity.value
        share = part / total if total else 0.0
        fits = (
            0 <= part <= total * (1 + rounding(total, tolerances()["rounding.cap"]) / total if total else 1)
        )
        noun = whole.noun
        left = f", which leaves {number(total - part)}, {1 - share:.0%}" if rest else ""
        outcome: Outcome = "agrees" if fits else "differs"
        return verdict(
            self,
            case,
            outcome,
            stated=f"{'all but ' if rest else ''}{written(case, quantity)} of {number(total)} {noun}",
            found=f"{number(part)} of {number(total)} is {share:.0%}{left}",
            reason="the part is not more than the whole" if fits else "the part is more than the whole",
            tolerance="A part may be as much as its whole, and no more than the whole's rounding allows.",
            data=(_text(case),),
            numbers=(part, 0.0, total, whole.quantity.unit),
            at=at,
            working=Working(
                steps=(f"{number(part)} / {number(total)} = {share:.4f}.",),
                bars=_bars(whole, part),
                unit=noun,
            ),
        )

    def _together(self, case: Case, quantity: Quantity, other: Quantity, at: Span, *, exact: bool) -> Verdict:
        total = quantity.value + other.value
        slack = sum(rounding(q.value, tolerances()["rounding.cap"]) for q in (quantity, other))
        fits = abs(total - 100) <= slack if exact else total <= 100 + slack
        return verdict(
            self,
            case,
            "agrees" if fits else "cannot be checked",
            stated=f"{figure_of(case, quantity)} beside {number(other.value)} percent",
            found=f"{number(total)} percent together",
            reason=_sum_reason(fits=fits, exact=exact),
            tolerance=f"A hundred percent and {slack:g}, half of each last digit.",
            data=(_text(case),),
            numbers=(total, None, 100 + slack, "percent"),
            at=at,
            working=Working(
                steps=(f"{number(quantity.value)} + {number(other.value)} = {number(total)}.",),
                bars=(Bar("one", quantity.value, "stated"), Bar("the other", other.value, "other")),
                unit="percent",
            ),
        )


def _sum_reason(*, fits: bool, exact: bool) -> str:
    if not fits:
        return "together they pass a hundred percent, so they may be shares of different things, or overlap"
    if exact:
        return "the two shares of one whole make the whole"
    return "the two shares leave room within a hundred percent"


def _text(case: Case) -> DataSource:
    return DataSource("the text itself", case.document.published or "", case.document.id)


def _bars(whole: _Whole, part: float) -> tuple[Bar, ...]:
    return (Bar("the whole", whole.quantity.value, "other"), Bar("the part", round(part, 2), "stated"))


def _earlier(case: Case, before: int) -> list[Quantity]:
    """The figures of the text in the sentences before an offset, nearest first."""
    found: dict[int, Quantity] = {}
    claims = [other.claim for other in case.data.others.in_document(case.claim.document)] or [case.claim]
    for claim in claims:
        for quantity in claim.quantities:
            if before - _BACK <= quantity.start and quantity.end <= before:
                found[quantity.start] = quantity
    return [found[start] for start in sorted(found, reverse=True)]


def _noun(case: Case, quantity: Quantity) -> str:
    """What a figure counts: the first plural noun behind it ("420 drones and 39 missiles" has "drones")."""
    text = case.document.text[quantity.start : quantity.end + _AHEAD]
    digits = re.match(r"[\d.,\s\u00a0]*\d", text) or re.match(r"[\w-]+", text)
    match = _NOUN.match(text, digits.end() if digits else 0)
    return match[2].casefold() if match else ""


@cache
def _of_which() -> re.Pattern[str]:
    return re.compile(r"\s*(?:%|per\s?cent|percent)?\s*of\s+(?:which|them|those|these)\b", re.I)


@cache
def _of_noun() -> re.Pattern[str]:
    return re.compile(r"\s*(?:%|per\s?cent|percent)?\s*of\s+(?:all\s+|its\s+)?(?:the\s+)?([\w’'-]+)", re.I)


def _is_share(case: Case, quantity: Quantity) -> bool:
    return _of_noun().match(case.document.text, quantity.end) is not None


def _whole_of_share(case: Case, quantity: Quantity) -> _Whole | None:
    text = case.document.text
    # "of which" may stand inside the figure's own stretch or right after it.
    counted = [q for q in _earlier(case, quantity.start) if q.unit in _COUNTED]
    if _of_which().match(text, quantity.end) and counted:
        sentence = sentence_of(case)
        nearest = counted[0]
        return (
            _Whole(nearest, _noun(case, nearest) or named(nearest.unit))
            if nearest.start >= sentence.start
            else None
        )
    match = _of_noun().match(text, quantity.end)
    if match is None:
        return None
    noun = match[1].casefold()
    return next((_Whole(q, noun) for q in counted if _noun(case, q) == noun), None)


@cache
def _part_words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('part_words')})(?!\w)", re.I)


@cache
def _all_but_words() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)all\s+but(?!\w)", re.I)


def _before(case: Case, quantity: Quantity) -> str:
    """The words of the sentence before a figure."""
    text = case.document.text
    floor = max(0, quantity.start - _BACK)
    breaks = [m.end() for m in _SENTENCE_BREAK.finditer(text, floor, quantity.start)]
    return text[breaks[-1] if breaks else floor : quantity.start]


def _all_but(case: Case, quantity: Quantity) -> bool:
    return _all_but_words().search(_before(case, quantity)) is not None


def _whole_of_part(case: Case, quantity: Quantity) -> _Whole | None:
    """The figure that this one is a part of: the nearest before it of the same thing, where a word such as
    "including" or "all but" stands before the part.
    """
    words = _before(case, quantity)
    marks = list(_part_words().finditer(words))
    if not marks:
        return None
    mark = quantity.start - len(words) + marks[-1].start()
    if quantity.unit not in _COUNTED:
        same = [q for q in _earlier(case, mark) if q.unit == quantity.unit and q.unit.isupper()]
        inside = [q for q in same if q.start >= quantity.start - len(words)]
        return _Whole(inside[0], quantity.unit) if inside else None
    noun = _noun(case, quantity)
    same = [q for q in _earlier(case, mark) if q.unit in _COUNTED and noun and _noun(case, q) == noun]
    return _Whole(same[0], noun) if same else None


def _after_of(case: Case, quantity: Quantity) -> str:
    match = re.compile(r"\s*(?:percent|per\s?cent|%)?\s*of\s+(?:the\s+)?([A-Z]\w+)").match(
        case.document.text, quantity.end
    )
    return match[1] if match else ""


def _complement(case: Case, quantity: Quantity) -> Quantity | None:
    """Another share of the same named whole in the text, where the two make a hundred percent."""
    whole = _after_of(case, quantity)
    if not whole:
        return None
    for other in _percents(case):
        if other.start != quantity.start and _after_of(case, other) == whole:
            slack = sum(rounding(q.value, tolerances()["rounding.cap"]) for q in (quantity, other))
            if abs(quantity.value + other.value - 100) <= min(slack, 2.0):
                return other
    return None


def _beside(case: Case, quantity: Quantity) -> Quantity | None:
    """The next share before this one in its sentence, where a word such as "only" sets them side by side."""
    words = _before(case, quantity)
    if not re.compile(rf"(?<!\w)(?:{any_of('beside_words')})\s+(?:\w+\s+)?$", re.I).search(words):
        return None
    begin = quantity.start - len(words)
    inside: Sequence[Quantity] = [q for q in _percents(case) if begin <= q.start < quantity.start]
    return inside[-1] if inside else None


def _percents(case: Case) -> list[Quantity]:
    found: dict[int, Quantity] = {}
    for other in case.data.others.in_document(case.claim.document):
        found.update({q.start: q for q in other.claim.quantities if q.unit == "percent"})
    return [found[start] for start in sorted(found)]
