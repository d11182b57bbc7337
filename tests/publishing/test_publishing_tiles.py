"""A base map of one's own: cut to the page's ground, drawn under the signs, and refused when it is bad."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pmtiles.tile import Compression, TileType
from publishing_browsing import show, watched
from publishing_handmade import NOW, PROFILE, FakeGazetteer, ledger
from publishing_tiles import GREEN, MAGENTA, archive, pixels, plain, png, share, vector

from oskil.errors import InputError
from oskil.publishing import tiles
from oskil.publishing.site import publish
from oskil.publishing.tiles import raster
from oskil.publishing.tiles.grid import Box

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

FRAME: Box = (36.0, 49.0, 38.0, 50.0)
WORLD: Box = (30.0, 45.0, 42.0, 53.0)
DRAWN = ".map-box[data-ready=true]"


def core_of(folder: Path) -> dict[str, Any]:
    text = (folder / "data" / "core.js").read_text("utf-8")
    found: dict[str, Any] = json.loads(text[text.index(",") + 1 : text.rindex(")")])
    return found


def test_the_tiles_of_the_frame_are_taken_and_no_deeper_than_twelve(tmp_path: Path) -> None:
    base = tiles.read(plain(tmp_path / "a.pmtiles", FRAME, GREEN, range(2, 15)), FRAME)
    assert (base.about["kind"], base.about["ext"], base.about["side"]) == ("raster", "png", 256)
    assert base.about["attribution"] == "© The Mappers"
    assert base.about["min"] == 4
    assert base.about["max"] <= 12
    assert 0 < len(base.files) <= raster.MOST_TILES
    zooms = {int(name.split("/")[1]) for name in base.files}
    assert zooms == set(range(4, base.about["max"] + 1))
    assert f"{len(base.files)} tiles of zooms 4 to {base.about['max']}" in base.summary
    # The next zoom would have been too much.
    assert len(base.files) + len(tiles.grid.span(FRAME, base.about["max"] + 1)) > raster.MOST_TILES


def test_bytes_are_a_budget_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plain(tmp_path / "a.pmtiles", FRAME, GREEN)
    whole = tiles.read(path, FRAME)
    monkeypatch.setattr(raster, "MOST_BYTES", sum(map(len, whole.files.values())) - 1)
    assert tiles.read(path, FRAME).about["max"] == whole.about["max"] - 1
    monkeypatch.setattr(raster, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="at most 600 tiles and 0 MB"):
        tiles.read(path, FRAME)


def test_tiles_that_are_not_there_are_named(tmp_path: Path) -> None:
    made = [(z, x, y, png(GREEN)) for z in (4, 7) for x, y in tiles.grid.span(FRAME, z)]
    base = tiles.read(archive(tmp_path / "a.pmtiles", made[:-1]), FRAME)
    (z, x, y, _) = made[-1]
    assert f"{z}/{x}/{y}" in base.about["missing"]
    assert len(base.files) == len(made) - 1
    assert f"tiles/{z}/{x}/{y}.png" not in base.files


def damaged(path: Path, at: int, new: bytes) -> Path:
    data = bytearray(path.read_bytes())
    data[at : at + len(new)] = new
    path.write_bytes(bytes(data))
    return path


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files by what is wrong with them, with words of the error."""
    folder.mkdir(exist_ok=True)
    good = plain(folder / "good.pmtiles", FRAME, GREEN)
    whole = good.read_bytes()

    def raw(name: str, data: bytes) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    def one(name: str, data: bytes, **of: Any) -> Path:
        return archive(folder / name, [(4, *xy, data) for xy in tiles.grid.span(FRAME, 4)], **of)

    bomb = one("bomb.pmtiles", gzip.compress(bytes(60_000_000)), compression=Compression.GZIP)
    return {
        "text": (raw("text.pmtiles", b"this is a text, " * 40), "not a PMTiles file"),
        "empty": (raw("empty.pmtiles", b""), "truncated"),
        "old": (damaged(raw("old.pmtiles", whole), 7, b"\x02"), "not a PMTiles file of version 3"),
        "head": (raw("head.pmtiles", whole[:90]), "truncated"),
        "directory": (raw("directory.pmtiles", whole[:140]), "truncated"),
        "tiles": (raw("tiles.pmtiles", whole[:-100]), "truncated"),
        "garbled": (damaged(raw("garbled.pmtiles", whole), 127, b"\x00" * 12), "damaged"),
        "bomb": (bomb, "inflates beyond 8 MB"),
        "elsewhere": (plain(folder / "far.pmtiles", (-70, -10, -69, -9), GREEN), "nothing of the ground"),
        "abroad": (
            archive(folder / "abroad.pmtiles", [(4, 0, 0, png(GREEN))], bounds=(-170, -80, -160, -70)),
            "nothing of the ground",
        ),
        "avif": (one("avif.pmtiles", b"x", kind=TileType.AVIF), "AVIF"),
        "unknown": (one("unknown.pmtiles", b"x", kind=TileType.UNKNOWN), "UNKNOWN"),
        "kind": (damaged(raw("kind.pmtiles", whole), 99, b"\x63"), "damaged"),
        "brotli": (one("brotli.pmtiles", b"x", compression=Compression.BROTLI), "brotli"),
        "no picture": (one("words.pmtiles", b"<svg onload=x>" * 9), "not a picture"),
        "huge picture": (
            one("huge.pmtiles", png(GREEN)[:16] + b"\x00\x01\x00\x00" * 2 + b"0" * 40),
            "not a pict",
        ),
        "deep": (plain(folder / "deep.pmtiles", FRAME, GREEN, [13]), "zooms 13 to 13"),
        "missing": (folder / "nothing.pmtiles", "No such file"),
    }


def test_bad_files_are_refused_in_one_line_that_names_them(tmp_path: Path) -> None:
    for what, (path, words) in bad_files(tmp_path / "bad").items():
        with pytest.raises(InputError) as caught:
            tiles.read(path, FRAME)
        assert words in caught.value.message, what
        assert caught.value.where == str(path)
        assert "\n" not in str(caught.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), min_size=1, max_size=6),
    end=st.integers(0, 4000),
)
def test_a_garbled_file_is_read_or_refused(tmp_path: Path, changes: list[tuple[int, int]], end: int) -> None:
    path = tmp_path / "a.pmtiles"
    plain(path, FRAME, GREEN, (4, 5))
    data = bytearray(path.read_bytes())
    for at, byte in changes:
        data[at % len(data)] = byte
    path.write_bytes(bytes(data[: len(data) - end if end < 2000 else None]))
    try:
        base = tiles.read(path, FRAME)
    except InputError as error:
        assert error.where == str(path)
    else:
        assert base.summary


def test_a_bad_file_leaves_the_old_page_untouched(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    publish(ledger(), FakeGazetteer(), folder, profile=PROFILE, now=NOW)
    before = {p: hashlib.sha256(p.read_bytes()).digest() for p in folder.rglob("*") if p.is_file()}
    path, _ = bad_files(tmp_path / "bad")["tiles"]
    with pytest.raises(InputError):
        publish(ledger(), FakeGazetteer(), folder, profile=PROFILE, now=NOW, basemap=path)
    assert {p: hashlib.sha256(p.read_bytes()).digest() for p in folder.rglob("*") if p.is_file()} == before


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_base_map_is_seen_and_muted(
    tmp_path: Path, context_of: Callable[..., BrowserContext], scheme: str
) -> None:
    folder, told = tmp_path / "page", []
    path = plain(tmp_path / "a.pmtiles", WORLD, MAGENTA)
    publish(ledger(), FakeGazetteer(), folder, profile=PROFILE, now=NOW, basemap=path, tell=told.append)
    about = core_of(folder)["has"]["basemap"]
    assert told
    assert told[0].startswith("base map: ")
    assert all((folder / f"tiles/{z}").is_dir() for z in range(about["min"], about["max"] + 1))
    listed = (folder / "files.sha256").read_text("utf-8")
    assert all(p.relative_to(folder).as_posix() in listed for p in (folder / "tiles").rglob("*.png"))
    context = context_of(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page, watch = watched(context, folder)
    show(page, folder, "#/map")
    page.wait_for_selector(DRAWN)
    page.wait_for_timeout(400)

    def tinted(red: int, green: int, blue: int) -> bool:
        return red - green > 12 and blue - green > 12

    found = pixels(page.locator(".map-box"))
    assert share(found, tinted) > 0.5
    # Not as loud as in the file: that is left to the signs.
    assert share(found, lambda r, g, b: r - g > 110) < 0.02
    assert "© The Mappers" in page.locator(".credit").inner_text()
    page.locator("[data-layer=base]").evaluate("box => box.click()")
    page.wait_for_timeout(300)
    assert share(pixels(page.locator(".map-box")), tinted) < 0.05
    assert watch.clean()


@pytest.mark.browser
def test_where_a_tile_is_missing_a_coarser_one_is_drawn(
    tmp_path: Path, context_of: Callable[..., BrowserContext]
) -> None:
    folder = tmp_path / "page"
    path = plain(tmp_path / "a.pmtiles", WORLD, GREEN, [4])
    publish(ledger(), FakeGazetteer(), folder, profile=PROFILE, now=NOW, basemap=path)
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}), folder)
    show(page, folder, "#/map")
    page.wait_for_selector(DRAWN)
    page.wait_for_timeout(400)
    assert share(pixels(page.locator(".map-box")), lambda r, g, b: g - r > 15 and g - b > 15) > 0.5
    assert watch.clean()


# ---- vector tiles

SQUARE = [(-64, -64), (4160, -64), (4160, 2048), (-64, 2048)]


def lines_of(base: tiles.BaseMap, kind: str) -> list[Any]:
    return [np.cumsum(np.array(line).reshape(-1, 2), axis=0) / 1000 for line in base.layers[kind]["lines"]]


def of_vectors(path: Path, *layers: bytes, zooms: tuple[int, ...] = (6, 7), box: Box = WORLD) -> Path:
    data = gzip.compress(b"".join(layers))
    made = [(z, x, y, data) for z in zooms for x, y in tiles.grid.span(box, z)]
    return archive(path, made, kind=TileType.MVT, compression=Compression.GZIP)


def test_vector_tiles_become_lines(tmp_path: Path) -> None:
    """After the schemas of Protomaps and OpenMapTiles; what runs along a tile's edge is no shore."""
    path = of_vectors(
        tmp_path / "a.pmtiles",
        vector("water", "kind", "ocean", SQUARE, closed=True),
        vector("boundaries", "kind", "country", [(0, 3000), (4096, 3000)]),
        vector("boundaries", "kind", "county", [(0, 3400), (4096, 3400)]),
        vector("transportation", "class", "motorway", [(1000, 0), (1000, 4096)]),
        vector("buildings", "kind", "building", SQUARE, closed=True),
    )
    base = tiles.read(path, FRAME)
    assert (base.about["kind"], base.about["zoom"], base.files) == ("vector", 7, {})
    assert sorted(base.layers) == ["layer-basemap-border", "layer-basemap-road", "layer-basemap-water"]
    shores = lines_of(base, "layer-basemap-water")
    # The lower side of each square alone: those lines lie level, in the middle of the tiles' heights.
    assert all(np.ptp(line[:, 1]) < 0.002 for line in shores)
    (x, y) = next(iter(tiles.grid.span(FRAME, 7)))
    middle = degrees(7, x, y + 0.5)[1]
    assert min(abs(line[0, 1] - middle) for line in shores) < 0.002
    borders = {round(float(line[0, 1]), 2) for line in lines_of(base, "layer-basemap-border")}
    assert borders <= {round(degrees(7, 0, row + 3000 / 4096)[1], 2) for row in range(30, 60)}
    assert all(np.ptp(line[:, 0]) < 0.002 for line in lines_of(base, "layer-basemap-road"))
    assert "lines of water" in base.summary


def degrees(zoom: int, x: float, y: float) -> tuple[float, float]:
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / 2**zoom))))
    return x / 2**zoom * 360 - 180, lat


def test_levels_of_borders_are_numbers(tmp_path: Path) -> None:
    kept = vector("boundary", "admin_level", 4, [(0, 3000), (4096, 3000)])
    left = vector("boundary", "admin_level", 8, [(0, 3000), (4096, 3000)])
    assert list(tiles.read(of_vectors(tmp_path / "a.pmtiles", kept), FRAME).layers) == [
        "layer-basemap-border"
    ]
    with pytest.raises(InputError, match="no waters, borders or roads"):
        tiles.read(of_vectors(tmp_path / "b.pmtiles", left), FRAME)


def test_bad_vector_tiles_are_refused(tmp_path: Path) -> None:
    good = vector("water", "kind", "ocean", SQUARE, closed=True)
    for name, path, words in [
        ("garbage", of_vectors(tmp_path / "a.pmtiles", b"\xff\x07 no tile " * 20), "damaged"),
        ("bomb", of_vectors(tmp_path / "b.pmtiles", good, bytes(30_000_000)), "inflates beyond 8 MB"),
        ("deep", of_vectors(tmp_path / "c.pmtiles", good, zooms=(12,), box=FRAME), "more than 60 tiles"),
    ]:
        with pytest.raises(InputError, match=words) as caught:
            tiles.read(path, FRAME)
        assert caught.value.where == str(path), name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_garbled_vector_tile_is_read_or_refused(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    data = bytearray(vector("water", "kind", "ocean", SQUARE, closed=True))
    for at, byte in changes:
        data[at % len(data)] = byte
    path = of_vectors(tmp_path / "a.pmtiles", bytes(data), zooms=(6,), box=FRAME)
    try:
        assert tiles.read(path, FRAME).layers
    except InputError as error:
        assert error.where == str(path)


@pytest.mark.browser
def test_vector_tiles_are_seen(tmp_path: Path, context_of: Callable[..., BrowserContext]) -> None:
    folder = tmp_path / "page"
    comb = [(0 if n % 4 in (0, 3) else 4096, 40 * n) for n in range(100)]
    path = of_vectors(tmp_path / "a.pmtiles", vector("waterway", "class", "river", comb))
    publish(ledger(), FakeGazetteer(), folder, profile=PROFILE, now=NOW, basemap=path)
    has = core_of(folder)["has"]
    assert has["layers"] == ["basemap-water"]
    assert not (folder / "tiles").exists()
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}), folder)
    show(page, folder, "#/map?layers=base")
    page.wait_for_selector(DRAWN)
    page.wait_for_timeout(400)
    assert share(pixels(page.locator(".map-box")), lambda r, g, b: b - r > 12) > 0.02
    assert "© The Mappers" in page.locator(".credit").inner_text()
    assert watch.clean()
