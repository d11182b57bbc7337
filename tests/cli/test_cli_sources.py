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


def read(ledger: list[str], *targets: Path | str) -> list[tuple[str, int, str]]:
    command = ["read", *map(str, targets), "--format", "jsonl", *ledger]
    found = [json.loads(line) for line in runner.invoke(app, command).stdout.splitlines()]
    return [(o["status"], o["claims"], o["title"]) for o in found]


CHANGED = "Oryx: changes in the list of losses of Russia (RU) by 4 May 2021"


def test_what_changed_on_a_loss_list_is_a_record_of_its_own(ledger: list[str]) -> None:
    pages = FIXTURES / "oryx-1.html", FIXTURES / "oryx-2.html"
    assert [status for status, *_ in read(ledger, pages[0])] == ["new"]
    assert read(ledger, pages[1])[1:] == [("new", 3, CHANGED)]
    assert read(ledger, pages[1])[1:] == [("known", 0, CHANGED)]
    listed = runner.invoke(app, ["claims", "--kind", "losses", "--format", "jsonl", *ledger])
    claims = [json.loads(line) for line in listed.stdout.splitlines()]
    of_changes = [one for one in claims if one["quote"].startswith(("Removed", "Recategorised", "Added"))]
    assert [(one["quote"], one["polarity"]) for one in of_changes] == [
        ("Removed: 1 Ural-4320 (Trucks) of Russia (RU): destroyed. https://pictures.example/5.jpg", "denied"),
        (
            "Recategorised: 1 Ural-4320 (Trucks) of Russia (RU): destroyed, was damaged. "
            "https://pictures.example/4.jpg",
            "affirmed",
        ),
        ("Added: 1 T-90M (Tanks) of Russia (RU): destroyed. https://pictures.example/6.jpg", "affirmed"),
    ]
    assert runner.invoke(app, ["verify", *ledger]).exit_code == 0


def test_a_page_that_is_read_late_finds_its_place(ledger: list[str]) -> None:
    later = FIXTURES / "oryx-2.html"
    assert [status for status, *_ in read(ledger, later)] == ["new"]
    assert read(ledger, FIXTURES / "oryx-1.html")[1:] == [("new", 3, CHANGED)]


def test_a_table_that_leaves_out_a_day_is_told_apart_from_the_one_before(
    tmp_path: Path, ledger: list[str]
) -> None:
    whole, less = tmp_path / "oryx-whole.csv", tmp_path / "oryx-less.csv"
    rows = (FIXTURES / "losses.csv").read_text().splitlines()
    later = "Russia,Russia,T-80BV,destroyed,https://pictures.example/9.jpg,2021-05-06,7-9"
    whole.write_text("\n".join([*rows, later]))
    less.write_text("\n".join([*(row for row in rows if "T-90M" not in row), later]))
    assert [status for status, *_ in read(ledger, whole)] == ["new"] * 4
    *known, changed = read(ledger, less)
    assert {status for status, *_ in known} == {"known"}
    assert changed == ("new", 1, CHANGED.replace("4 May", "6 May"))
    assert read(ledger, less)[-1][0] == "known"
    # The older one again changes nothing.
    assert {status for status, *_ in read(ledger, whole)} == {"known"}


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


def test_a_place_on_the_control_maps_is_worked_out_and_never_a_claim(
    tmp_path: Path, ledger: list[str]
) -> None:
    def drawn(day: str, status: str) -> Path:
        ring = [[36.0, 49.0], [38.0, 49.0], [38.0, 50.5], [36.0, 50.5], [36.0, 49.0]]
        feature = {
            "type": "Feature",
            "properties": {"holder": status},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        path = tmp_path / f"{day}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
        return path

    maps = drawn("2022-09-01", "Russia"), drawn("2022-09-05", "Russia"), drawn("2022-09-10", "Ukraine")
    runner.invoke(app, ["read", *map(str, maps), "--outlet", "Our desk", *ledger])
    told = runner.invoke(app, ["place", "Kupiansk", "--maps", *ledger])
    assert "2022-09-01 to 2022-09-05: held by RU, assessed by Our desk (2 maps)" in told.stdout
    assert "2022-09-10: held by UA, assessed by Our desk (1 map)" in told.stdout
    asked = ["place", "Lviv", "--maps", "--format", "json", *ledger]
    found = json.loads(runner.invoke(app, asked).stdout)
    assert [(one["holder"], one["contested"], one["maps"]) for one in found["on_maps"]] == [(None, False, 3)]
    assert found["claims"] == []
    plain = runner.invoke(app, ["place", "Kupiansk", "--format", "json", *ledger])
    assert "on_maps" not in json.loads(plain.stdout)


def test_a_page_of_losses_without_a_day_takes_a_stated_one(tmp_path: Path) -> None:
    page = tmp_path / "losses.html"
    page.write_text(
        "<html><head><title>Documenting Russian Equipment Losses - Oryx</title></head><body>"
        "<h3>Tanks (1, of which destroyed: 1)</h3>"
        '<ul><li>1 T-72B: <a href="https://i.example/1.png">(1, destroyed)</a></li></ul></body></html>'
    )
    refused = runner.invoke(app, ["losses", str(page)])
    assert (refused.exit_code, "say so with --published" in refused.stderr) == (3, True)
    counted = runner.invoke(app, ["losses", str(page), "--published", "2022-09-08"])
    assert counted.exit_code == 0 and "RU      Tanks     destroyed" in counted.stdout


def test_losses_are_lost_by_a_side_and_not_held_by_it(tmp_path: Path) -> None:
    table, ledger = tmp_path / "oryx.csv", ["--ledger", str(tmp_path / "l.db")]
    table.write_text("country,system,status,date_recorded\nRussia,T-72B,captured,2022-09-08\n")
    assert runner.invoke(app, ["read", str(table), *ledger]).exit_code == 0
    for command in ("claims", "propositions"):
        shown = runner.invoke(app, [command, *ledger]).stdout
        assert "lost by RU; 1 item" in shown and "held by" not in shown
