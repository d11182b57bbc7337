"""The formats of GeoNames, line by line: what is read, and what is refused with its line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places_dumps import country, name, place, zipped

from oskil.errors import GazetteerError
from oskil.places import geonames, geonames_codes, geonames_names
from oskil.places.kinds import KINDS, NAMES_ONLY, kind_of
from oskil.places.rows import TAG

_TEXT = st.text(
    st.characters(exclude_characters="\t\n\r\0\x1f,", exclude_categories=("Cs",)), min_size=1, max_size=60
)


@given(
    st.integers(1, 2**40),
    _TEXT,
    st.lists(_TEXT, max_size=4),
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.sampled_from(["P.PPL", "A.ADM1", "H.STM", "S.AIRB", "X.?", "."]),
    st.integers(0, 2**33),
)
def test_what_is_written_as_a_dump_is_read_back(
    number: int, text: str, others: list[str], lat: float, lon: float, code: str, people: int
) -> None:
    row, day = geonames.parse_place(place(number, text, ",".join(others), (lat, lon), code, people=people))
    assert (row.id, row.names[0], row.lat, row.lon, row.population) == (number, text, lat, lon, people)
    assert set(row.names) <= {text, *others} and len(set(row.names)) == len(row.names)
    assert (row.country, row.region, day) == ("UA", "07", "2026-01-01")


@given(st.text(max_size=300))
def test_any_other_line_is_refused_and_nothing_else_happens(line: str) -> None:
    for parse in (geonames.parse_place, geonames_names.parse_name):
        try:
            parse(line)
        except ValueError as error:
            assert "\n" not in str(error) or "\n" in line


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: c[:-1], "18 columns"),
        (lambda c: [*c, "x"], "20 columns"),
        (lambda c: ["x", *c[1:]], "geonameid"),
        (lambda c: ["0", *c[1:]], "geonameid"),
        (lambda c: [*c[:1], "", *c[2:]], "without a name"),
        (lambda c: [*c[:1], "ab" * 5000, *c[2:]], "10,000 characters"),
        (lambda c: [*c[:3], "x," + "й" * 401, *c[4:]], "401 characters"),
        (lambda c: [*c[:4], "90.01", *c[5:]], "out of range"),
        (lambda c: [*c[:5], "-180.5", *c[6:]], "out of range"),
        (lambda c: [*c[:4], "nan", *c[5:]], "out of range"),
        (lambda c: [*c[:4], "", *c[5:]], "not a coordinate"),
        (lambda c: [*c[:8], "UKR", *c[9:]], "country"),
        (lambda c: [*c[:14], "-5", *c[15:]], "people"),
        (lambda c: [*c[:1], "a\0b", *c[2:]], "control"),
        (lambda c: [*c[:1], f"a{TAG}b", *c[2:]], "control"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(tmp_path: Path, change: object, told: str) -> None:
    bad = "\t".join(change(place(3, "C").split("\t")))  # type: ignore[operator]
    path = zipped(tmp_path / "UA.zip", place(1, "A"), place(2, "B"), bad)
    with pytest.raises(GazetteerError, match=told) as caught:
        list(geonames.places(path))
    assert str(caught.value).startswith(f"{path}, line 3: ") and len(str(caught.value)) < 300


def test_airport_codes_and_machine_transliterations_are_left_out() -> None:
    row, _ = geonames.parse_place(place(1, "Łódź", "LCJ,Lodz,luo zi,Лодзь"))
    assert row.names == ("Łódź", "Lodz", "Лодзь")


def test_the_plain_name_counts_where_it_is_another() -> None:
    line = place(1, "Кут").split("\t")
    line[2] = "Kut"
    assert geonames.parse_place("\t".join(line))[0].names == ("Кут", "Kut")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("P.PPLA2", "settlement"),
        ("P.PPLX", "neighbourhood"),
        ("P.PPLQ", "historic"),
        ("A.ADM1", "region"),
        ("A.ADM1H", "historic"),
        ("A.ADM2", "district"),
        ("A.PCLI", "country"),
        ("H.STMI", "river"),
        ("H.RSV", "lake"),
        ("H.SEA", "sea"),
        ("H.MRSH", "water"),
        ("T.MTS", "mountain"),
        ("T.BCH", "landform"),
        ("L.MILB", "military"),
        ("S.AIRB", "military"),
        ("S.CH", "spot"),
        ("Q.WHAT", "spot"),
        (".", "spot"),
    ],
)
def test_feature_codes_are_kinds(code: str, kind: str) -> None:
    group, _, feature = code.partition(".")
    assert kind_of(group, feature) == kind and kind in KINDS


def test_names_are_gathered_by_place_and_codes_left_out(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "alternateNamesV2.zip",
        name(1, 20, "Куп'янськ", "uk"),
        name(2, 10, "Екатеринослав", "ru", "1"),
        name(3, 20, "https://x.org", "link"),
        name(4, 20, "63701", "post"),
        name(5, 20, "Kupjansk"),
        name(6, 20, "Kupjansk"),
    )
    rows = list(geonames_names.names(path, tmp_path))
    assert [(r.id, r.names) for r in rows] == [
        (10, (f"Екатеринослав{TAG}!ru",)),
        (20, (f"Куп'янськ{TAG}uk", "Kupjansk")),
    ]
    assert all(r.kind == NAMES_ONLY for r in rows)


def test_the_names_of_a_zip_with_languages_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "alternateNamesV2.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("iso-languagecodes.txt", "ISO\n")
        archive.writestr("alternateNamesV2.txt", name(1, 2, "X") + "\n")
    assert [r.id for r in geonames_names.names(path, tmp_path)] == [2]


def test_bad_names_are_refused_with_their_line(tmp_path: Path) -> None:
    for bad in ("1\t2", name(1, 2, "й" * 10_000), name(1, 2, "x", "u" * 30), "1\tx\tuk\ta\t\t\t\t\t\t"):
        path = tmp_path / "alternateNamesV2.txt"
        path.write_text(f"{name(1, 2, 'A')}\n{bad}\n")
        with pytest.raises(GazetteerError) as caught:
            list(geonames_names.names(path, tmp_path))
        assert f"{path}, line 2: " in str(caught.value)


def test_regions_and_countries_get_the_centre_or_only_names(tmp_path: Path) -> None:
    one, two, info = (tmp_path / n for n in ("admin1CodesASCII.txt", "admin2Codes.txt", "countryInfo.txt"))
    one.write_text("UA.07\tKharkivska\tKharkivska\t5\nUA.08\tX\tX\t6\nUA.09\tNowhere\tNowhere\t7\n")
    two.write_text("UA.07.6310\tKupiansk Raion\tKupiansk Raion\t8\n")
    info.write_text(f"#ISO\tISO3\n{country('UA', 'Ukraine', 9, 44)}\n{country('AN', 'Antilles', 0)}\n")

    def centre(of: str, region: str, district: str) -> tuple[float, float] | None:
        return None if region == "09" else (49.0, 36.0)

    rows = list(geonames_codes.regions(one, lambda number: number == 5, centre))
    assert [(r.id, r.kind == NAMES_ONLY, r.region) for r in rows] == [(5, True, "07"), (6, False, "08")]
    (district,) = geonames_codes.regions(two, lambda number: False, centre)
    assert (KINDS[district.kind], district.district, district.lat) == ("district", "6310", 49.0)
    (ukraine,) = geonames_codes.countries(info, lambda number: False, centre)
    assert (KINDS[ukraine.kind], ukraine.population, ukraine.names) == ("country", 44, ("Ukraine",))


def test_bad_regions_and_countries_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "admin1CodesASCII.txt"
    for bad in ("UA.07\tA\tA", "UA\tA\tA\t5", "UA.07\tA\tA\tx"):
        path.write_text(f"UA.01\tB\tB\t1\n{bad}\n")
        with pytest.raises(GazetteerError, match="line 2"):
            list(geonames_codes.regions(path, lambda number: True, lambda *_: None))
    for bad in ("UA\tx", country("UKR", "Ukraine", 5), country("UA", "", 5)):
        path.write_text(f"#\n{bad}\n")
        with pytest.raises(GazetteerError, match="line 2"):
            list(geonames_codes.countries(path, lambda number: True, lambda *_: None))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\n", "line 1: an empty line"),
        (place(1, "A").encode() + b"\n\n", "line 2: an empty line"),
        (place(1, "A").encode() + b"\n" + b"\xff\xfe", "line 2: not UTF-8"),
        (b"x" * 200_000, "line 1: a line of more than"),
        ((place(1, "A") + "\n").encode("utf-16"), "not UTF-8"),
        ((place(1, "A") + "\n" + place(2, "B")[:30]).encode(), "line 2: 12 columns"),
    ],
)
def test_bad_texts_are_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "UA.txt"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=told):
        list(geonames.places(path))


def test_a_mark_at_the_start_and_windows_line_ends_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "UA.txt"
    path.write_bytes(b"\xef\xbb\xbf" + f"{place(1, 'A')}\r\n{place(2, 'B')}\r\n".encode())
    assert [(row.id, day) for row, day in geonames.places(path)] == [(1, "2026-01-01"), (2, "2026-01-01")]


def test_lines_longer_than_a_block_of_reading_stay_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geonames, "_CHUNK", 50)
    path = zipped(tmp_path / "UA.zip", *(place(n, f"Місто {n}") for n in range(1, 40)))
    assert [row.id for row, _ in geonames.places(path)] == list(range(1, 40))


def harmed(path: Path, harm: str) -> None:
    raw = bytearray(path.read_bytes())
    if harm == "truncated":
        raw = raw[: len(raw) // 2]
    elif harm == "altered":
        at = raw.index(b"UA.txt") + 40
        raw[at : at + 6] = b"\xff\x00\xff\x00\xff\x00"
    elif harm == "empty":
        raw = bytearray()
    elif harm == "text":
        raw = bytearray(b"<html>504 Gateway Time-out</html>")
    path.write_bytes(raw)


@pytest.mark.parametrize("harm", ["truncated", "altered", "empty", "text"])
def test_damaged_zips_are_refused_with_their_name(tmp_path: Path, harm: str) -> None:
    path = zipped(tmp_path / "UA.zip", *(place(n, f"N{n}") for n in range(1, 200)))
    harmed(path, harm)
    with pytest.raises(GazetteerError, match="damaged or cut short") as caught:
        list(geonames.places(path))
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_zips_of_something_else_and_with_passwords_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "UA.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
        archive.writestr("b.txt", "x")
    with pytest.raises(GazetteerError, match=r"a\.txt, b\.txt"):
        list(geonames.places(path))
    zipped(path, place(1, "A"))
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag of encryption in both heads
        at = -1
        while (at := raw.find(mark, at + 1)) >= 0:
            raw[at + offset] |= 1
    path.write_bytes(raw)
    with pytest.raises(GazetteerError, match="password"):
        list(geonames.places(path))


def test_a_bomb_is_refused_long_before_it_fills_anything(tmp_path: Path) -> None:
    path = tmp_path / "UA.zip"
    line = (place(1, "A") + "\n").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("UA.txt", "w") as file:
        for _ in range(90):
            file.write(line * (1_000_000 // len(line)))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(GazetteerError, match="unpacks to more than"):
        for _ in geonames.lines(path):
            pass
