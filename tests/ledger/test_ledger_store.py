"""What goes into a ledger comes out of it: documents, revisions, readings, claims, both times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_samples import NOON, TEXT, claim, day, document, period, sample

from oskil.errors import LedgerError
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.store import Ledger, open_ledger
from oskil.records import Reading, Refusal


@pytest.fixture
def ledger(where: str | Path) -> Iterator[Ledger]:
    with open_ledger(where) as opened:
        yield opened


def quotes(ledger: Ledger, **wanted: object) -> list[str]:
    return [stored.claim.quote.split()[0] for stored in ledger.claims(ClaimFilter(**wanted))]  # type: ignore[arg-type]


def test_a_new_document_is_kept_with_its_reading_and_its_bytes(ledger: Ledger) -> None:
    text, reading = sample()
    added = ledger.add(text, b"<raw>", reading, NOON)
    assert (added.status, added.document_id, added.claims) == ("new", text.id, 2)
    (stored,) = ledger.documents()
    assert (stored.document, stored.recorded_at, stored.revision, stored.latest) == (text, NOON, 1, True)
    assert ledger.reading(text.id) == reading
    assert ledger.raw(text.id) == b"<raw>"
    assert [(s.claim, s.recorded_at, s.latest) for s in ledger.claims()] == [
        (each, NOON, True) for each in reading.claims
    ]


def test_the_ledger_is_there_after_closing_and_opening_again(where: str | Path) -> None:
    text, reading = sample()
    with open_ledger(where) as ledger:
        ledger.add(text, b"raw", reading, NOON)
    with open_ledger(where, create=False) as ledger:
        assert ledger.reading(text.id) == reading


def test_the_same_text_again_adds_nothing(ledger: Ledger) -> None:
    text, reading = sample()
    ledger.add(text, b"raw", reading, NOON)
    before = ledger.verify()
    added = ledger.add(text, b"other bytes", reading, NOON + dt.timedelta(days=1))
    assert (added.status, added.claims) == ("known", 0)
    assert ledger.verify() == before
    assert ledger.documents()[0].recorded_at == NOON


def test_a_changed_text_is_a_revision_and_the_older_one_stays(ledger: Ledger) -> None:
    text, reading = sample()
    ledger.add(text, b"raw", reading, NOON)
    changed = document(TEXT.replace("ours", "lost"))
    anew = Reading(changed.id, "rules 1", (claim(changed, "Brod is lost again"),))
    added = ledger.add(changed, b"raw 2", anew, NOON + dt.timedelta(days=1))
    assert added.status == "revision"
    assert [(d.document, d.revision) for d in ledger.documents()] == [(changed, 2)]
    both = ledger.documents(latest=False)
    assert [(d.document, d.revision, d.latest) for d in both] == [(text, 1, False), (changed, 2, True)]
    assert [s.claim for s in ledger.claims()] == list(anew.claims)
    everything = ledger.claims(ClaimFilter(latest=False))
    assert [s.latest for s in everything] == [False, False, True]
    assert ledger.reading(text.id) == reading
    assert ledger.raw(text.id) == b"raw"


def test_another_text_is_no_revision(ledger: Ledger) -> None:
    text, reading = sample()
    other = document(TEXT, key="https://example.org/other")
    ledger.add(text, b"raw", reading, NOON)
    assert ledger.add(other, b"raw", Reading(other.id, "rules 1"), NOON).status == "new"
    assert [d.revision for d in ledger.documents()] == [1, 1]


def test_documents_are_listed_by_the_beginning_of_their_keys(ledger: Ledger) -> None:
    for key in ("list of A, RU", "list of A, RU, 2022-09-08", "list of A, RUS", "list of B", "ліст", "lisu"):
        one = document("Nothing.", key=key)
        ledger.add(one, b"raw", Reading(one.id, "rules 1"), NOON)
    found = [stored.document.key for stored in ledger.documents(begins="list of A, RU")]
    assert found == ["list of A, RU", "list of A, RU, 2022-09-08", "list of A, RUS"]
    assert [stored.document.key for stored in ledger.documents(begins="лі")] == ["ліст"]
    assert len(ledger.documents()) == 6


def test_a_newer_reader_adds_a_reading_and_its_claims_count(ledger: Ledger) -> None:
    text, reading = sample()
    ledger.add(text, b"raw", reading, NOON)
    better = Reading(text.id, "rules 2", (claim(text, "Brod is ours again", kind="movement"),))
    added = ledger.add(text, b"raw", better, NOON)
    assert (added.status, added.claims) == ("known", 1)
    assert ledger.reading(text.id) == better
    assert [s.claim for s in ledger.claims()] == list(better.claims)
    assert len(ledger.claims(ClaimFilter(latest=False))) == 3
    # Both readings have a claim of this id; the newer one is meant.
    assert ledger.claim(better.claims[0].id).claim.kind == "movement"
    assert ledger.add(text, b"raw", reading, NOON).claims == 0
    assert ledger.reading(text.id) == better


def test_a_newer_reading_without_claims_leaves_none_latest(ledger: Ledger) -> None:
    text, reading = sample()
    ledger.add(text, b"raw", reading, NOON)
    ledger.add(text, b"raw", Reading(text.id, "rules 2"), NOON)
    assert ledger.claims() == []
    assert ledger.verify().problems == ()


def test_as_known_on_shows_the_ledger_as_it_stood_at_the_end_of_a_day(ledger: Ledger) -> None:
    text, reading = sample()
    ledger.add(text, b"raw", reading, dt.datetime(2022, 9, 9, 23, 59, 59, 999999, tzinfo=dt.UTC))
    changed = document(TEXT.replace("ours", "lost"))
    anew = Reading(changed.id, "rules 1", (claim(changed, "Brod is lost again"),))
    ledger.add(changed, b"raw 2", anew, dt.datetime(2022, 9, 10, tzinfo=dt.UTC))
    assert ledger.documents(as_known_on=day("2022-09-08")) == []
    assert ledger.claims(ClaimFilter(as_known_on=day("2022-09-08"))) == []
    (then,) = ledger.documents(as_known_on=day("2022-09-09"))
    assert (then.document, then.latest) == (text, True)
    assert quotes(ledger, as_known_on=day("2022-09-09")) == ["Brod", "Its"]
    assert all(s.latest for s in ledger.claims(ClaimFilter(as_known_on=day("2022-09-09"), latest=False)))
    assert [d.document for d in ledger.documents(as_known_on=day("2022-09-10"))] == [changed]
    assert quotes(ledger, as_known_on=dt.date.max) == ["Brod"]


def test_days_of_recording_are_utc_whatever_the_clock_of_the_recorder(ledger: Ledger) -> None:
    text, reading = sample()
    kyiv = dt.timezone(dt.timedelta(hours=3))
    ledger.add(text, b"raw", reading, dt.datetime(2022, 9, 10, 1, tzinfo=kyiv))
    assert len(ledger.documents(as_known_on=day("2022-09-09"))) == 1
    assert ledger.documents()[0].recorded_at.utcoffset() == dt.timedelta(0)


FILTERS: list[tuple[dict[str, object], list[str]]] = [
    ({}, ["Brod", "Its"]),
    ({"places": (11,)}, ["Brod"]),
    ({"places": (13, 11)}, ["Brod", "Its"]),
    ({"places": (90,)}, ["Its"]),
    ({"places": (14,)}, []),
    ({"speaker": "ARMY"}, ["Brod"]),
    ({"speaker": "ГЕНЕРАЛ"}, ["Its"]),
    ({"speaker": "wire_1"}, ["Its"]),
    ({"speaker": "wire%"}, []),
    ({"speaker": "wireX1"}, []),
    ({"kind": "control"}, ["Brod", "Its"]),
    ({"kind": "strike"}, []),
    ({"side": "AA"}, ["Brod", "Its"]),
    ({"side": "BB"}, []),
    ({"since": day("2022-09-09")}, ["Brod"]),
    ({"until": day("2022-09-08")}, ["Its"]),
    ({"since": day("2022-09-08"), "until": day("2022-09-09")}, ["Brod", "Its"]),
    ({"since": day("2022-09-10")}, []),
    ({"places": (11, 12), "until": day("2022-09-08")}, ["Its"]),
    ({"limit": 1}, ["Brod"]),
    ({"limit": 1, "offset": 1}, ["Its"]),
    ({"offset": 1}, ["Its"]),
    ({"offset": 2}, []),
]


def test_filters(ledger: Ledger) -> None:
    text, reading = sample()
    ledger.add(text, b"raw", reading, NOON)
    for wanted, found in FILTERS:
        assert quotes(ledger, **wanted) == found, wanted


def test_an_open_end_of_a_time_reaches_as_far_as_it_can(ledger: Ledger) -> None:
    text = document()
    since = claim(text, "Brod", time=period("2022-09-05", None))
    until = claim(text, "Its", 1, time=period(None, "2022-09-05"))
    ledger.add(text, b"raw", Reading(text.id, "rules 1", (since, until)), NOON)
    assert quotes(ledger, since=day("2031-01-01")) == ["Brod"]
    assert quotes(ledger, until=day("1991-01-01")) == ["Its"]
    assert quotes(ledger, since=day("2022-09-05"), until=day("2022-09-05")) == ["Brod", "Its"]


def test_a_claim_without_any_day_is_left_out_where_days_are_asked_for(ledger: Ledger) -> None:
    text = document(published="2022-09")
    ledger.add(text, b"raw", Reading(text.id, "rules 1", (claim(text, "Brod"),)), NOON)
    assert quotes(ledger) == ["Brod"]
    assert quotes(ledger, since=day("1991-01-01")) == []


def test_the_claims_of_one_document(ledger: Ledger) -> None:
    text, reading = sample()
    other = document("Brod holds out.", key="other")
    ledger.add(text, b"raw", reading, NOON)
    ledger.add(other, b"raw", Reading(other.id, "rules 1", (claim(other, "Brod holds out"),)), NOON)
    assert len(quotes(ledger, document=other.id[:10])) == 1
    assert len(quotes(ledger, document=text.id)) == 2
    with pytest.raises(LedgerError, match="no document"):
        ledger.claims(ClaimFilter(document="nowhere"))


def test_a_prefix_must_name_one_thing(ledger: Ledger) -> None:
    for n, key in enumerate(("aa1", "aa2", "ab", "aa")):
        text = document(f"Text {n}.", key=key)
        text = type(text)(id=key, key=key, text=text.text)
        ledger.add(text, b"raw", Reading(key, "rules 1"), NOON)
    assert ledger.document("ab").document.key == "ab"
    assert ledger.document("aa").document.key == "aa", "a whole id wins over a prefix"
    for wrong in ("a", "", "%", "zz"):
        with pytest.raises(LedgerError, match="document"):
            ledger.document(wrong)
    with pytest.raises(LedgerError, match="no claim 'zz'"):
        ledger.claim("zz")


def test_refusals_are_kept_with_their_reasons(ledger: Ledger) -> None:
    ledger.refuse(Refusal("a.html", "a picture"), NOON)
    ledger.refuse(Refusal("b.html", "empty"), NOON + dt.timedelta(hours=1))
    assert ledger.refusals() == [
        (Refusal("a.html", "a picture"), NOON),
        (Refusal("b.html", "empty"), NOON + dt.timedelta(hours=1)),
    ]
    assert ledger.verify().entries == 2


def test_what_could_never_be_proved_is_not_taken(ledger: Ledger) -> None:
    text, reading = sample()
    first = reading.claims[0]
    wrong = type(first)(id="x", document=text.id, quote="Brod is lost", spans=first.spans, kind="control")
    elsewhere = type(first)(id="x", document="y", quote=first.quote, spans=first.spans, kind="control")
    refused = [
        (text, Reading("another", "rules 1"), "another document"),
        (text, Reading(text.id, "rules 1", (elsewhere,)), "another document"),
        (text, Reading(text.id, "rules 1", (wrong,)), "not at its place"),
        (document(raw_sha256="0" * 64), reading, "not those that the document names"),
        (document(title="half a \ud83d"), reading, "cannot be kept"),
    ]
    for of, by, reason in refused:
        with pytest.raises(LedgerError, match=reason):
            ledger.add(of, b"raw", by, NOON)
    with pytest.raises(LedgerError, match="time zone"):
        ledger.add(text, b"raw", reading, dt.datetime(2022, 9, 9))
    assert ledger.documents() == []
    assert ledger.verify().entries == 0
