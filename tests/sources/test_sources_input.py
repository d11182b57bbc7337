from __future__ import annotations

import errno
import io
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oskil.errors import SourceError
from oskil.sources import Hints, Raw, load
from oskil.sources.decoding import decode
from oskil.sources.loading import load as load_with_limits

SENTENCE = (
    "Shells fell on the harbour for four hours on Sunday night, two dock workers told the paper on Monday."
)
RUSSIAN = (
    "В воскресенье вечером снаряды попали в порт, погибли двое рабочих, сообщил начальник порта утром. " * 3
)
UKRAINIAN = (
    "У неділю ввечері снаряди влучили в порт, загинули двоє працівників, повідомив начальник порту вранці. "
    * 3
)


def refusal(path: Path | str) -> str:
    with pytest.raises(SourceError) as caught:
        load(str(path), Hints())
    told = str(caught.value)
    assert "\n" not in told
    assert told.startswith(f"{path}: ")
    assert caught.value.exit_code == 3
    return told


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.md", b"", "empty"),
        ("a.md", b" \n\t\r\n ", "white space"),
        ("a.txt", b"\xef\xbb\xbf\n", "white space"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a PNG picture"),
        ("a.html", b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        ("a.html", b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        ("a.html", b"PK\x03\x04\x14\x00", "a ZIP archive"),
        ("a.txt", b"\x1f\x8b\x08\x00", "a gzip archive"),
        ("a.txt", b"text\x00with NUL", "NUL at byte 4"),
        ("a.txt", SENTENCE.encode() + b" caf\xe9", f"broken UTF-8 at byte {len(SENTENCE) + 4}"),
        ("a.txt", "Порт снова ".encode() + b"\xd0", "broken UTF-8 at byte 20"),
        ("a.md", b"\xff\xfea\x00\x00\xd8", "broken UTF-16 at byte"),
        (
            "a.html",
            b"<html><head><meta charset='utf-8'></head><body>\xff\xfe</body></html>",
            "broken UTF-8 at byte 47",
        ),
        ("a.json", b'{"a": 1}', "this is JSON"),
        ("a.xml", b"<?xml version='1.0'?><svg></svg>", "this is XML"),
        ("a.xml", b"<?xml version='1.0'?><rss></rss>", "no entry in this feed"),
        ("a.html", b"<html></html>", "no article"),
    ],
)
def test_bad_bytes_get_one_clear_line(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    assert told in refusal(write(tmp_path, name, data))


def test_what_is_no_file_gets_one_clear_line(tmp_path: Path) -> None:
    assert "a folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "absent.md")
    os.mkfifo(tmp_path / "pipe")
    assert "a pipe" in refusal(tmp_path / "pipe")
    assert "a device" in refusal("/dev/null")
    assert "file name too long" in refusal("x" * 5000)


def test_a_forbidden_file_gets_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is acted, as whoever runs the tests may be allowed to read everything."""

    def refuse(self: Path, *args: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))

    path = write(tmp_path, "a.md", SENTENCE.encode())
    monkeypatch.setattr(Path, "open", refuse)
    assert "permission denied" in refusal(path)


def test_a_path_with_a_nul_and_an_empty_name_are_refused() -> None:
    for name in ("a\0b", "", " "):
        with pytest.raises(SourceError):
            load(name, Hints())


def test_a_line_of_100_mb_is_refused_at_once_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        block = b"x" * 1_000_000
        for _ in range(100):
            file.write(block)
    tracemalloc.start()
    start = time.perf_counter()
    assert "100 MB are more than the 20 MB" in refusal(path)
    assert time.perf_counter() - start < 1
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_too_much_on_standard_input_is_refused() -> None:
    with pytest.raises(SourceError, match="-: this is more than the 0.001 MB"):
        load_with_limits("-", Hints(), stdin=io.BytesIO(b"word " * 1000), largest=1000)


def test_a_line_that_no_text_has_is_refused_with_its_number(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"first\n" + b"x" * 1_000_001)
    assert "line 2 is 1,000,001 bytes long" in refusal(path)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-8-sig", "utf-32"])
def test_legacy_encodings_are_told_from_the_bytes(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "a.txt", RUSSIAN.encode(encoding))
    assert load(str(path), Hints())[0].document.text == RUSSIAN.strip()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_nuls(encoding: str) -> None:
    assert decode(Raw(where="x", data=SENTENCE.encode(encoding))).text == SENTENCE


def test_ukrainian_in_a_legacy_encoding() -> None:
    assert decode(Raw(where="x", data=UKRAINIAN.encode("cp1251"))).text == UKRAINIAN


def test_a_declared_encoding_is_believed_and_the_servers_first() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>Порт</body></html>'
    decoded = decode(Raw(where="x", data=page.encode("cp1251")))
    assert (decoded.text, decoded.encoding, decoded.how) == (page, "cp1251", "declared in the page")
    by_server = decode(Raw(where="x", data=page.encode("koi8-r"), encoding="koi8-r"))
    assert (by_server.text, by_server.how) == (page, "declared by the server")


def test_windows_quotes_in_plain_english() -> None:
    assert (
        decode(Raw(where="x", data=b"\x93It was loud,\x94 he said \x96 twice.")).text
        == "“It was loud,” he said – twice."
    )


def test_standard_input_is_read_as_what_it_is() -> None:
    document = load("-", Hints(outlet="The Paper"), stdin=io.BytesIO(f"# Ferry sunk\n\n{SENTENCE}".encode()))[
        0
    ].document
    assert (document.title, document.outlet, document.retrieved_from) == ("Ferry sunk", "The Paper", "-")


def test_raw_bytes_are_kept_with_their_hash(tmp_path: Path) -> None:
    import hashlib

    path = write(tmp_path, "a.md", SENTENCE.encode())
    loaded = load(str(path), Hints())[0]
    assert loaded.raw == SENTENCE.encode()
    assert loaded.document.raw_sha256 == hashlib.sha256(loaded.raw).hexdigest()


def test_the_same_file_twice_is_the_same_document(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", SENTENCE.encode())
    assert load(str(path), Hints())[0].document == load(str(path), Hints())[0].document


def test_importing_the_package_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = (
        "import sys, oskil.sources; "
        "heavy = {'trafilatura', 'httpx', 'htmldate', 'lxml', 'py3langid', 'charset_normalizer', 'yaml'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=120).map(lambda b: b"<html><body><p>" + b)))
def test_any_bytes_give_a_document_or_one_clear_line(data: bytes) -> None:
    try:
        documents = load("-", Hints(language="en"), stdin=io.BytesIO(data))
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert documents[0].document.text
