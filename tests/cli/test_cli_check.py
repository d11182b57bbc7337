"""`oskil check` with a folder of data, by claim and by document, and of a folder that is wrong."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import cli_handmade as handmade
import pytest
from cli_example import Oskil

WEST, EAST = [36.0, 48.5, 36.5, 50.5], [36.5, 48.5, 38.5, 50.5]


def square(box: list[float]) -> dict[str, object]:
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def write_map(folder: Path, day: str, *areas: tuple[str, list[float]]) -> None:
    """A control map of invented squares; Balakliya is at 49.46 N 36.86 E, Kupiansk at 49.71 N 37.62 E."""
    features = [
        {"type": "Feature", "properties": {"status": status, "date": day}, "geometry": square(box)}
        for status, box in areas
    ]
    body = json.dumps({"type": "FeatureCollection", "name": f"deepstate {day}", "features": features})
    (folder / f"deepstate-{day}.geojson.gz").write_bytes(gzip.compress(body.encode()))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "any" / "arrangement"
    folder.mkdir(parents=True)
    write_map(folder, "2022-09-01", ("occupied", EAST))
    write_map(folder, "2022-09-07", ("occupied", EAST), ("liberated", WEST))
    write_map(
        folder, "2022-09-08", ("occupied", [37.0, 48.5, 38.5, 50.5]), ("liberated", [36.0, 48.5, 37.0, 50.5])
    )
    river = {
        "type": "Feature",
        "properties": {"name": "Oskil"},
        "geometry": {"type": "LineString", "coordinates": [[37.6, 49], [37.6, 50]]},
    }
    (folder / "rivers.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [river]}))
    (folder / "notes.csv").write_text("a,b\n1,2\n")
    return tmp_path / "any"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    handmade.fill(path)
    return path


def found(oskil: Oskil, *arguments: object) -> list[dict[str, object]]:
    done = oskil("check", *arguments, "--format", "json")
    assert done.code == 0, done.err
    return list(json.loads(done.out))


def is_retaken(verdict: dict[str, object]) -> bool:
    """The verdict on the claim that Ukraine's army retook the town."""
    return "retook Balakliya" in str(verdict["quote"])


def test_a_folder_of_maps_settles_who_holds_a_place(oskil: Oskil, ledger: Path, data: Path) -> None:
    without = {v["stated"]: v["outcome"] for v in found(oskil, "--check", "control")}
    assert set(without.values()) == {"cannot be checked"}
    (retaken,) = (v for v in found(oskil, "--check", "control", "--data", data) if is_retaken(v))
    assert retaken["outcome"] == "agrees"
    assert [d["version"] for d in retaken["data"]] == ["2022-09-07", "2022-09-08"]  # type: ignore[attr-defined]
    assert "1 September 2022 to 7 September 2022: held by" in " ".join(retaken["working"])  # type: ignore[call-overload]


def test_the_table_ends_with_what_was_looked_at(oskil: Oskil, ledger: Path, data: Path) -> None:
    last = oskil("check", "--data", data).out.strip().splitlines()[-1]
    assert last.startswith("Data: 3 control maps of DeepState, 2022-09-01 to 2022-09-08; layer rivers")
    assert last.endswith("1 file passed over.")


def test_one_claim_or_one_document_by_the_beginning_of_its_id(oskil: Oskil, ledger: Path, data: Path) -> None:
    every = found(oskil, "--data", data)
    claim, document = str(every[0]["claim"]), str(every[0]["document"])
    assert {v["claim"] for v in found(oskil, claim[:8], "--data", data)} == {claim}
    own = found(oskil, document[:10], "--data", data)
    assert {v["document"] for v in own} == {document} and len(own) < len(every)


def test_explain_prints_the_working(oskil: Oskil, ledger: Path, data: Path) -> None:
    (retaken,) = (v for v in found(oskil, "--check", "control", "--data", data) if is_retaken(v))
    told = oskil("check", "--explain", str(retaken["claim"])[:8], "--data", data).out
    assert "control: agrees" in told and "  method     The place's point is looked up" in told
    assert "  working    Point: 49.4" in told and "contradiction: contradicted" in told
    assert "DeepState control map, 2022-09-08" in told


def test_a_working_steers_no_terminal(oskil: Oskil, ledger: Path) -> None:
    (claim,) = {
        str(v["claim"]) for v in found(oskil, "--check", "contradiction") if "We hold" in str(v["quote"])
    }
    told = oskil("check", "--explain", claim).out
    assert "We hold Balakliya" in told and "\x1b" not in told


def test_maps_read_into_the_ledger_need_no_folder(oskil: Oskil, ledger: Path, data: Path) -> None:
    maps = sorted((data / "arrangement").glob("deepstate-*.geojson.gz"))
    done = oskil("read", *maps)
    assert done.code == 0, done.err
    held = [v for v in found(oskil, "--check", "control") if is_retaken(v)]
    assert [v["outcome"] for v in held] == ["agrees"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--data", "nowhere"), "there is no such folder"),
        (("0000000",), "neither a claim nor a document"),
        (("--explain", "0000000"), "neither a claim nor a document"),
        (("--check", "guess"), "there is no such check; there are distance, direction"),
    ],
)
def test_what_there_is_not_is_said_in_a_line(
    oskil: Oskil, ledger: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = oskil("check", *arguments)
    assert done.code == 3 and said in done.err and len(done.err.strip().splitlines()) == 1


def test_a_broken_map_is_passed_over_and_an_odd_one_mended(
    oskil: Oskil, ledger: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "broken.geojson").write_text('{"type": "FeatureCollection", "features": [')
    (folder / "empty.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    bow = {"type": "Polygon", "coordinates": [[[36, 49], [38, 50], [38, 49], [36, 50], [36, 49]]]}
    feature = {"type": "Feature", "properties": {"status": "occupied", "date": "2022-09-08"}, "geometry": bow}
    body = json.dumps({"type": "FeatureCollection", "name": "deepstate", "features": [feature]})
    (folder / "deepstate-2022-09-08.geojson").write_text(body)
    done = oskil("check", "--data", folder)
    assert done.code == 0, done.err
    assert "Data: 1 control map of DeepState" in done.out and "2 files passed over" in done.out


def test_the_page_bears_marks_and_pictures(oskil: Oskil, ledger: Path, data: Path, tmp_path: Path) -> None:
    done = oskil("publish", tmp_path / "page", "--data", data)
    assert done.code == 0, done.err

    def piece(name: str) -> Any:
        text = (tmp_path / "page" / "data" / f"{name}.js").read_text("utf-8")
        return json.loads(f"[{text.removeprefix('OSKIL_PIECE(').strip().removesuffix(');')}]")[1]

    verdicts = piece("verdicts-0")
    drawn = [v["picture"] for v in verdicts if v["picture"]]
    assert drawn and all((tmp_path / "page" / "checks" / f"{name}.svg").is_file() for name in drawn)
    marked = [
        n
        for text in piece("texts-0").values()
        for block in text["blocks"]
        for _, numbers in block["marks"]
        for n in numbers
    ]
    assert sorted(marked) == list(range(len(verdicts)))
