"""`oskil gazetteer` and `oskil layer` as a user meets them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from cli_example import Oskil

from oskil.places import fetching

HEAD = "99\tKvitkove Dalnie\tKvitkove Dalnie\tКвіткове Дальнє\t49.93\t36.49\tP\tPPL\tUA\t\t07\t\t\t\t900\t"
LINE = f"{HEAD}\t120\tEurope/Kyiv\t2026-01-02"
RIVER = {
    "type": "Feature",
    "properties": {"name": "Uda", "name_uk": "Уди", "waterway": "river"},
    "geometry": {"type": "LineString", "coordinates": [[36.2, 49.9], [36.3, 49.9]]},
}


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "UA.txt"
    path.write_text(LINE + "\n")
    return path


def test_a_village_is_added_found_and_shown(oskil: Oskil, dump: Path) -> None:
    assert oskil("gazetteer", "search", "Kvitkove Dalnie").out == ""
    added = oskil("gazetteer", "add", dump)
    assert (added.code, added.out) == (0, "ua: 1 place (1 settlement); 0.0 MB\n")
    (found,) = json.loads(oskil("gazetteer", "search", "квіткове дальнє", "-f", "json").out)
    assert (found["id"], found["kind"], found["sources"]) == (99, "settlement", ["ua"])
    shown = oskil("gazetteer", "show", "Kvitkove Dalnie").out
    assert "in Kharkiv Oblast, UA, at 49.93000, 36.49000, id 99" in shown and "Квіткове Дальнє" in shown
    assert json.loads(oskil("gazetteer", "show", "99", "-f", "json").out)["names"][1]["sources"] == ["ua"]
    listed = json.loads(oskil("gazetteer", "list", "-f", "json").out)
    assert [s["name"] for s in listed] == ["embedded", "ua"] and listed[1]["version"] == "2026-01-02"
    assert oskil("gazetteer", "verify").out.startswith("ua: as written")
    assert "ua 2026-01-02, 1 place" in " ".join(oskil("doctor").out.split())
    assert oskil("gazetteer", "remove", "ua").out == "removed ua\n"
    assert not oskil("gazetteer", "search", "Kvitkove Dalnie").out


def test_a_search_can_be_near_a_point_and_by_sound(oskil: Oskil) -> None:
    near = json.loads(oskil("gazetteer", "search", "Shevchenkove", "--near", "49.7,37.2", "-f", "json").out)
    every = json.loads(oskil("gazetteer", "search", "Shevchenkove", "-f", "json").out)
    assert 0 < len(near) < len(every)
    heard = json.loads(oskil("gazetteer", "search", "Harkiv", "--sounds", "-f", "json").out)
    assert "Kharkiv" in {place["name"] for place in heard}


def test_bad_input_is_one_line_and_code_3(oskil: Oskil, dump: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text(LINE + "\n" + LINE.replace("49.93", "149.93") + "\n")
    for arguments, told in (
        (("gazetteer", "add", bad), f"{bad}, line 2: a coordinate out of range: 149.93, and 90 is the limit"),
        (("gazetteer", "add", tmp_path / "none.zip"), "neither a file nor the code of a dump"),
        (("gazetteer", "add", dump, "--column", "x"), "not ROLE=COLUMN"),
        (("gazetteer", "add", dump, "--kind", "castle"), "castle: no kind of places"),
        (("gazetteer", "add", dump, "--sha256", "00"), "SHA-256"),
        (("gazetteer", "show", "Xyzzyville"), "no place of this name or id"),
        (("gazetteer", "remove", "none"), "no such source"),
        (("layer", "add", tmp_path / "none.geojson"), "no such file"),
        (("layer", "show", "none"), "no such layer"),
        (("layer", "remove", "none"), "no such layer"),
    ):
        done = oskil(*arguments)
        assert done.code == 3 and done.out == "" and done.err.count("\n") == 1, arguments
        assert told in done.err
    assert oskil("layer", "show", "x", "--near", "91,3").code == 2


def test_a_layer_is_added_looked_at_and_removed(oskil: Oskil, tmp_path: Path) -> None:
    file = tmp_path / "uda.geojson"
    file.write_text(json.dumps(RIVER))
    assert "oskil layer add" in oskil("layer", "list").err
    assert (
        oskil("layer", "add", file, "--name", "rivers").out == "rivers: 1 feature, 1 with a name (1 river)\n"
    )
    assert json.loads(oskil("layer", "list", "-f", "json").out)[0]["source"] == "uda.geojson"
    (near,) = json.loads(oskil("layer", "show", "rivers", "--near", "49.91,36.25", "-f", "json").out)
    assert near["names"] == ["Uda", "Уди"] and near["km"] == pytest.approx(1.112, abs=0.01)
    assert "line 7 km" in oskil("layer", "show", "rivers", "--named", "Уди").out
    assert not json.loads(oskil("layer", "show", "rivers", "--named", "Don", "-f", "json").out)
    assert "rivers (1 feature" in " ".join(oskil("doctor").out.split())
    assert oskil("layer", "remove", "rivers").out == "removed rivers\n"


def test_a_layer_without_names_says_so(oskil: Oskil, tmp_path: Path) -> None:
    file = tmp_path / "uda.geojson"
    file.write_text(json.dumps({**RIVER, "properties": {"art": "x"}}))
    assert "--column name=COLUMN" in oskil("layer", "add", file).out
    assert oskil("layer", "add", file, "--column", "name=art", "--replace").out.startswith(
        "uda: 1 feature, 1"
    )


def test_a_report_is_placed_in_a_village_that_was_added(oskil: Oskil, dump: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    said = "Russian forces captured the village of Kvitkove Dalnie, Ukraine's General Staff said on Sunday."
    report.write_text(f"---\ntitle: A village\ndate: 2024-05-12\n---\n{said}\n")
    oskil("gazetteer", "add", dump)
    assert oskil("read", report).code == 0
    (claim,) = json.loads(oskil("claims", "--place", "Kvitkove Dalnie", "-f", "json").out)
    assert claim["kind"] == "control" and "99" in json.dumps(claim["places"])


def test_a_dump_is_fetched_compiled_and_put_away(
    oskil: Oskil, dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(dump, "UA.txt")
    network = fetching.FakeNetwork({f"{fetching.SITE}UA.zip": packed.getvalue()}, breaks=[100])
    monkeypatch.setattr(fetching, "HttpNetwork", lambda: network)
    broken = oskil("gazetteer", "add", "UA")
    assert broken.code == 3 and "broke off" in broken.err
    assert oskil("gazetteer", "add", "UA").out == "ua: 1 place (1 settlement); 0.0 MB\n"
    assert network.asked[1]["Range"] == "bytes=100-" and not list((tmp_path / "data").rglob("*.zip*"))
    again = oskil("gazetteer", "add", "UA")
    assert again.code == 3 and "--replace" in again.err and len(network.asked) == 2


def test_a_text_is_read_anew_once_its_village_was_added(oskil: Oskil, dump: Path, tmp_path: Path) -> None:
    text = tmp_path / "post.txt"
    text.write_text("Ukrainian forces recaptured Kvitkove Dalnie on Tuesday, the General Staff said.\n")

    def read() -> tuple[str, bool]:
        done = oskil("read", text, "--published", "2022-09-08", "-f", "json")
        (told,) = json.loads(done.out)
        return told["status"], told["claims"] > 0

    assert read() == ("new", True)
    assert read() == ("known", False)
    assert oskil("gazetteer", "add", dump).code == 0
    assert oskil("claims", "--place", "Kvitkove Dalnie").out == ""
    assert read() == ("reread", True)
    assert "Kvitkove Dalnie" in oskil("claims", "--place", "Kvitkove Dalnie").out
    assert read() == ("known", False)
    assert oskil("verify").code == 0
