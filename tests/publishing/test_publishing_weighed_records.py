"""Sources, forecasts, propositions, losses, coverage and corrections as the page lists them."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from publishing_handmade import DAY, NOW, FakeLedger, claim, document, ledger
from publishing_weighing import basis, ledger_of, pieces, told

from oskil.publishing import safety, weighed
from oskil.publishing.weighed import Amended, Given, Kept, coverage
from oskil.records import (
    Claim,
    DataSource,
    Document,
    LossEntry,
    LossList,
    Period,
    Quantity,
    Reading,
    Tally,
    TrackRecord,
)

LIST = LossList(
    assessor="Loss Keepers",
    entries=tuple(
        LossEntry(
            id=str(n), side=side, category=kind, item="", status=state, listed=DAY + dt.timedelta(days=day)
        )
        for n, (side, kind, state, day) in enumerate(
            [
                ("BO", "tank", "destroyed", 0),
                ("BO", "tank", "captured", 0),
                ("BO", "truck", "destroyed", 1),
                ("BO", "truck", "destroyed", -9),
                ("AR", "tank", "damaged", 0),
            ]
        )
    ),
    source=DataSource("Loss Keepers loss list", "1", "cd" * 32),
)
CALM = [told(("AR", "AR", 1), ("BO", "BO", 5), day=DAY + dt.timedelta(days=n)) for n in range(12)]


def texts(*made: tuple[Document, list[Claim]]) -> FakeLedger:
    return ledger_of(*((text, Reading(text.id, "handmade 1", tuple(claims))) for text, claims in made))


def test_a_track_record_leads_to_its_claims() -> None:
    made = basis(ledger_of(*CALM))
    record = weighed.weigh(made).tracks[0]
    found = weighed.pieces(made, weighed.weigh(made))["sources"]
    assert {one["name"] for one in found} == {"Army of AR", "Army of BO"}
    first = next(one for one in found if one["name"] == record.source)
    assert first["states"]["of"] == record.states.cases
    assert first["states"]["share"] == pytest.approx(record.states.true / record.states.cases, abs=1e-3)
    assert first["gains"] is None
    ((what, numbers),) = first["cases"]
    assert what == "state, true"
    assert {made.claims[n].speaker for n in numbers} == {record.source}


def test_a_private_source_has_a_label_and_a_text_without_outlet_no_folder() -> None:
    nothing = Tally(true=0.0, cases=0, low=0.0, high=1.0)
    empty = dict.fromkeys(("gains", "losses", "denials", "states", "others"), nothing)
    admits = Tally(true=1.0, cases=3, low=0.1, high=0.7)

    def track(name: str) -> TrackRecord:
        return TrackRecord(source=name, side=None, role=None, claims=1, admits=admits, delay=None, **empty)

    found = weighed.pieces(
        basis(ledger()), weighed.Weighed(tracks=(track("QuietHeron77"), track("/home/mira/secret/note.txt")))
    )["sources"]
    assert [one["name"] for one in found] == ["private account 1", "note.txt"]
    assert [one["silent"] for one in found] == [2, 2]


def test_a_forecast_is_open_at_the_end_of_the_record_however_old_that_is() -> None:
    text = document("Varnik will be ours within weeks, said Ganz.", "soon", published=DAY.isoformat())
    words = claim(
        text,
        "Varnik will be ours within weeks",
        "forecast",
        speaker="Viktor Ganz",
        side="BO",
        holder="BO",
        places=(1,),
    )
    later = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    (found,) = pieces(texts((text, [words])), now=later)["forecasts"]
    assert found["outcome"] == "open"
    assert found["claim"]["quote"] == "Varnik will be ours within weeks"
    assert found["evidence"] == []


def several(*, against: bool = False) -> FakeLedger:
    """Three outlets that pass on one general; and a private account that says otherwise."""
    made = []
    for number in range(3):
        text = document(
            f"Outlet {number} hears that Arden holds Varnik.",
            f"p{number}",
            outlet=f"Paper {number}",
            published=DAY.isoformat(),
        )
        words = claim(
            text,
            "Arden holds Varnik",
            "control",
            speaker="Olek Gromm",
            side="AR",
            holder="AR",
            places=(1,),
            time=Period(DAY, DAY),
        )
        made.append((text, [words]))
    if against:
        text = document(
            "Bork holds Varnik, wrote @QuietHeron77.", "q", outlet="Post", published=DAY.isoformat()
        )
        made.append(
            (
                text,
                [
                    claim(
                        text,
                        "Bork holds Varnik",
                        "control",
                        speaker="QuietHeron77",
                        side="BO",
                        holder="BO",
                        places=(1,),
                        time=Period(DAY, DAY),
                    )
                ],
            )
        )
    return texts(*made)


def test_three_outlets_and_one_origin() -> None:
    (found,) = pieces(several())["propositions-0"]
    assert sorted(found["outlets"]) == ["Paper 0", "Paper 1", "Paper 2"]
    assert [origin["name"] for origin in found["origins"]] == ["Olek Gromm"]
    assert found["summary"] == "3 outlets, 1 origin: Olek Gromm"
    assert found["claims_count"] == len(found["claims"]) == 3
    assert found["period"] == [DAY.isoformat(), DAY.isoformat()]
    assert found["contradicts"] == []


def test_what_contradicts_a_proposition_is_listed_behind_it_by_its_number() -> None:
    made = basis(several(against=True))
    found = weighed.pieces(made, weighed.weigh(made))
    first, second = found["propositions-0"]
    assert (len(first["outlets"]), len(second["outlets"])) == (3, 1)
    assert [n for n, _ in first["contradicts"]] == [1]
    assert [n for n, _ in second["contradicts"]] == [0]
    assert second["summary"] == "1 outlet, 1 origin: private account 1"
    assert "Heron" not in str(found)
    assert weighed.has(found)["propositions"] == {"size": 200, "count": 1, "entries": 2}


def test_claims_know_the_number_of_their_proposition() -> None:
    made = basis(several(against=True))
    claims = [{"number": n, "witnesses": {"outlets": 3}} for n in range(3)] + [
        {"number": 3, "witnesses": None}
    ]
    joined = dict(
        weighed.joined(made, weighed.weigh(made), [("claims-0", claims), ("place-1", {"1": {"day": None}})])
    )
    assert [c["witnesses"] and c["witnesses"]["proposition"] for c in joined["claims-0"]] == [0, 0, 0, None]
    assert joined["place-1"]["1"]["belief"].keys() == {"then", "hindsight"}


def listed(**changed: Any) -> dict[str, Any] | None:
    given = Given(losses=(Kept(LIST),))
    found: dict[str, Any] | None = pieces(ledger_of(*CALM), given=given, **changed).get("losses")
    return found


def test_a_loss_list_is_counted_by_side_day_kind_and_state() -> None:
    found = listed()
    assert found is not None and found["claims"] is None
    arden, bork = found["lists"]
    assert (bork["assessor"], bork["side"], bork["total"], bork["day"]) == ("Loss Keepers", "BO", 4, 1)
    assert bork["by"] == {"destroyed": 3, "captured": 1}
    assert bork["kinds"] == [["tank", [1, 1]], ["truck", [2, 0]]]
    assert (bork["apart"], bork["kinds_count"]) == (["tank", "truck"], 2)
    assert rows(bork["days"], bork["apart"], bork) == [
        [0, "tank", "captured", 1],
        [0, "tank", "destroyed", 1],
        [1, "truck", "destroyed", 1],
    ]
    assert (arden["side"], arden["total"]) == ("AR", 1)


def rows(columns: dict[str, list[int]], kinds: list[str], counted: dict[str, Any]) -> list[list[Any]]:
    """Columns of a list's days as rows, with the words for what is told by number."""
    states = list(counted["by"])
    told = zip(columns["day"], columns["kind"], columns["state"], columns["n"], strict=True)
    return [[day, kinds[kind] if kind >= 0 else None, states[state], n] for day, kind, state, n in told]


def test_thousands_of_kinds_come_in_a_piece_of_their_own() -> None:
    models = [f"Model {n} of a long name" for n in range(5000)]
    entries = tuple(
        LossEntry(
            id=str(n),
            side="BO",
            category=models[n * n % 4999],
            item="",
            status=("destroyed", "captured")[n % 2],
            listed=DAY + dt.timedelta(days=n % 40),
        )
        for n in range(12_000)
    )
    found = pieces(ledger_of(*CALM), given=Given(losses=(Kept(replace(LIST, entries=entries)),)))
    (short,), whole = found["losses"]["lists"], found["losses-0"]
    assert len(json.dumps(found["losses"])) < 20_000 < len(json.dumps(whole))
    assert len(short["kinds"]) == 20 and short["kinds"] == whole["kinds"][:20]
    assert short["kinds_count"] == len(whole["kinds"]) > 2000
    assert len(short["apart"]) == 5
    # Both tell the same days; in short the kinds that are not told apart are one.
    long = rows(whole["days"], [kind for kind, _ in whole["kinds"]], short)
    assert sum(n for *_, n in long) == short["total"] == 12_000
    put_together: Counter[tuple[Any, ...]] = Counter()
    for day, kind, state, n in long:
        put_together[day, kind if kind in short["apart"] else None, state] += n
    assert put_together == {tuple(row[:3]): row[3] for row in rows(short["days"], short["apart"], short)}


def test_entries_younger_than_the_delay_and_of_hidden_documents_are_not_counted() -> None:
    now = dt.datetime(2022, 9, 10, 12, tzinfo=dt.UTC)
    found = listed(options=safety.Safety(delay_hours=24), now=now)
    assert found is not None
    assert [one["total"] for one in found["lists"]] == [1, 3]
    elsewhere = Given(losses=(Kept(LIST, "ab" * 32),))
    assert "losses" not in pieces(ledger_of(*CALM), given=elsewhere)
    text, reading = told(("AR", "AR", 1), raw_sha256="ab" * 32)
    shown = pieces(ledger_of((text, reading)), given=elsewhere)["losses"]
    assert [one["total"] for one in shown["lists"]] == [1, 2]


def test_claimed_losses_stand_apart_with_the_side_that_is_said_to_have_lost() -> None:
    text = document(
        "Gromm: Bork lost 12 tanks. Bork and Arden lost men. Two ships sank.",
        "l",
        published=DAY.isoformat(),
        raw_sha256="ee" * 32,
    )
    tanks = Quantity(value=12, unit="item", start=0, end=2)
    claims = [
        claim(text, "Bork lost 12 tanks", "losses", side="AR", quantities=(tanks,)),
        claim(text, "Bork and Arden lost men", "losses", side="AR"),
        claim(text, "Two ships sank", "losses", side="AR"),
    ]
    here = told(("BO", "BO", 5))
    read = texts((text, claims), (here[0], list(here[1].claims)))
    made = basis(read)
    found = weighed.pieces(made, weighed.Weighed())["losses"]["claims"]
    assert found["claim"] == [0, 1, 2]
    assert found["side"] == ["BO", None, None]
    assert found["value"] == [12, None, None]
    assert found["day"] == [0, 0, 0]
    entries = Given(losses=(Kept(replace(LIST, entries=()), "ee" * 32),))
    assert "losses" not in weighed.pieces(basis(read, given=entries), weighed.Weighed())


def test_silence_is_told_from_calm() -> None:
    days = [0, 1, 2, 9, 10]
    some = [told(("AR", "AR", 1), day=DAY + dt.timedelta(days=n), outlet="Northern Wire") for n in days]
    other = told(("BO", "BO", 5), day=DAY + dt.timedelta(days=17), outlet="BO Post")
    found = pieces(ledger_of(*some, other))["coverage"]
    wire, post = found
    assert (wire["outlet"], wire["side"], wire["documents"], wire["claims"]) == (
        "Northern Wire",
        "independent",
        5,
        5,
    )
    assert (wire["first"], wire["last"], wire["quiet"]) == (0, 10, 7)
    assert wire["runs"] == [[n, 1] for n in days]
    assert wire["gaps"] == [[3, 8]]
    assert (post["side"], post["quiet"], post["gaps"]) == (None, 0, [])


def amended(action: str, document: str, *, whole: bool = True, days: int = 2) -> Amended:
    at = NOW - dt.timedelta(days=days)
    return Amended(action=action, document=document, whole=whole, reason="Mira Tolvan asked for it", at=at)


def test_corrections_are_listed_newest_first_and_their_notes_redacted() -> None:
    made = ledger()
    report = made.stored[1].document.id
    given = Given(amendments=(amended("correction", report, whole=False),))
    first, second = pieces(made, given=given)["corrections"]
    assert (first["what"], first["document"], second["what"]) == ("correction", 1, "revision")
    assert first["title"] == "Arden says it has retaken Varnik"
    assert first["note"] == "[private person 1] asked for it"
    assert second["at"] == "2022-09-15T12:00:00+00:00"


def test_of_a_withdrawn_text_nothing_is_told_but_that_it_was_withdrawn() -> None:
    """Neither are amendments of documents that the delay holds back, nor withdrawals younger than it."""
    gone, held = amended("withdrawal", "gone"), amended("correction", "held")
    fresh = amended("withdrawal", "fresh", days=0)
    delayed = safety.Safety(delay_hours=24)
    found = pieces(ledger_of(*CALM[:3]), given=Given(amendments=(gone, held, fresh)), options=delayed)
    (entry,) = found["corrections"]
    assert entry == {
        "at": "2022-09-18T12:00:00+00:00",
        "what": "withdrawal",
        "document": None,
        "title": "",
        "outlet": None,
        "note": coverage.GONE,
    }
