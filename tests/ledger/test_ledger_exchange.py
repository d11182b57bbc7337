"""A whole ledger goes out and comes back, from either database into either, with every hash."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_samples import NOON, TEXT, claim, correction, document, sample, withdrawal
from ledger_storeroom import Storeroom

from benchmarks.postgresql import Server
from oskil.errors import InputError, LedgerBroken, LedgerError, OskilError
from oskil.ledger import exchange
from oskil.ledger.store import Ledger, open_ledger
from oskil.records import Reading, Refusal

FORMS = [form.name for form in exchange.forms()]


def fill(ledger: Ledger) -> None:
    text, reading = sample()
    changed = document(TEXT.replace("ours", "lost \N{SNOWMAN}"))
    lost = claim(changed, "Brod is lost")
    ledger.add(text, b"raw \x00 one", reading, NOON)
    ledger.refuse(Refusal("a.html", "empty"), NOON)
    ledger.add(changed, b"raw \x00 one", Reading(changed.id, "rules 1", (lost,)), NOON)
    ledger.add(text, b"", Reading(text.id, "rules 2"), NOON)
    ledger.amend(correction(changed, lost, kind="fighting", places=(11,)), NOON)
    ledger.amend(withdrawal(text), NOON)


@pytest.mark.parametrize("form", FORMS)
def test_out_and_in_again_nothing_is_lost(room: Storeroom, server: Server, tmp_path: Path, form: str) -> None:
    # From one database into the other.
    address = f"{server.address}&schema=in_{form.replace('-', '_')}&raw={tmp_path}/in.raw"
    into = address if room.on_sqlite else tmp_path / "in.db"
    with open_ledger(room.where) as old, open_ledger(into) as new:
        fill(old)
        header = exchange.export(old, exchange.form(form), tmp_path / "out")
        assert exchange.take_in(new, tmp_path / "out") == exchange.Taken(header.entries, header.entries)
        assert list(new.sealed()) == list(old.sealed())
        assert new.verify() == old.verify() and not new.verify().problems
        assert new.claims() == old.claims()
        assert new.documents(latest=False) == old.documents(latest=False)
        assert new.raw(old.documents()[0].document.id) == b"raw \x00 one"
        assert exchange.take_in(new, tmp_path / "out").new == 0
        exchange.export(new, exchange.form(form), tmp_path / "again")
        if form == "ledger-jsonl":
            assert (tmp_path / "again").read_bytes() == (tmp_path / "out").read_bytes()


@pytest.fixture
def out(tmp_path: Path) -> Callable[[str], Path]:
    def write(form: str) -> Path:
        with open_ledger(tmp_path / "from.db") as ledger:
            fill(ledger)
            exchange.export(ledger, exchange.form(form), tmp_path / "out")
        return tmp_path / "out"

    return write


def test_an_import_that_was_broken_off_goes_on(out: Callable[[str], Path], tmp_path: Path) -> None:
    path = out("ledger-jsonl")
    whole = path.read_text()
    path.write_text(whole[: len(whole) * 2 // 3])
    with open_ledger(tmp_path / "in.db") as ledger:
        with pytest.raises(InputError, match="cut off"):
            exchange.take_in(ledger, path)
        before = ledger.head()
        assert before is not None and ledger.verify().problems == ()
        path.write_text(whole)
        taken = exchange.take_in(ledger, path)
        assert 0 < taken.new < taken.entries
        assert ledger.verify().problems == ()


def test_a_ledger_with_another_history_is_left_as_it_is(out: Callable[[str], Path], tmp_path: Path) -> None:
    path = out("ro-crate")
    with open_ledger(tmp_path / "in.db") as ledger:
        other = document("Another.", key="other")
        ledger.add(other, b"x", Reading(other.id, "rules 1"), NOON)
        before = ledger.head()
        with pytest.raises(LedgerError, match="another history"):
            exchange.take_in(ledger, path)
        assert ledger.head() == before


def test_an_export_never_writes_over_anything_and_an_empty_ledger_has_none(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with open_ledger(tmp_path / "ledger.db") as ledger:
        with pytest.raises(LedgerError, match="empty"):
            exchange.export(ledger, exchange.form("ledger-jsonl"), tmp_path / "out")
        fill(ledger)
        for form in exchange.forms():
            with pytest.raises(LedgerError, match="something here"):
                exchange.export(ledger, form, tmp_path / "there")
        for file in (tmp_path / "ledger.db.raw").rglob("*"):
            if file.is_file():
                file.unlink()
        for form in exchange.forms():
            with pytest.raises(LedgerBroken, match="gone"):
                exchange.export(ledger, form, tmp_path / "half")
            assert not (tmp_path / "half").exists()
    assert (tmp_path / "there").read_text() == "mine"


def _change(old: str, new: str) -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return harm


def _drop(start: str) -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        lines = path.read_text().splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) < len(lines)
        path.write_text("".join(kept))

    return harm


HARM: list[tuple[Callable[[Path], None], str]] = [
    (_change("Velin", "Velim"), "what it sealed was changed"),
    (_change('"kind":"refusal"', '"kind":"rumour"'), "its hash is wrong"),
    (_change('"base64":"', '"base64":"AAAA'), "raw bytes do not have the hash"),
    (_change('"base64":"', '"base64":"*'), "line 2 is no entry"),
    (_drop('{"raw"'), "did not come with it"),
    (_drop('{"seq":4'), "does not go on from"),
    (_drop('{"seq":2'), "does not go on from"),
    (lambda path: path.write_text("[]\n"), "not an export of a ledger"),
    (lambda path: path.write_bytes(b"\xff\xfe\x00"), "not an export of a ledger"),
    (lambda path: path.write_text('{"oskil-ledger":99}\n'), "newer Oskil"),
    (lambda path: path.write_text('{"oskil-ledger":1}\n'), "its header lacks"),
    (lambda path: path.write_text('{"oskil-ledger":1,"entries":1,"head":"x"}\n' + "[" * 5000), "line 2"),
    (lambda path: path.write_text('{"oskil-ledger":1,"entries":1,"head":"x"}\n{"seq":"a"}\n'), "no entry"),
    (lambda path: path.unlink(), "nothing here"),
]  # fmt: skip


@pytest.mark.parametrize(("harm", "said"), HARM)
def test_a_harmed_export_is_told_in_one_line_and_the_ledger_stays_whole(
    out: Callable[[str], Path], tmp_path: Path, harm: Callable[[Path], None], said: str
) -> None:
    path = out("ledger-jsonl")
    harm(path)
    with open_ledger(tmp_path / "in.db") as ledger:
        with pytest.raises(OskilError, match=said) as caught:
            exchange.take_in(ledger, path)
        assert "\n" not in str(caught.value)
        assert ledger.verify().problems == ()


def test_a_harmed_crate_or_table_is_told_in_one_line(out: Callable[[str], Path], tmp_path: Path) -> None:
    path = out("ro-crate")
    data = path.read_bytes()
    with open_ledger(tmp_path / "in.db") as ledger:
        for cut in (10, len(data) // 2, len(data) - 10):
            path.write_bytes(data[:cut])
            with pytest.raises(OskilError) as caught:
                exchange.take_in(ledger, path)
            assert "\n" not in str(caught.value)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
            bomb.writestr("ledger.jsonl", b" " * 30_000_000)
        with pytest.raises(InputError, match="swells beyond measure"):
            exchange.take_in(ledger, path)
        tables = tmp_path / "tables"
        tables.mkdir()
        (tables / "entries.parquet").write_bytes(b"PAR1")
        with pytest.raises(InputError, match="Parquet"):
            exchange.take_in(ledger, tables)
        assert ledger.head() is None


def test_a_crate_says_what_it_is(out: Callable[[str], Path]) -> None:
    with zipfile.ZipFile(out("ro-crate")) as crate:
        described = json.loads(crate.read("ro-crate-metadata.json"))
        names = set(crate.namelist())
    graph = {entity["@id"]: entity for entity in described["@graph"]}
    assert described["@context"] == "https://w3id.org/ro/crate/1.1/context"
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    parts = {part["@id"] for part in graph["./"]["hasPart"]}
    assert parts | {"ro-crate-metadata.json"} == names and parts <= graph.keys()


def test_tables_of_claims_are_read_by_others(out: Callable[[str], Path]) -> None:
    import pyarrow.parquet as pq

    rows = pq.read_table(out("ledger-parquet") / "claims.parquet").to_pylist()
    assert [row["quote"].split()[0] for row in rows] == ["Brod", "Its", "Brod"]
    assert rows[1]["places"] == [12, 13] and rows[1]["first_day"] == "2022-09-08"
