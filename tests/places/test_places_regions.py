from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from oskil.conflict.countries import countries
from oskil.errors import GazetteerError
from oskil.places.interface import Gazetteer
from oskil.places.regions import FILE, own_id, region_name, regions
from oskil.places.words import words

DATA = yaml.safe_load(FILE.read_text(encoding="utf8"))
SEATED = [(c, code, e) for c, entries in DATA.items() for code, e in entries.items() if "of" not in e]


def test_every_code_is_proved_by_its_main_town(gazetteer: Gazetteer) -> None:
    wrong = [
        (country, code, entry["seat"])
        for country, code, entry in SEATED
        if not any((p.country, p.region) == (country, code) for p in gazetteer.search(entry["seat"]))
    ]
    assert wrong == []


def test_all_regions_of_ukraine_are_there() -> None:
    assert sum(1 for country, *_ in SEATED if country == "UA") == 27


def test_ids_are_one_each() -> None:
    ids = [r.id for r in regions({})]
    assert len(ids) == len(set(ids))


def test_an_id_of_our_own_never_changes() -> None:
    assert own_id("UA.donbas") == -1199828455


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kharkiv Oblast", "Kharkiv Oblast"),
        ("kharkov region", "Kharkiv Oblast"),
        ("Харківська область", "Kharkiv Oblast"),
        ("Donbas", "Donbas"),
        ("Gaza Strip", "Gaza Strip"),
        ("North Darfur", "North Darfur"),
        ("Idlib governorate", "Idlib Governorate"),
        ("Texas", "Texas"),
    ],
)
def test_a_region_is_found_by_its_names(gazetteer: Gazetteer, name: str, expected: str) -> None:
    assert [p.name for p in gazetteer.search(name) if p.kind == "region"] == [expected]


def test_a_region_of_two_lies_between_them(gazetteer: Gazetteer) -> None:
    (whole,) = [p for p in gazetteer.search("Donbas") if p.kind == "region"]
    parts = [gazetteer.search(n)[0] for n in ("Donetsk Oblast", "Luhansk Oblast")]
    assert min(p.lon for p in parts) < whole.lon < max(p.lon for p in parts)


def test_broken_data_are_refused_with_the_file(tmp_path: Path) -> None:
    bad = tmp_path / "regions.yaml"
    for text in ("UA: [", "UA: {'07': {stems: x}}", "UA: 3"):
        bad.write_text(text)
        with pytest.raises(GazetteerError, match="regions"):
            regions({}, bad)
    with pytest.raises(GazetteerError):
        regions({}, tmp_path / "absent.yaml")


def test_countries_have_names_demonyms_and_capitals() -> None:
    known = countries()
    assert len(known) >= 195 and all(len(iso) == 2 and c.forms for iso, c in known.items())
    assert "NO" in known and "Norwegian" in known["NO"].demonyms
    assert {"US", "U.S.", "America"} <= set(known["US"].forms)
    assert "Kyiv" in known["UA"].capital_metonyms and "Ukrainians" in known["UA"].demonyms


def test_every_country_stands_in_the_gazetteer(gazetteer: Gazetteer) -> None:
    absent = [
        iso
        for iso, country in countries().items()
        if not any(p.kind == "country" and p.country == iso for p in gazetteer.search(country.name))
    ]
    assert absent == []


def test_no_name_of_a_country_is_a_demonym_of_another() -> None:
    demonyms = {d: iso for iso, c in countries().items() for d in c.demonyms}
    clashes = {f for iso, c in countries().items() for f in c.forms if demonyms.get(f, iso) != iso}
    assert clashes == set()


def test_word_lists_are_lower_case() -> None:
    for name in ("ordinary", "time", "titles", "bodies", "features", "acting", "locating"):
        assert words(name) and all(w == w.lower() for w in words(name))


def test_a_region_is_named_by_its_code_and_a_historic_one_is_not() -> None:
    assert region_name("UA", "07") == "Kharkiv Oblast"
    assert region_name("UA", "no such") == region_name("", "") == ""
