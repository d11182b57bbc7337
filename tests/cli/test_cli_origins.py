"""`oskil propositions` and `oskil origins`: who says what alike, whose word it is, how it came from there."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cli_example import Oskil
from cli_handmade import BALAKLIYA, days, quoting

from oskil.ledger.amendment import Amendment
from oskil.ledger.store import open_ledger
from oskil.records import Document, Reading

GOLDEN = Path(__file__).parent / "golden_origins"
NOON = dt.datetime(2022, 9, 10, 12, tzinfo=dt.UTC)
STAFF = "Ukrainian forces have retaken Balakliya, the General Staff said on Thursday."
SEEN = (
    "A reporter of ours crossed the bridge into Balakliya on Thursday and saw no Russian soldier in the "
    "streets, while a Ukrainian flag flew from the council building."
)
HELD = "a Ukrainian flag flew from the council building"


def telling(outlet: str, at: str, text: str, words: str, **fields: Any) -> tuple[Document, Reading]:
    """A document with one claim: that Ukraine holds Balakliya."""
    given = {name: fields.pop(name) for name in ("forwarded_from", "credits") if name in fields}
    identity = hashlib.sha256(f"{outlet} {at}".encode()).hexdigest()
    document = Document(id=identity, key=outlet, text=text, outlet=outlet, published=at, **given)
    made = quoting(
        document,
        words,
        "control",
        places=(BALAKLIYA,),
        holder="UA",
        time=days("2022-09-08", "2022-09-08"),
        **fields,
    )
    # Of two states of a text each has claims of its own.
    return document, Reading(document.id, "by hand", (replace(made, id=identity[::-1]),))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven outlets that say one thing, and two origins."""
    retaken = "Ukrainian forces have retaken Balakliya"
    quoted = {"speaker": "General Staff", "side": "UA"}
    told = [
        telling("Courier", "2022-09-08T09:00:00+00:00", STAFF, retaken, **quoted),
        telling(
            "Radio",
            "2022-09-08T10:00:00+00:00",
            f"As Wire has it: {STAFF}",
            retaken,
            relays=("Wire",),
            **quoted,
        ),
        telling(
            "Portal",
            "2022-09-08T11:00:00+00:00",
            f"{STAFF} Details follow.",
            retaken,
            relays=("Wire",),
            **quoted,
        ),
        telling("Herald", "2022-09-08T12:00:00+00:00", SEEN, HELD),
        telling("Mirror", "2022-09-08T13:00:00+00:00", f"By our staff. {SEEN}", HELD),
        telling(
            "Echo",
            "2022-09-08T14:00:00+00:00",
            "Our flag \x1b[31mflies\x1b[0m there.",
            "Our flag",
            forwarded_from="Herald",
        ),
        telling("Late", "2022-09-08", "The town is ours.", "The town is ours", credits=("Herald",)),
    ]
    path = tmp_path_factory.mktemp("origins") / "ledger.db"
    with open_ledger(path) as store:
        for document, reading in told:
            store.add(document, document.text.encode(), reading, NOON)
        edited, reading = telling(
            "Herald",
            "2022-09-08T18:00:00+00:00",
            SEEN.replace("council building", "town hall"),
            HELD[:-16] + "town hall",
        )
        store.add(edited, edited.text.encode(), reading, NOON + dt.timedelta(hours=1))
    return path


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("origins", ("origins", "Balakliya")),
        ("origins-dot", ("origins", "Balakliya", "--format", "dot")),
        ("origins-mermaid", ("origins", "Balakliya", "--format", "mermaid")),
        ("propositions", ("propositions",)),
    ],
)
def test_what_is_drawn(name: str, arguments: tuple[str, ...], ledger: Path, oskil: Oskil) -> None:
    done = oskil(*arguments, "--ledger", ledger)
    assert (done.code, done.err) == (0, "")
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("OSKIL_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(done.out, encoding="utf-8")
    assert done.out == kept.read_text(encoding="utf-8")


def test_the_copied_words_are_shown_in_both_texts(ledger: Path, oskil: Oskil) -> None:
    (found,) = json.loads(oskil("origins", "Balakliya", "--ledger", ledger, "--format", "json").out)
    assert found["summary"] == "7 outlets, 2 origins: General Staff of the Armed Forces of Ukraine, Herald"
    wording = [edge for edge in found["edges"] if edge["reason"] == "wording" and edge["name"] == "Herald"]
    (copied,) = [edge for edge in wording if edge["evidence"]]
    assert copied["evidence"][0]["text"] == SEEN.rstrip(".") == copied["found"][0]["text"]
    assert [event["what"] for event in found["timeline"]].count("reworded in an edit") == 1


def test_a_claim_by_its_id_and_a_place_by_its_number(ledger: Path, oskil: Oskil) -> None:
    (line,) = oskil("origins", str(BALAKLIYA), "--ledger", ledger, "--format", "jsonl").out.splitlines()
    claim = json.loads(line)["claims"][-1]
    again = oskil("origins", claim[:10], "--ledger", ledger, "--format", "jsonl").out
    assert json.loads(again)["id"] == json.loads(line)["id"]


def test_filters_choose_and_everybody_is_counted(ledger: Path, oskil: Oskil) -> None:
    found = json.loads(
        oskil(
            "propositions", "--speaker", "staff", "--side", "UA", "--ledger", ledger, "--format", "json"
        ).out
    )
    assert [len(p["outlets"]) for p in found] == [7]
    assert oskil("propositions", "--speaker", "nobody", "--ledger", ledger).out == ""


def test_what_cannot_both_be_true_is_said_with_the_reason(example: Path, oskil: Oskil) -> None:
    found = [
        json.loads(line)
        for line in oskil("origins", "Balakliya", "--ledger", example, "-f", "jsonl").out.splitlines()
    ]
    by_holder = {p["holder"]: p for p in found if p["kind"] == "control"}
    (pair,) = by_holder["UA"]["contradicts"]
    assert pair["proposition"] == by_holder["RU"]["id"]
    assert "UA holds it" in pair["reason"] and "RU holds it" in pair["reason"]
    drawn = " ".join(oskil("origins", "Balakliya", "--ledger", example).out.split())
    assert f"({by_holder['RU']['claims'][0][:8]}): {pair['reason']}" in drawn


def test_what_is_withdrawn_counts_no_longer_and_stands_on_the_line_of_time(
    tmp_path: Path, oskil: Oskil
) -> None:
    path = tmp_path / "ledger.db"
    told = [
        telling(name, f"2022-09-0{day}", SEEN[n:], HELD) for n, (name, day) in enumerate((("A", 8), ("B", 9)))
    ]
    with open_ledger(path) as store:
        for document, reading in told:
            store.add(document, document.text.encode(), reading, NOON)
        document, reading = told[1]
        (claim,) = reading.claims
        store.amend(
            Amendment(
                action="withdrawal",
                noun="claim",
                target=claim.id,
                document=document.id,
                reason="misread",
                by="desk",
            ),
            NOON + dt.timedelta(days=1),
        )
    (found,) = json.loads(oskil("origins", told[0][1].claims[0].id, "--ledger", path, "-f", "json").out)
    assert found["summary"] == "1 outlet, 1 origin: A"
    assert [(e["what"], e["note"]) for e in found["timeline"]][-1] == ("withdrawn", "misread (desk)")


def test_limits_and_repeats(ledger: Path, example: Path, oskil: Oskil) -> None:
    everything = oskil("propositions", "--ledger", example, "--format", "jsonl").out.splitlines()
    repeated = oskil("propositions", "--repeated", "--ledger", example, "--format", "jsonl").out.splitlines()
    assert 0 < len(repeated) < len(everything)
    assert all(len(json.loads(line)["outlets"]) > 1 for line in repeated)
    assert (
        len(oskil("propositions", "--limit", 2, "--ledger", example, "--format", "jsonl").out.splitlines())
        == 2
    )
    listed = oskil("propositions", "--ledger", example, "--format", "csv").out.splitlines()
    assert listed[0].startswith("id,kind,polarity")


def test_nothing_of_a_text_steers_the_terminal(ledger: Path, oskil: Oskil) -> None:
    for form in ("tree", "dot", "mermaid", "json"):
        assert "\x1b" not in oskil("origins", "Balakliya", "--ledger", ledger, "--format", form).out


def test_what_cannot_be_found_is_one_clear_line(ledger: Path, oskil: Oskil) -> None:
    unknown = oskil("origins", "Nowhereville", "--ledger", ledger)
    assert unknown.code == 3
    assert re.fullmatch(r"oskil: Nowhereville: .*no place of this name.*\n", unknown.err)
    alone = oskil("origins", "Izium", "--ledger", ledger)
    assert alone.out == "The ledger has nothing of it that two outlets have published.\n"
    missing = oskil("origins", "Balakliya", "--ledger", ledger.with_name("none.db"))
    assert missing.code == 4
    assert missing.err.count("\n") == 1
