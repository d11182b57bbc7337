from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from oskil.errors import OskilError, SourceError
from oskil.records import Claim, Period, Refusal
from oskil.sources import Hints, Loaded, stream

FIXTURES = Path(__file__).parent / "fixtures"


def read(path: Path, columns: str | None = None) -> tuple[list[Loaded], list[Refusal]]:
    found = list(stream(str(path), Hints(columns=columns)))
    return [x for x in found if isinstance(x, Loaded)], [x for x in found if isinstance(x, Refusal)]


def claims(loaded: list[Loaded]) -> list[Claim]:
    return [claim for one in loaded if one.reading for claim in one.reading.claims]


def test_acled_rows_are_claims_of_their_kinds_with_deaths_and_uncertain_days() -> None:
    loaded, refused = read(FIXTURES / "acled.csv")
    shelling, taken = claims(loaded)
    assert (shelling.kind, shelling.speaker) == ("strike", "ACLED")
    assert [(q.value, q.unit) for q in shelling.quantities] == [(2.0, "people")]
    assert (taken.kind, taken.speaker, taken.quantities) == ("control", "Harbour Digest", ())
    assert taken.time == Period(dt.date(2021, 4, 27), dt.date(2021, 5, 3))
    assert [(r.where.rpartition(", ")[2], "31 Foo 2021" in r.reason) for r in refused] == [("line 4", True)]
    text = loaded[0].document.text
    for claim in (shelling, taken):
        assert text[claim.spans[0].start : claim.spans[0].end] == claim.quote


def test_viina_rows_bring_their_places() -> None:
    loaded, _ = read(FIXTURES / "viina.csv")
    raid, taken = claims(loaded)
    assert (raid.kind, raid.places, raid.speaker) == ("strike", (2643743,), "gazette")
    assert (taken.kind, taken.places) == ("control", ())
    assert loaded[0].document.links[0].url == "https://gazette.example/77"


def test_any_table_is_read_by_a_map_of_ones_own() -> None:
    loaded, _ = read(FIXTURES / "own.csv", str(FIXTURES / "own-map.yaml"))
    first, second = claims(loaded)
    assert (first.kind, first.speaker, [q.value for q in first.quantities]) == (
        "strike",
        "Harbour Master",
        [3.0],
    )
    assert (second.kind, second.quantities) == ("statement", ())
    assert [one.document.published for one in loaded] == ["2021-05-03", "2021-05-04"]


def sheet(path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["When", "Where", "What", "Who says", "Hurt"])
    book.active.append([dt.datetime(2021, 5, 3), "Old Quay", "Ferry sunk by shells", "Harbour Master", 3])
    book.save(path)
    return path


def test_a_spreadsheet_is_read_as_a_table_is(tmp_path: Path) -> None:
    of_sheet, _ = read(sheet(tmp_path / "own.xlsx"), str(FIXTURES / "own-map.yaml"))
    of_csv, _ = read(FIXTURES / "own.csv", str(FIXTURES / "own-map.yaml"))
    assert of_sheet[0].document.text == of_csv[0].document.text


def test_a_spreadsheet_that_swells_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (80 << 20))
    path = tmp_path / "a.xlsx"
    path.write_bytes(packed.getvalue())
    with pytest.raises(SourceError, match="unpacks to more than"):
        read(path)


@pytest.mark.parametrize(
    ("map_text", "told"),
    [
        ("text: What\n", "needs a column for day"),
        ("day: Wann\ntext: What\n", "no column Wann"),
        ("- a\n", "a mapping"),
        ("day: When\ntext: What\nquantities: [5]\n", "wrong form"),
    ],
)
def test_a_bad_map_gets_one_clear_line(tmp_path: Path, map_text: str, told: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(map_text)
    with pytest.raises(OskilError) as caught:
        read(FIXTURES / "own.csv", str(path))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_spreadsheet_with_unknown_columns_asks_for_a_map(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--columns"):
        read(sheet(tmp_path / "own.xlsx"))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "own.csv",
            "When,Where,What\n2021-05-03,Harbour,Shelling of the quay.\n",
            "there are When, Where, What",
        ),
        ("own.TSV", "When\tWhere\n2021-05-03\tHarbour\n", "there are When, Where"),
        ("prose.csv", "The town was retaken on Thursday.\n", "its columns are not known"),
        ("blank.csv", "\n\n", "no line with the names of columns"),
    ],
)
def test_a_table_of_unknown_columns_is_not_read_as_prose(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert told in caught.value.message and caught.value.where == str(path)


def test_a_cell_that_is_no_finite_number_refuses_its_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = (
        f"2021-05-03;Old Quay;Ferry;Harbour Master;{hurt}"
        for hurt in ("inf", "1e400", "-Infinity", "nan", "NA", "3")
    )
    path.write_text("\n".join(["When;Where;What;Who says;Hurt", *rows]))
    loaded, refused = read(path, str(FIXTURES / "own-map.yaml"))
    assert [r.where.rpartition(", ")[2] for r in refused] == ["line 2", "line 3", "line 4"]
    assert "“inf” in Hurt is no number" in refused[0].reason
    assert [[q.value for q in c.quantities] for c in claims(loaded)] == [[], [], [3.0]]
