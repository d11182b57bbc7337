"""Forecasts: what their words are worth, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from control_streams import COMMAND, EAST, FIRST, OBSERVER, STAFF, believed, report

from oskil.records import Claim, Document, Period, Span
from oskil.weighing.control.rows import columns
from oskil.weighing.control.setting import setting
from oskil.weighing.control.told import reports_of
from oskil.weighing.forecasts import mean_score, probability_of, resolve

TEXT = "The army will take Brod."
DOCUMENT = Document(id="d", key="k", text=TEXT, outlet="The Post", published=FIRST.isoformat())
FORECAST = Claim(
    id="f1",
    document="d",
    quote=TEXT,
    spans=(Span(0, len(TEXT)),),
    kind="forecast",
    holder=EAST,
    places=(3,),
    time=Period(None, FIRST + dt.timedelta(days=20)),
)
FALL = [
    report(10, STAFF, 3, "took", EAST),
    report(10, COMMAND, 3, "left", EAST),
    report(12, OBSERVER, 3, "holds", EAST),
]


@pytest.mark.parametrize(
    ("quote", "worth"),
    [
        ("will take Brod", 0.85),
        ("is unlikely to take Brod", 0.15),
        ("will very likely take Brod", 0.85),
        ("may take Brod", 0.3),
        ("plans to take Brod", 0.45),
        ("Brod is next", None),
    ],
)
def test_words_are_worth_a_probability(quote: str, worth: float | None) -> None:
    assert probability_of(replace(FORECAST, quote=quote)) == worth


def settle(claim: Claim, day: int, reports: list = FALL):  # type: ignore[type-arg, no-untyped-def]
    """What became of it by a numbered day."""
    return resolve([(claim, DOCUMENT)], believed(reports), FIRST + dt.timedelta(days=day))[0]


def test_it_comes_true_with_the_day_and_the_evidence() -> None:
    made = settle(FORECAST, 25)
    assert made.outcome == "came true" and made.resolved is not None
    assert abs((made.resolved - FIRST).days - 10) <= 2
    assert made.score == pytest.approx(0.15**2)
    assert made.evidence


def test_it_is_open_before_and_false_after_its_time() -> None:
    quiet = [report(day, COMMAND, 3, "holds", "WST") for day in (5, 12, 19, 24)]
    assert settle(FORECAST, 5, quiet).outcome == "open"
    made = settle(FORECAST, 25, quiet)
    assert made.outcome == "did not" and made.score == pytest.approx(0.85**2)


def test_without_a_report_it_expires_and_without_a_holder_it_cannot_be_told() -> None:
    assert settle(FORECAST, 25, [report(5, COMMAND, 9, "holds", "WST")]).outcome == "expired"
    assert settle(replace(FORECAST, holder=None), 25).outcome == "cannot be told"
    assert settle(replace(FORECAST, places=(3, 4)), 25).outcome == "cannot be told"
    assert resolve([(FORECAST, DOCUMENT)], None, FIRST)[0].outcome == "open"


def test_a_denied_one_that_does_not_come_true_scores_well() -> None:
    denied = replace(FORECAST, polarity="denied")
    quiet = [report(day, COMMAND, 3, "holds", "WST") for day in (5, 12, 19, 24)]
    made = settle(denied, 25, quiet)
    assert made.outcome == "came true" and made.score == pytest.approx(0.15**2)
    assert mean_score([made]) == made.score


def test_who_is_quoted_keeps_the_side_that_it_speaks_for() -> None:
    """Also where the first text that quotes it does not tell it."""
    told = [
        replace(FORECAST, kind="control", speaker="Staff", side=side, time=None)
        for side in (None, EAST, None)
    ]
    texts = [replace(DOCUMENT, published=(FIRST + dt.timedelta(days=n)).isoformat()) for n in range(3)]
    reports = list(reports_of(zip(told, texts, strict=True), (EAST, "WST"), setting()))
    made = columns(reports, [3], (EAST, "WST"), FIRST, 3, setting())
    assert {r.name: r.side for r in made.reporters} == {"Staff": EAST, "The Post": None}


def test_claims_of_texts_become_reports() -> None:
    def kind(quote: str, **fields: object) -> list[tuple[str, str | None, str]]:
        claim = replace(
            FORECAST, kind="control", quote=quote, speaker="Staff", side=EAST, time=None, **fields
        )  # type: ignore[arg-type]
        made = reports_of([(claim, DOCUMENT)], (EAST, "WST"), setting())
        return [(r.kind, r.holder, r.relay_of or "") for r in made]

    assert kind("our troops captured Brod") == [("took", EAST, "Staff")]
    assert kind("Brod is under our control") == [("holds", EAST, "Staff")]
    assert kind("Brod is a grey zone") == [("contested", None, "Staff")]
    assert kind("captured Brod", polarity="denied") == [("holds", "WST", "Staff")]
    assert kind("captured Brod", certainty="conditional") == []
    assert kind("captured Brod", around=(3,)) == []
