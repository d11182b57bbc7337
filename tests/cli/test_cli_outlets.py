"""Where outlets are at home: learned from the ledger, used by what is read afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from cli_example import Oskil

TEXTS = (
    "Police in Winder and Watkinsville closed the road to Commerce after a crash.",
    "The council of Monroe, Ga., met on Monday. People from Jefferson and Winder came.",
    "A man from Danielsville was arrested in Royston, deputies said.",
)
ATHENS = "Athens police are looking for two men."
DOMAIN = "onlineathens.com"


@pytest.fixture
def local_paper(oskil: Oskil, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text)
        done = oskil("read", tmp_path / f"{number}.txt", "--url", f"https://www.{DOMAIN}/{number}")
        assert done.code == 0


def region_of_athens(oskil: Oskil, *more: str | Path) -> tuple[str, str]:
    done = oskil("place", "Athens", "--why", *more, "--format", "json")
    first = json.loads(done.out)["candidates"][0]
    return first["country"], first["region"]


@pytest.mark.usefixtures("local_paper")
def test_a_home_is_learned_listed_and_used(oskil: Oskil, tmp_path: Path) -> None:
    (tmp_path / "athens.txt").write_text(ATHENS)
    within = ("--text", tmp_path / "athens.txt", "--outlet", f"https://{DOMAIN}/9")
    assert region_of_athens(oskil, *within) != ("US", "GA")
    data = tmp_path / "data"
    learned = oskil("gazetteer", "outlets", "--data", data, "--format", "json")
    (found,) = json.loads(learned.out)
    assert (found["outlet"], found["country"], found["region"], found["texts"]) == (DOMAIN, "US", "GA", 3)
    assert yaml.safe_load((data / "outlets.yaml").read_text())[DOMAIN]["region"] == "GA"
    assert oskil("gazetteer", "outlets", "--format", "json").out == learned.out  # to the user's own folder
    assert region_of_athens(oskil, *within) == ("US", "GA")


@pytest.mark.usefixtures("local_paper")
def test_what_a_person_wrote_into_the_file_stays(oskil: Oskil, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "outlets.yaml").write_text(f"{DOMAIN}: {{country: US, region: TX, lat: 32.2, lon: -95.85}}\n")
    listed = oskil("gazetteer", "outlets", "--data", data)
    assert "US/TX" in listed.out and "the file" in listed.out and "US/GA" not in listed.out


def test_a_damaged_file_of_homes_is_one_line_and_code_3(oskil: Oskil, tmp_path: Path) -> None:
    oskil("read", tmp_path)  # makes a ledger
    data = tmp_path / "data"
    data.mkdir()
    (data / "outlets.yaml").write_text("a.com: {country: nowhere}\n")
    done = oskil("gazetteer", "outlets", "--data", data)
    assert done.code == 3 and "a.com: 'nowhere' is not a country's code" in done.err
