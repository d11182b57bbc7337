"""Corrections and withdrawals: the old stays, what stands is shown, and each time has its own answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_samples import NOON, TEXT, claim, correction, day, document, sample, withdrawal

from oskil.errors import LedgerError
from oskil.ledger.amendment import Amendment
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.store import Ledger, open_ledger
from oskil.records import Reading

DAY = dt.timedelta(days=1)


@pytest.fixture
def ledger(where: str | Path) -> Iterator[Ledger]:
    text, reading = sample()
    with open_ledger(where) as opened:
        opened.add(text, b"raw", reading, NOON)
        yield opened


def kinds(ledger: Ledger, **wanted: object) -> list[str]:
    return [stored.claim.kind for stored in ledger.claims(ClaimFilter(**wanted))]  # type: ignore[arg-type]


def test_a_corrected_claim_is_found_by_what_is_right(ledger: Ledger) -> None:
    text, reading = sample()
    first = reading.claims[0]
    ledger.amend(correction(text, first, kind="strike", places=(77,), speaker="Marta"), NOON + DAY)
    assert kinds(ledger) == ["control", "strike"]
    assert kinds(ledger, places=(11,)) == []
    (right,) = ledger.claims(ClaimFilter(places=(77,), speaker="marta", kind="strike"))
    assert (right.corrected, right.latest, right.recorded_at) == (True, True, NOON + DAY)
    assert ledger.claim(first.id).claim.kind == "strike"
    assert {c.kind for c in ledger.reading(text.id).claims} == {"control", "strike"}
    everything = ledger.claims(ClaimFilter(latest=False))
    assert [(s.claim.kind, s.latest) for s in everything] == [
        ("control", False), ("control", True), ("strike", True),
    ]  # fmt: skip
    assert ledger.verify().problems == ()


def test_a_correction_outlives_a_better_reader_and_can_be_corrected(ledger: Ledger) -> None:
    text, reading = sample()
    first = reading.claims[0]
    ledger.amend(correction(text, first, kind="strike"), NOON)
    ledger.add(text, b"raw", replace(reading, reader="rules 2"), NOON)
    assert sorted(kinds(ledger)) == ["control", "strike"]
    ledger.add(text, b"raw", Reading(text.id, "rules 4"), NOON)
    assert kinds(ledger) == ["strike"]
    assert [c.kind for c in ledger.reading(text.id).claims] == ["strike"]
    ledger.amend(correction(text, first, kind="harm"), NOON)
    assert kinds(ledger) == ["harm"]


def test_a_withdrawn_claim_is_passed_over_and_a_correction_brings_it_back(ledger: Ledger) -> None:
    text, reading = sample()
    first = reading.claims[0]
    ledger.amend(withdrawal(text, first), NOON + DAY)
    assert kinds(ledger) == ["control"]
    assert [c.id for c in ledger.reading(text.id).claims] == [reading.claims[1].id]
    assert len(ledger.as_known_on(day("2022-09-09")).claims()) == 2
    ledger.amend(correction(text, first, kind="strike"), NOON + 2 * DAY)
    assert kinds(ledger) == ["control", "strike"]
    assert kinds(ledger.as_known_on(day("2022-09-10"))) == ["control"]


def test_a_withdrawn_document_takes_its_claims_along_until_it_is_revised(ledger: Ledger) -> None:
    text, _ = sample()
    ledger.amend(withdrawal(text), NOON + DAY)
    assert (ledger.documents(), ledger.claims()) == ([], [])
    (kept,) = ledger.documents(latest=False)
    assert (kept.withdrawn, kept.document) == (True, text)
    assert [s.amendment.reason for s in ledger.amendments(text.id)] == ["The outlet took it back."]
    then = ledger.as_known_on(day("2022-09-09"))
    assert (len(then.documents()), len(then.claims()), then.amendments()) == (1, 2, [])
    anew = document(TEXT + " So it is.")
    ledger.add(anew, b"raw 2", Reading(anew.id, "rules 1", (claim(anew, "Brod is ours"),)), NOON + DAY)
    assert [s.document for s in ledger.documents()] == [anew]
    assert len(ledger.claims()) == 1


def test_what_is_said_about_a_document_can_be_corrected_and_its_text_cannot(ledger: Ledger) -> None:
    text, _ = sample()
    right = {"outlet": "Gazette", "published": "2022-09-08"}
    base = Amendment(
        action="correction", noun="document", target=text.id, document=text.id, reason="Misread.", by="Desk"
    )
    ledger.amend(replace(base, fields=right), NOON + DAY)
    (shown,) = ledger.documents()
    assert (shown.corrected, shown.document) == (True, replace(text, **right))
    assert ledger.as_known_on(day("2022-09-09")).documents()[0].document == text
    assert ledger.verify().problems == ()
    with pytest.raises(LedgerError, match="text cannot be corrected"):
        ledger.amend(replace(base, fields={"text": "Something else."}), NOON)


def test_a_view_of_the_past_answers_everything_from_then(ledger: Ledger) -> None:
    text, _ = sample()
    changed = document(TEXT.replace("ours", "lost"))
    ledger.add(changed, b"2", Reading(changed.id, "rules 1", (claim(changed, "Brod"),)), NOON + DAY)
    then = ledger.as_known_on(day("2022-09-09"))
    assert [s.document for s in then.revisions(text.id)] == [text]
    assert [s.revision for s in ledger.revisions(text.id)] == [1, 2]
    assert then.document(text.id).latest and not ledger.document(text.id).latest
    assert ledger.documents_of([text.id, changed.id, "nowhere"]).keys() == {text.id, changed.id}
    assert then.readers_of([text.id, changed.id]) == {text.id: "rules 1"}
    head = then.head()
    assert head is not None and head.seq == 3 and ledger.log(3)[0].document == changed.id
    assert then.as_known_on(day("2030-01-01")).day == day("2022-09-09")
    with pytest.raises(LedgerError, match="no document .* by the end of 2022-09-09"):
        then.document(changed.id)
    with pytest.raises(LedgerError, match="cannot be written"):
        then.amend(withdrawal(text), NOON)


def test_what_does_not_fit_is_refused_and_leaves_no_entry(ledger: Ledger) -> None:
    text, reading = sample()
    first = reading.claims[0]
    good = correction(text, first, kind="strike")
    other = document("Another text.", key="other")
    ledger.add(other, b"3", Reading(other.id, "rules 1"), NOON)
    before = ledger.head()
    refused = [
        (replace(good, reason=" "), "a reason and who"),
        (replace(good, by=""), "a reason and who"),
        (replace(good, claim=None), "needs the corrected claim"),
        (replace(good, claim=replace(first, quote="Brod is lost")), "quotation is at its place"),
        (replace(good, claim=replace(first, id="else")), "keeps its id"),
        (replace(good, target="nowhere"), "no claim 'nowhere'"),
        (replace(good, document=other.id), "no claim"),
        (withdrawal(document("Never read.")), "no document"),
        (replace(withdrawal(text), target=other.id), "another document"),
    ]
    for amendment, reason in refused:
        with pytest.raises(LedgerError, match=reason):
            ledger.amend(amendment, NOON)
    assert ledger.head() == before


def test_pages_of_a_long_listing_follow_one_another(ledger: Ledger) -> None:
    text = document("Brod. " * 60, key="long")
    found = tuple(claim(text, "Brod.", n, kind="strike") for n in range(50))
    ledger.add(text, b"4", Reading(text.id, "rules 1", found), NOON)
    listed, after = [], 0
    while page := ledger.claims(ClaimFilter(kind="strike", limit=7, after=after)):
        listed += [stored.claim.id for stored in page]
        after = page[-1].number
    assert listed == [one.id for one in found]


def test_of_many_documents_those_before_a_fault_stay(ledger: Ledger) -> None:
    def read() -> Iterator[tuple[object, bytes, Reading]]:
        for n in range(5):
            one = document(f"Text {n}.", key=f"k{n}")
            yield one, b"5", Reading(one.id, "rules 1")
        wrong = document("Wrong.", key="wrong")
        yield wrong, b"5", Reading("another", "rules 1")

    answers = []
    with pytest.raises(LedgerError, match="another document"):
        for added in ledger.add_many(read(), NOON):  # type: ignore[arg-type]
            answers.append(added.status)
    assert answers == ["new"] * 5
    assert len(ledger.documents()) == 6


def test_the_same_text_twice_in_one_batch_is_kept_once(ledger: Ledger) -> None:
    one, two = document("Same.", key="k"), document("Other.", key="k")
    read = [(d, b"6", Reading(d.id, "rules 1")) for d in (one, one, two)]
    assert [a.status for a in ledger.add_many(read, NOON)] == ["new", "known", "revision"]
    assert ledger.verify().problems == ()
