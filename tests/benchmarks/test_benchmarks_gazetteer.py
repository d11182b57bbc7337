"""The files made for the gazetteer's figures are in the formats that they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import gazetteer
from oskil.places import geonames, geonames_names


def test_made_files_are_read_like_real_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [
        ("Kupiansk", 49.7, 37.6, "UA", "07"),
        ("Куп'янськ", 49.7, 37.6, "UA", "07"),
        ("Suva", -18.1, 179.9, "FJ", "01"),
    ]
    monkeypatch.setattr(gazetteer, "_words", lambda: words)
    places, names = gazetteer.make(tmp_path, 500, 600)
    rows = [row for row, _ in geonames.places(places)]
    assert [row.id for row in rows] == list(range(1, 501)) and len({row.kind for row in rows}) > 5
    assert 400 < sum(len(row.names) for row in geonames_names.names(names, tmp_path)) <= 600
    before = places.read_bytes()
    places.unlink()
    assert gazetteer.make(tmp_path, 500, 600)[0].stat().st_size == len(before)


def test_a_small_run_gives_every_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    got = {
        "opened": 1,
        "before": 1,
        "memory": 1,
        "plain": 1,
        "hits": 1,
        "missed": 1,
        "drawn": 1,
        "near": 1,
        "anonymous": 1,
    }
    monkeypatch.setattr(
        gazetteer, "make", lambda *_: (tmp_path / "allCountries.zip", tmp_path / "alternateNamesV2.zip")
    )
    monkeypatch.setattr(gazetteer, "_measured", lambda *_: {"wall": 60.0, "cpu": 60.0, "anonymous": 1.0})
    monkeypatch.setattr(gazetteer, "_questions", lambda *_: got)
    for name in ("allCountries.zip", "alternateNamesV2.zip"):
        (tmp_path / name).write_bytes(b"x")
        index = tmp_path / "data" / "gazetteers" / f"{name[:-4].lower()}.gazetteer"
        index.parent.mkdir(parents=True, exist_ok=True)
        index.write_bytes(b"x")
    found = gazetteer.figures(tmp_path, 10, 10)
    assert len(found) == 1 + 2 * 3 + 2 * 7 and any("< 3 GB" in figure.goal for figure in found)
