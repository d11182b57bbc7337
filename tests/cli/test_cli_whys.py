from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_example import Oskil

TEXT = "Two tanks burned in Shevchenkove, some 30 km from Kupiansk, Ukraine said. Shevchenkove is quiet."


def test_a_bare_name_shows_its_namesakes_without_a_ledger(oskil: Oskil) -> None:
    done = oskil("place", "Shevchenkove", "--why")
    assert done.code == 0 and "none of these" in done.out and "nothing in the text tells which" in done.out


def test_a_text_shows_what_spoke_for_the_place(oskil: Oskil, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")
    done = oskil("place", "Shevchenkove", "--why", "--text", tmp_path / "text.txt", "--format", "json")
    shown = json.loads(done.out)
    assert len(shown["uses"]) == 2 and "stated 30 km" in shown["uses"][0]["decided"]
    first = shown["candidates"][0]
    assert first["id"] == 694137 and first["points"]["stated"] > 3
    assert sum(c["chance"] for c in shown["candidates"] if c["use"] == 1) == pytest.approx(1, abs=0.01)


def test_a_name_in_another_spelling_or_case_is_met(oskil: Oskil, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Бої тривають під Куп'янськом, повідомив Генштаб.", "utf-8")
    done = oskil("place", "Куп'янськ", "--text", tmp_path / "text.txt", "--format", "jsonl")
    assert json.loads(done.out.splitlines()[0])["id"] == 703656


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_other_formats_have_a_line_a_candidate(oskil: Oskil, form: str) -> None:
    lines = oskil("place", "Kupiansk", "--why", "--format", form).out.splitlines()
    assert len(lines) >= 2 and "703656" in "".join(lines)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("Qwertz", None, "no place of this name"),
        ("Kyiv", b"Nothing happened.", "the text does not name it"),
        ("Kyiv", b"\xff\xfe\x00", "not UTF-8"),
        ("x" * 10_000, None, "no place of this name"),
    ],
)
def test_bad_input_is_one_line(
    oskil: Oskil, tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    path = tmp_path / "text.txt"
    if data is not None:
        path.write_bytes(data)
    done = oskil("place", name, "--why", *(("--text", path) if data is not None else ()))
    assert done.code == 3
    assert said in done.err and "Traceback" not in done.err


def test_a_layer_of_rivers_speaks_for_a_place_on_one(oskil: Oskil, tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[-84.9, 39.9], [-84.89, 39.8]]}
    river = {"type": "Feature", "properties": {"name": "Whitewater"}, "geometry": line}
    (tmp_path / "r.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [river]}))
    (tmp_path / "text.txt").write_text("He was born in Richmond, on the Whitewater River.", "utf-8")
    asked = ("place", "Richmond", "--text", tmp_path / "text.txt", "--format", "json")
    assert json.loads(oskil(*asked).out)["candidates"][0]["region"] != "IN"
    assert oskil("layer", "add", tmp_path / "r.geojson", "--name", "rivers").code == 0
    first = json.loads(oskil(*asked).out)["candidates"][0]
    assert first["region"] == "IN" and first["points"]["stated"] > 3
