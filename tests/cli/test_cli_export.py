"""`oskil export` and `oskil serve` as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_example import Oskil
from cli_handmade import fill

from oskil.publishing.exports import exporters


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("handmade") / "ledger.db"
    fill(path)
    return path


@pytest.fixture
def ledger(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSKIL_LEDGER", str(filled))


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("form", [e.name for e in exporters()])
def test_claims_are_written_in_every_format_and_nothing_is_overwritten(
    form: str, oskil: Oskil, tmp_path: Path
) -> None:
    target = tmp_path / "claims"
    done = oskil("export", str(target), "--as", form)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{target}: ")
    content = target.read_bytes()
    again = oskil("export", str(target), "--as", form)
    assert again.code == 4
    assert again.err.count("\n") == 1
    assert "something here already" in again.err
    assert target.read_bytes() == content
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.usefixtures("ledger")
def test_filters_and_hashtags_count(oskil: Oskil, tmp_path: Path) -> None:
    oskil("export", str(tmp_path / "all.json"), "--as", "geojson")
    oskil("export", str(tmp_path / "some.json"), "--as", "geojson", "--kind", "control")
    whole, some = (
        json.loads((tmp_path / name).read_text("utf-8"))["features"] for name in ("all.json", "some.json")
    )
    assert 0 < len(some) < len(whole)
    assert {f["properties"]["kind"] for f in some} == {"control"}
    oskil("export", str(tmp_path / "h.csv"), "--as", "csv", "--hxl")
    assert (tmp_path / "h.csv").read_text("utf-8").splitlines()[1].startswith("#meta+id,#event+type")


def test_reviews_rest_on_the_maps_in_the_ledger(
    oskil: Oskil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "ledger.db")
    monkeypatch.setenv("OSKIL_LEDGER", str(tmp_path / "ledger.db"))
    for day, status in (("2022-09-07", "occupied"), ("2022-09-08", "liberated")):
        west, south, east, north = 36.0, 48.5, 38.5, 50.5
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        area = {
            "type": "Feature",
            "properties": {"status": status, "date": day},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        map_ = tmp_path / f"deepstate-{day}.geojson"
        map_.write_text(
            json.dumps({"type": "FeatureCollection", "name": f"deepstate {day}", "features": [area]})
        )
        assert oskil("read", map_).code == 0
    assert oskil("export", tmp_path / "reviews.json", "--as", "claimreview").code == 0
    reviews = json.loads((tmp_path / "reviews.json").read_text("utf-8"))["@graph"]
    rested = [d["name"] for review in reviews for d in review.get("isBasedOn", ())]
    assert any("control map" in name for name in rested)


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["x", "--as", "shapefile"], "no such format of claims"),
        (["x", "--kind", "control"], "a whole ledger takes no filters"),
        (["no/folder/x", "--as", "csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_exported_is_told_in_a_line(
    given: list[str], said: str, oskil: Oskil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = oskil("export", *given)
    assert done.code != 0
    assert done.err.count("\n") == 1
    assert said in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("ledger")
def test_the_record_is_not_opened_to_others_without_a_token(oskil: Oskil) -> None:
    done = oskil("serve", "--host", "0.0.0.0")
    assert done.code == 3
    assert done.err == (
        "oskil: 0.0.0.0: listening to other machines takes a --token: the API is unredacted\n"
    )


def test_hashtags_are_for_tables_alone(oskil: Oskil, tmp_path: Path) -> None:
    done = oskil("export", tmp_path / "a.kml", "--as", "kml", "--hxl")
    assert (done.code, done.err) == (3, "oskil: kml: only tables have HXL hashtags: csv, acled, viina\n")
    assert not (tmp_path / "a.kml").exists()
