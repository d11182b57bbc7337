"""Exports, lists and watching as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from oskil.cli.app import app

FIXTURES = Path(__file__).parents[1] / "sources" / "fixtures"
runner = CliRunner()


@pytest.fixture
def ledger(tmp_path: Path) -> list[str]:
    return ["--ledger", str(tmp_path / "ledger.db")]


def test_a_table_is_read_into_the_ledger_and_again_adds_nothing(ledger: list[str]) -> None:
    command = ["read", str(FIXTURES / "losses.csv"), "--outlet", "Oryx", "--format", "jsonl", *ledger]
    first = [json.loads(line) for line in runner.invoke(app, command).stdout.splitlines()]
    assert [(o["status"], o["claims"]) for o in first] == [("new", 1)] * 3
    again = [json.loads(line) for line in runner.invoke(app, command).stdout.splitlines()]
    assert [(o["status"], o["claims"]) for o in again] == [("known", 0)] * 3
    listed = runner.invoke(app, ["claims", "--kind", "losses", "--format", "jsonl", *ledger])
    assert len(listed.stdout.splitlines()) == 3


def test_of_an_export_that_breaks_off_what_came_before_is_stored(tmp_path: Path, ledger: list[str]) -> None:
    whole = (FIXTURES / "losses.csv").read_text()
    bad = tmp_path / "oryx.csv"
    bad.write_text(whole.replace("2021-05-04", "9999-05-04"))
    refused = runner.invoke(app, ["read", str(bad), *ledger])
    assert refused.exit_code == 3
    assert "line 4: the year 9999" in refused.stderr
    cut = tmp_path / "result.json"
    text = (FIXTURES / "telegram" / "result.json").read_text()
    cut.write_text(text[: text.index('"poll"')])
    found = runner.invoke(app, ["read", str(cut), "--format", "jsonl", *ledger])
    outcomes = [json.loads(line) for line in found.stdout.splitlines()]
    assert found.exit_code == 3
    assert [o["status"] for o in outcomes] == ["new", "new", "refused"]
    assert "cut short" in outcomes[-1]["reason"]


def test_a_column_map_is_named_by_an_option(ledger: list[str]) -> None:
    arguments = [str(FIXTURES / "own.csv"), "--columns", str(FIXTURES / "own-map.yaml")]
    found = runner.invoke(app, ["read", *arguments, "--format", "jsonl", *ledger])
    assert [json.loads(line)["status"] for line in found.stdout.splitlines()] == ["new", "new"]


def test_a_list_that_nobody_asked_yet_is_told_so(tmp_path: Path) -> None:
    listed, page = tmp_path / "sources.yaml", tmp_path / "status.html"
    listed.write_text("sources: [{name: Port, url: 'https://port.example/feed'}]")
    told = runner.invoke(app, ["watch", str(listed), "--status", "--page", str(page)])
    assert told.exit_code == 3
    assert "not asked" in told.stdout
    assert "1 of 1 sources is silent" in told.stderr
    assert "never asked" in page.read_text()


def test_a_bad_list_is_one_line(tmp_path: Path) -> None:
    listed = tmp_path / "sources.yaml"
    listed.write_text("sources: [{name: Port}]")
    told = runner.invoke(app, ["watch", str(listed), "--once"])
    assert told.exit_code == 3
    assert told.stderr.count("\n") == 1
    assert f"{listed}, source 1" in told.stderr


def test_a_loss_list_is_counted_and_two_states_of_it_are_compared() -> None:
    before, after = str(FIXTURES / "oryx-1.html"), str(FIXTURES / "oryx-2.html")
    counted = runner.invoke(app, ["losses", before, "--format", "jsonl"])
    rows = [json.loads(line) for line in counted.stdout.splitlines()]
    assert sum(row["count"] for row in rows) == 6
    assert {"side": "RU", "category": "Tanks", "status": "destroyed", "count": 3} in rows
    compared = runner.invoke(app, ["losses", before, after])
    assert "Ural-4320 (Trucks): damaged → Ural-4320 (Trucks): destroyed" in " ".join(compared.stdout.split())
    assert "the page says" in compared.stderr
