"""Several sources as one gazetteer: villages that become placeable, names with their origins, and safety."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest
import shapely
from places_dumps import country, name, place, zipped

from oskil.errors import GazetteerError
from oskil.places import building, gazetteer_store
from oskil.places import gazetteer as gazetteers
from oskil.places.gazetteer_store import GazetteerStore, form_of
from oskil.places.interface import FullGazetteer
from oskil.places.kinds import INHABITED
from oskil.places.vector import Columns
from oskil.places.vector.columns import parse

DUMP = (
    place(1, "Fairtown", "Fertown,Файртаун", (49.0, 36.0), people=30_000, day="2026-03-04"),
    place(50, "Fairtown", at=(49.5, 36.5), people=20_000),
    place(51, "Little Village", "Мале Село", (49.1, 36.1)),
    place(52, "Fairtown Oblast", "Fairtown,Fairtownshchyna", (49.2, 36.2), "A.ADM1", people=9_000_000),
    place(53, "Fairtown Raion", "Fairtown", (49.2, 36.2), "A.ADM2", district="0701"),
    place(54, "Oskil", "Oskol,Fairtown", (49.3, 36.3), "H.STM"),
    place(55, "Fort Fair", "", (49.4, 36.4), "S.FT"),
)


@pytest.fixture
def data(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own, beside a small embedded gazetteer."""
    monkeypatch.setenv("OSKIL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("OSKIL_DATA", str(tmp_path / "own"))
    return tmp_path / "own"


def add(data: Path, file: Path, name: str = "", columns: Columns | None = None, **how: object) -> None:
    GazetteerStore(data).add(
        file,
        name or gazetteer_store.name_of(file),
        columns or Columns(),
        gazetteers.load(data=data),
        **how,  # type: ignore[arg-type]
    )


@pytest.fixture
def dumped(data: Path, tmp_path: Path) -> FullGazetteer:
    add(data, zipped(tmp_path / "UA.zip", *DUMP))
    return gazetteers.load()


def ids(places: object) -> list[int]:
    return [place.id for place in places]  # type: ignore[attr-defined]


def test_villages_of_a_dump_are_found_and_namesakes_stay_in_order(dumped: FullGazetteer) -> None:
    assert ids(dumped.search("Мале село")) == [51]
    assert ids(dumped.search("Fairtown")) == [1, 50, 2]  # 30,000, 20,000 and 10,000 people
    assert ids(dumped.by_population("UA", 9)) == [1, 50, 2, 51]
    assert ids(dumped.by_population("UA", 2)) == [1, 50]
    assert [p.id for _, p in dumped.near(49.0, 36.0, 20)] == [1, 51]


def test_a_place_of_two_sources_is_one_with_the_names_of_both(dumped: FullGazetteer) -> None:
    assert ids(dumped.search("Файртаун")) == ids(dumped.search("Фертаун")) == [1]
    origins = {n.text: n.sources for n in dumped.name_records(1)}
    assert origins["Fairtown"] == ("embedded", "ua") and origins["Фертаун"] == ("embedded",)
    assert origins["Файртаун"] == ("ua",) and dumped.names(1)[0] == "Fairtown"
    assert dumped.sources_of(1) == ("embedded", "ua") and dumped.sources_of(51) == ("ua",)


def test_regions_and_districts_leave_a_town_its_name(dumped: FullGazetteer) -> None:
    assert {p.kind for p in dumped.search("Fairtown")} == {"settlement"}
    assert ids(dumped.search("Fairtownshchyna")) == [52]
    (raion,) = dumped.search("fairtown raion")
    assert (raion.kind, raion.region, raion.district, raion.feature) == ("district", "07", "0701", "ADM2")
    assert "Fairtown" in dumped.names(52)  # it is shown all the same


def test_rivers_and_forts_are_features_and_no_answers_to_a_search(dumped: FullGazetteer) -> None:
    assert not dumped.search("Oskil") and not dumped.sounds_like("Oskil")
    assert [(p.id, p.kind) for p in dumped.features("Оскол") or dumped.features("Oskol")] == [(54, "river")]
    assert dumped.features("Fort Fair")[0].kind == "military"
    assert all(p.kind in INHABITED for p in dumped.search("Fairtown"))


def test_names_by_language_find_places_of_other_sources(
    dumped: FullGazetteer, data: Path, tmp_path: Path
) -> None:
    file = zipped(
        tmp_path / "alternateNamesV2.zip",
        name(1, 51, "Kleindorf", "de"),
        name(2, 1, "Alt Fairtown", "de", "1"),
        name(3, 999, "Nobody knows", "en"),
    )
    add(data, file)
    merged = gazetteers.load()
    assert ids(merged.search("kleindorf")) == [51] and ids(merged.sounds_like("Kleyndorf")) == [51]
    assert merged.search("Alt Fairtown")[0].population == 30_000
    assert not merged.search("Nobody knows") and merged.get(999) is None
    known = {n.text: n for n in merged.name_records(1)}
    assert known["Alt Fairtown"].historic and known["Alt Fairtown"].language == "de"
    assert not known["Fairtown"].historic


def test_regions_by_code_get_names_and_centres(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "admin1CodesASCII.txt"
    file.write_text(
        "US.IL\tState of Ill\tState of Ill\t2000\nRU.09\tEastmost\tEastmost\t77\nFR.11\tX\tX\t78\n"
    )
    add(data, file)
    info = tmp_path / "countryInfo.txt"
    info.write_text(f"#\n{country('UA', 'Ukraina', 1000)}\n")
    add(data, info)
    merged = gazetteers.load()
    assert ids(merged.search("state of ill")) == [2000] and ids(merged.search("Ukraina")) == [1000]
    assert ids(merged.search("Eastmost")) == [4]  # the settlement keeps its name
    region = merged.get(77)
    assert region is not None and region.name == "Eastmost" and abs(region.lon) > 179
    assert merged.get(78) is None  # no settlement, no point


def test_a_user_s_own_table_is_matched_to_what_is_known(
    dumped: FullGazetteer, data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "назва,lat,lon,тип,інша\nМале Село,49.11,36.11,село,Smallville\nNew Farm,49.2,36.0,хутор,\n"
        "Fairtown,48.0,36.0,місто,\nHill 200,49.0,36.05,висота,\nNew Farm,49.2,36.0,хутор,Farm 2\n"
    )
    add(data, file, columns=parse(["name=назва", "kind=тип", "names=інша"]))
    (entry,) = [e for e in GazetteerStore(data).entries() if e.name == "mine"]
    assert (entry.places, entry.matched, entry.columns["kind"]) == (4, 1, "тип")
    merged = gazetteers.load()
    assert ids(merged.search("Smallville")) == [51]  # 1.3 km off, and called so: the same
    (farm,) = merged.search("farm 2")
    assert farm.id < -(2**31) and farm.id > -(2**53) and (farm.country, farm.region) == ("UA", "07")
    assert len(merged.search("Fairtown")) == 4  # 100 km off: another
    assert merged.features("hill 200")[0].kind == "mountain"
    before = farm.id
    add(data, file, columns=parse(["name=назва", "kind=тип", "names=інша"]), replace=True)
    assert ids(gazetteers.load().search("Farm 2")) == [before]


def test_shapes_are_kept_and_belong_to_the_region_of_their_name(
    dumped: FullGazetteer, data: Path, tmp_path: Path
) -> None:
    square = {"type": "Polygon", "coordinates": [[[36, 49], [37, 49], [37, 50], [36, 50], [36, 49]]]}
    line = {"type": "LineString", "coordinates": [[36, 49], [36, 50]]}
    features = [
        {"type": "Feature", "properties": {"name": "Fairtownshchyna", "kind": "oblast"}, "geometry": square},
        {"type": "Feature", "properties": {"name": "Long River", "waterway": "river"}, "geometry": line},
    ]
    file = tmp_path / "shapes.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    add(data, file)
    merged = gazetteers.load()
    shape = merged.shape(52)
    assert shape is not None and shape.covers(shapely.Point(36.5, 49.5))
    (river,) = merged.features("Long River")
    assert (river.kind, river.lat, river.lon) == ("river", 49.5, 36.0)
    assert merged.shape(river.id) == shapely.LineString([(36, 49), (36, 50)])
    assert merged.shape(1) is None and merged.shape(123456) is None


def test_an_id_that_stands_twice_is_refused_with_both_lines(data: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "UA.zip", place(5, "A"), place(6, "B"), place(5, "C"))
    with pytest.raises(GazetteerError, match="the id 5 a second time; the first is .*line 1") as caught:
        add(data, path)
    assert str(caught.value).startswith(f"{path}, line 3")
    own = tmp_path / "own.csv"
    own.write_text("geonameid,name,lat,lon\n7,A,1,2\n7,B,3,4\n")
    with pytest.raises(GazetteerError, match="line 3: the id 7 a second time; the first is line 2"):
        add(data, own)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("own.csv", "name,lat,lon,country_code\nA,1,2,Ukraine\n", ""),
        ("own.csv", "geonameid,name,lat,lon\nx,A,1,2\n", "line 2: not a geonameid"),
        ("own.csv", "name,lat,lon,population\nA,1,2,many\n", "line 2: not a number of people"),
        ("own.csv", "name,lat,lon\nA,1,222\n", "line 2: coordinates out of range"),
        ("own.csv", "name,lat,lon\n,1,2\n", "no named place"),
        ("UA.txt", place(1, "A") + "\n1\t2\n", "line 2: 2 columns"),
        ("UA.zip", "PK\x03\x04 and no more", "damaged or cut short"),
        ("list.xls", "x", "not a file of features"),
    ],
)
def test_a_bad_file_leaves_what_was_there(
    dumped: FullGazetteer, data: Path, tmp_path: Path, file: str, content: str, told: str
) -> None:
    bad = tmp_path / file
    bad.write_text(content)
    before = {p.name: p.read_bytes() for p in (data / "gazetteers").iterdir()}
    if told:
        with pytest.raises(GazetteerError) as caught:
            add(data, bad, "ua", replace=True)
        assert told in str(caught.value) and str(bad) in str(caught.value)
    else:
        add(data, bad, "other")  # a country in words is no code, and is found by where the place lies
        (data / "gazetteers" / "other.gazetteer").unlink()
    assert {p.name: p.read_bytes() for p in (data / "gazetteers").iterdir()} == before
    assert ids(gazetteers.load().search("Little Village")) == [51]


def test_sources_are_listed_verified_and_removed(dumped: FullGazetteer, data: Path) -> None:
    store = GazetteerStore(data)
    (entry,) = store.entries()
    assert (entry.name, entry.version, entry.places, entry.form) == ("ua", "2026-03-04", 7, "geonames")
    assert entry.kinds["settlement"] == 3 and store.verify("ua") == entry
    for wrong in ("ua", "embedded"):
        with pytest.raises(GazetteerError, match="already"):
            store.prove_free(wrong, replace=False)
    with pytest.raises(GazetteerError, match="small letters"):
        store.prove_free("../x", replace=True)
    with pytest.raises(GazetteerError, match="there are: ua"):
        store.remove("uk")
    store.remove("ua")
    assert not gazetteers.load().search("Little Village")


def test_a_damaged_source_is_told_of(dumped: FullGazetteer, data: Path) -> None:
    path = data / "gazetteers" / "ua.gazetteer"
    raw = bytearray(path.read_bytes())
    raw[-100] ^= 1
    path.write_bytes(raw)
    with pytest.raises(GazetteerError, match="altered"):
        gazetteers.load()
    with pytest.raises(GazetteerError, match="altered"):
        GazetteerStore(data).verify("ua")


def test_the_source_of_all_changes_with_each(dumped: FullGazetteer, data: Path) -> None:
    before = dumped.source
    assert "ua" in before.name and "2026-03-04" in before.version and len(before.sha256) == 64
    GazetteerStore(data).remove("ua")
    assert gazetteers.load().source != before


def test_other_rules_for_names_compile_a_source_anew(
    dumped: FullGazetteer, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dumped.name_records(1)
    monkeypatch.setattr(building, "edition_of_keys", lambda: "other")
    monkeypatch.setattr(gazetteer_store, "edition_of_keys", lambda: "other")
    anew = gazetteers.load()
    assert anew.name_records(1) == before and ids(anew.search("Little Village")) == [51]
    stamp = (data / "gazetteers" / "ua.gazetteer").stat().st_mtime_ns
    gazetteers.load()
    assert (data / "gazetteers" / "ua.gazetteer").stat().st_mtime_ns == stamp


def _slow_add(data: str, file: str, folder: str) -> None:
    from oskil.places import compile as compiling

    compiling.data_folder = lambda: Path(folder)
    GazetteerStore(Path(data)).add(
        Path(file),
        "ua",
        Columns(),
        gazetteers.load(data=Path(data)),
        replace=True,
        step=lambda count: time.sleep(60),
    )


def test_killed_in_the_middle_leaves_the_old_one(
    dumped: FullGazetteer, data: Path, small_data: Path, tmp_path: Path
) -> None:
    big = zipped(tmp_path / "big.zip", *(place(n, f"N{n}") for n in range(1, 10_050)))
    old = (data / "gazetteers" / "ua.gazetteer").read_bytes()
    context = multiprocessing.get_context("spawn")
    worker = context.Process(target=_slow_add, args=(str(data), str(big), str(small_data)))
    worker.start()
    deadline = time.monotonic() + 60
    while not list((data / "gazetteers").glob(".building-*/records")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.2)
    assert worker.pid is not None and worker.is_alive()
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    assert (data / "gazetteers" / "ua.gazetteer").read_bytes() == old
    assert ids(gazetteers.load().search("Little Village")) == [51]
    (left,) = (data / "gazetteers").glob(".building-*")
    os.utime(left, (0, 0))
    add(data, big, "big")
    assert not left.exists() and len(GazetteerStore(data).entries()) == 2


def test_a_full_disk_leaves_the_old_one(
    dumped: FullGazetteer, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(GazetteerError, match="No space left"):
        add(data, zipped(tmp_path / "UA.zip", place(9, "Z")), replace=True)
    monkeypatch.undo()
    assert [p.name for p in (data / "gazetteers").iterdir()] == ["ua.gazetteer"]


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("alternateNamesV2.zip", "geonames names"),
        ("admin2Codes.txt", "geonames regions"),
        ("countryInfo.txt", "geonames countries"),
        ("allCountries.zip", "geonames"),
        ("UA.zip", "geonames"),
        ("borders.geojson.zip", "own"),
        ("towns.csv", "own"),
    ],
)
def test_the_format_is_known_by_the_name(file: str, form: str) -> None:
    assert form_of(Path("/nowhere") / file) == form


def test_real_places_written_as_a_dump_are_found_as_before(gazetteer: FullGazetteer, tmp_path: Path) -> None:
    real = [*gazetteer.by_population("UA", 3000), *gazetteer.by_population("SD", 3000)]
    lines = [
        place(
            p.id,
            p.name,
            ",".join(n for n in gazetteer.names(p.id)[1:] if "," not in n),
            (p.lat, p.lon),
            country=p.country,
            region=p.region,
            people=p.population,
        )
        for p in real
    ]
    store = GazetteerStore(tmp_path)
    entry = store.add(zipped(tmp_path / "UA.zip", *lines), "ua", Columns(), gazetteer)
    assert entry.places == len(real) > 3000
    (part,) = store.parts()
    merged = gazetteer_store.MergedGazetteer([gazetteer, part])  # type: ignore[list-item]
    for p in real:
        for written in part.names(p.id):
            assert [q.id for q in merged.search(written)] == [q.id for q in gazetteer.search(written)]
        assert merged.get(p.id) == gazetteer.get(p.id)
    for lat, lon in ((49.7, 37.6), (15.6, 32.5)):
        assert merged.near(lat, lon, 60) == gazetteer.near(lat, lon, 60)
    assert merged.by_population("UA", 50) == gazetteer.by_population("UA", 50)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("names", "Гора;Гірка"),
        ("alt_name", "Гора; Гірка"),
        ("aliases", "Гора|Гірка"),
        ("alternatenames", '"Гора,Гірка"'),
    ],
)
def test_several_names_in_a_cell_are_names_each(data: Path, tmp_path: Path, column: str, cell: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text(f"name,lat,lon,{column}\nHillock,1,2,{cell}\n", "utf-8")
    add(data, file)
    (part,) = GazetteerStore(data).parts()
    (place,) = part.search("Гірка")
    assert list(part.names(place.id)) == ["Hillock", "Гора", "Гірка"]
