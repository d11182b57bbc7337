"""Dumps fetched over a network that breaks, lies and changes its mind. No test here leaves the process."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from oskil.errors import GazetteerError
from oskil.places.fetching import SITE, FakeNetwork, address, fetch, fetched

URL = f"{SITE}UA.zip"
BODY = bytes(range(256)) * 4


def test_a_code_has_an_address_and_nothing_else_has() -> None:
    assert address("UA") == URL
    assert address("allCountries") == f"{SITE}allCountries.zip" == address("allcountries.zip")
    assert address("countryInfo.txt") == f"{SITE}countryInfo.txt" == address("countryinfo")
    assert address("alternateNamesV2") == f"{SITE}alternateNamesV2.zip"
    for other in ("ua", "UKR", "../UA", "UA.csv", "", "https://x.org/UA.zip"):
        assert not address(other)


def test_a_dump_is_fetched_once_it_is_whole(tmp_path: Path) -> None:
    told: list[str] = []
    path = fetch(URL, tmp_path, FakeNetwork({URL: BODY}), told.append)
    assert path.read_bytes() == BODY and [p.name for p in tmp_path.iterdir()] == ["UA.zip"]
    assert told[-1] == "0.0 of 0.0 MB"


def test_what_broke_off_goes_on_from_there(tmp_path: Path) -> None:
    network = FakeNetwork({URL: BODY}, breaks=[300, 300])
    for _ in range(2):
        with pytest.raises(GazetteerError, match="broke off"):
            fetch(URL, tmp_path, network)
        assert not (tmp_path / "UA.zip").exists()
    assert fetch(URL, tmp_path, network).read_bytes() == BODY
    assert [a.get("Range") for a in network.asked] == [None, "bytes=300-", "bytes=600-"]


def test_another_file_by_then_is_fetched_from_the_start(tmp_path: Path) -> None:
    network = FakeNetwork({URL: BODY}, breaks=[300])
    with pytest.raises(GazetteerError):
        fetch(URL, tmp_path, network)
    network.files[URL] = BODY[::-1]
    assert fetch(URL, tmp_path, network).read_bytes() == BODY[::-1]


def test_a_server_without_ranges_sends_all_again(tmp_path: Path) -> None:
    network = FakeNetwork({URL: BODY}, breaks=[300], ranges=False)
    with pytest.raises(GazetteerError):
        fetch(URL, tmp_path, network)
    assert fetch(URL, tmp_path, network).read_bytes() == BODY


def test_a_part_that_is_whole_already_is_fetched_anew(tmp_path: Path) -> None:
    network = FakeNetwork({URL: BODY}, breaks=[300])
    with pytest.raises(GazetteerError):
        fetch(URL, tmp_path, network)
    (tmp_path / "UA.zip.part").write_bytes(BODY)  # cut down between the last byte and the new name
    assert fetch(URL, tmp_path, network).read_bytes() == BODY


def test_a_short_answer_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    class Short(FakeNetwork):
        def _pieces(self, data: bytes):  # type: ignore[no-untyped-def]
            yield data[:100]

    with pytest.raises(GazetteerError, match="broke off after 100 of 1,024 bytes"):
        fetch(URL, tmp_path, Short({URL: BODY}))
    assert not (tmp_path / "UA.zip").exists()


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="answered 404") as caught:
        fetched("XX", tmp_path, network=FakeNetwork())
    assert "XX.zip" in str(caught.value)
    with pytest.raises(GazetteerError, match="neither a file nor the code"):
        fetched("Ukraine", tmp_path, network=FakeNetwork())


def test_a_stated_hash_is_proven_for_files_and_for_what_is_fetched(tmp_path: Path) -> None:
    right = hashlib.sha256(BODY).hexdigest()
    network = FakeNetwork({URL: BODY})
    assert fetched("UA", tmp_path, network=network, sha256=right.upper()).read_bytes() == BODY
    file = tmp_path / "mine.csv"
    file.write_bytes(BODY)
    assert fetched(str(file), tmp_path, sha256=right) == file
    with pytest.raises(GazetteerError, match=f"SHA-256 is {right}"):
        fetched(str(file), tmp_path, sha256="0" * 64)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GazetteerError, match="cannot be written"):
        fetch(URL, tmp_path / "file", FakeNetwork({URL: BODY}))
