from __future__ import annotations

import json
import multiprocessing
import os
import time
from pathlib import Path

import pytest

from oskil.errors import GazetteerError
from oskil.places import compile as compiling
from oskil.places import gazetteer as gazetteers
from oskil.places.compile import compile_index
from oskil.places.index import CompiledGazetteer
from oskil.places.interface import Gazetteer


@pytest.fixture
def small(small_data: Path, tmp_path: Path) -> CompiledGazetteer:
    compile_index(tmp_path / "small.oskil", small_data)
    return CompiledGazetteer(tmp_path / "small.oskil")


def test_namesakes_come_most_populous_first(small: CompiledGazetteer) -> None:
    assert [p.id for p in small.search("fairtown")] == [1, 2]
    assert [p.id for p in small.by_population("UA", 5)] == [1, 2]
    assert [p.id for p in small.by_population("UA", 1)] == [1]


def test_a_place_is_found_in_any_script_and_spelling(small: CompiledGazetteer) -> None:
    for name in ("Фертаун", "FERTOWN", "Fairtown"):
        assert small.search(name)[0].id == 1
    assert [p.id for p in small.search("OHara on Sea")] == [3]


def test_airport_codes_and_machine_transliterations_are_no_names(small: CompiledGazetteer) -> None:
    assert not small.search("FTN") and not small.search("fei er dun")
    assert small.names(1) == ("Fairtown", "Fertown", "Фертаун")


def test_unknown_names_ids_and_countries_give_nothing(small: CompiledGazetteer) -> None:
    assert not small.search("Nowhere") and not small.search("") and not small.search("'")
    assert small.get(77) is None and small.get(10**15) is None and not small.names(77)
    assert not small.by_population("ZZ", 3)


def test_countries_and_regions_get_the_centre_of_their_people(small: CompiledGazetteer) -> None:
    country = small.get(1000)
    assert country is not None and country.kind == "country"
    # Three quarters of the people live at 36 E, the rest at 38 E.
    assert country.lon == pytest.approx(36.5, abs=0.01) and country.lat == pytest.approx(49.0, abs=0.02)
    (oblast,) = small.search("Kharkiv region")
    assert oblast.kind == "region" and oblast.region == "07" and oblast.lon == pytest.approx(36.5, abs=0.01)
    (state,) = small.search("Illinois")
    assert (state.id, state.lat) == (2000, 39.8)


def test_a_country_without_settlements_has_no_point_and_is_left_out(small: CompiledGazetteer) -> None:
    assert small.get(1999) is None


def test_a_centre_is_right_at_the_date_line(small: CompiledGazetteer) -> None:
    country = small.get(1001)
    assert country is not None and abs(country.lon) > 179


def test_near_measures_and_sorts(small: CompiledGazetteer) -> None:
    found = small.near(49.0, 36.5, 150)
    assert [p.id for _, p in found] == [1, 2]
    assert found[0][0] == pytest.approx(36.6, abs=0.1)
    assert [p.id for _, p in small.near(49.0, 36.5, 40)] == [1]


def test_near_crosses_the_date_line_and_the_pole(small: CompiledGazetteer) -> None:
    assert {p.id for _, p in small.near(50.0, 179.95, 20)} == {3, 4}
    assert small.near(90.0, 0.0, 100) == []


def test_near_equals_a_full_search(gazetteer: Gazetteer) -> None:
    within = {p.id for km, p in gazetteer.near(49.7, 37.6, 25)}
    wider = {p.id for km, p in gazetteer.near(49.7, 37.6, 300) if km <= 25}
    assert within == wider and len(within) > 5


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:-1],
        lambda raw: raw + b"x",
        lambda raw: raw[:-200] + bytes([raw[-200] ^ 1]) + raw[-199:],
        lambda raw: b"",
        lambda raw: b"OSKILGZ1" + b"\xff" * 100,
        lambda raw: b"OSKILGZ1" + (2).to_bytes(8, "little") + b"[]",
    ],
)
def test_a_damaged_file_is_refused_with_one_line(
    small: CompiledGazetteer, tmp_path: Path, harm: object
) -> None:
    path = tmp_path / "small.oskil"
    path.write_bytes(harm(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(GazetteerError) as caught:
        CompiledGazetteer(path)
    assert "\n" not in str(caught.value) and str(path) in str(caught.value)


def test_load_compiles_once_and_again_where_the_file_is_damaged(small_data: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert gazetteers.load(cache).search("Fairtown")
    (path,) = cache.iterdir()
    stamp = path.stat().st_mtime_ns
    gazetteers.load(cache)
    assert path.stat().st_mtime_ns == stamp
    path.write_bytes(path.read_bytes()[:100])
    assert gazetteers.load(cache).search("Fairtown")
    assert [p.name for p in cache.iterdir()] == [path.name]


def test_old_indexes_and_leftovers_go_and_young_ones_stay(small_data: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    month_ago = time.time() - 30 * 24 * 3600
    for name in ("gazetteer-0.oskil", ".gazetteer-0.oskil.tmp", "gazetteer-1.oskil", "notes.txt"):
        (cache / name).write_text("x")
        if "1" not in name:
            os.utime(cache / name, (month_ago, month_ago))
    gazetteers.load(cache)
    kept = {p.name for p in cache.iterdir()} - {gazetteers.index_path(cache).name}
    assert kept == {"gazetteer-1.oskil", "notes.txt"}


def test_other_data_never_meet_an_old_index(small_data: Path, tmp_path: Path) -> None:
    before = gazetteers.index_path(tmp_path)
    cities = small_data / "cities500.json"
    data = json.loads(cities.read_text())
    del data["5"]
    cities.write_text(json.dumps(data))
    assert gazetteers.index_path(tmp_path) != before


def test_the_cache_is_the_argument_then_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSKIL_CACHE", str(tmp_path / "named"))
    assert gazetteers.cache_folder() == tmp_path / "named"
    assert gazetteers.cache_folder(tmp_path) == tmp_path


def test_bad_inputs_are_refused_with_the_file(small_data: Path, tmp_path: Path) -> None:
    for text in ("", "[1]", '{"1": {"geonameid": 1}}', "{"):
        (small_data / "cities500.json").write_text(text)
        if text == "{":
            continue
        with pytest.raises(GazetteerError):
            compile_index(tmp_path / "x.oskil", small_data)
    (small_data / "cities500.json").unlink()
    with pytest.raises(GazetteerError) as caught:
        compile_index(tmp_path / "x.oskil", small_data)
    assert "cities500.json" in str(caught.value)
    assert not (tmp_path / "x.oskil").exists()


def test_a_folder_that_cannot_be_written_is_refused(small_data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GazetteerError) as caught:
        compile_index(tmp_path / "file" / "x.oskil", small_data)
    assert "cannot be written" in str(caught.value)


def test_a_full_disk_leaves_nothing_behind(
    small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    target = tmp_path / "out" / "x.oskil"
    with pytest.raises(GazetteerError, match="No space left"):
        compile_index(target, small_data)
    assert list(target.parent.iterdir()) == []


def _load_in_child(folder: str, cache: str, answers: object) -> None:
    compiling.data_folder = lambda: Path(folder)
    answers.put([p.id for p in gazetteers.load(Path(cache)).search("Fairtown")])  # type: ignore[attr-defined]


def test_processes_may_compile_at_the_same_time(small_data: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    cache = tmp_path / "cache"
    work = [
        context.Process(target=_load_in_child, args=(str(small_data), str(cache), answers)) for _ in range(3)
    ]
    for process in work:
        process.start()
    got = [answers.get(timeout=60) for _ in work]
    for process in work:
        process.join()
    assert got == [[1, 2]] * 3
    assert len(list(cache.iterdir())) == 1


def test_the_real_index_is_small_and_opens_fast(gazetteer: Gazetteer) -> None:
    path = gazetteers.index_path()
    assert path.stat().st_size < 80e6
    start = time.perf_counter()
    CompiledGazetteer(path)
    assert time.perf_counter() - start < 0.6  # 0.3 s is the target on an idle machine


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kupiansk", "UA"),
        ("Куп'янськ", "UA"),
        ("Харьков", "UA"),
        ("El Fasher", "SD"),
        ("Omdurman", "SD"),
        ("Deir ez-Zor", "SY"),
    ],
)
def test_the_real_gazetteer_knows_towns_of_several_wars(
    gazetteer: Gazetteer, name: str, country: str
) -> None:
    assert gazetteer.search(name)[0].country == country


def test_the_source_names_its_data(gazetteer: Gazetteer) -> None:
    assert "GeoNames" in gazetteer.source.name and len(gazetteer.source.sha256) == 64
