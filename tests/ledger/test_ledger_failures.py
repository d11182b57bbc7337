"""What goes wrong around a ledger is told in one clear line, and the ledger stays whole."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ledger_samples import NOON, document, sample
from sqlalchemy import event

from oskil.errors import LedgerError
from oskil.ledger import schema
from oskil.ledger.store import Ledger, open_ledger
from oskil.records import Reading


def fails(call: Callable[[], Any], *words: str) -> str:
    """The one line of the LedgerError that the call raises."""
    with pytest.raises(LedgerError) as caught:
        call()
    line = str(caught.value)
    assert "\n" not in line and len(line) < 250
    for word in words:
        assert word in line
    return line


def fill(ledger: Ledger, size: int, most: int = 2000) -> int:
    """Add ever new documents of about `size` characters until one fails; how many were kept."""
    for number in range(most):
        text = document(f"{number} " + "word " * (size // 5), key=f"text {number}")
        try:
            ledger.add(text, text.text.encode(), Reading(text.id, "rules 1"), NOON)
        except LedgerError as error:
            assert "\n" not in str(error)
            assert any(word in str(error) for word in ("disk", "space", "file too large")), str(error)
            return number
    raise AssertionError("the disk never filled up")


def assert_whole(ledger: Ledger, kept: int) -> None:
    """All that was acknowledged is there and proves right."""
    report = ledger.verify()
    assert report.problems == ()
    assert report.documents == kept == len(ledger.documents())


def test_a_full_database_adds_nothing_of_the_document_and_keeps_the_rest(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.db") as ledger:
        limit = "PRAGMA max_page_count = 100"
        event.listen(ledger._engine, "connect", lambda raw, _: raw.execute(limit))
        ledger._engine.dispose()
        kept = fill(ledger, 4000)
        assert 0 < kept < 200
        assert_whole(ledger, kept)
    with open_ledger(tmp_path / "ledger.db") as ledger:
        text, reading = sample()
        assert ledger.add(text, b"raw", reading, NOON).status == "new"
        assert_whole(ledger, kept + 1)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 512 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command here")
    if done.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_fills_up(tiny_disk: Path) -> None:
    with open_ledger(tiny_disk / "ledger.db") as ledger:
        kept = fill(ledger, 10_000)
        assert kept > 0
        assert_whole(ledger, kept)
    with open_ledger(tiny_disk / "ledger.db") as ledger:
        assert_whole(ledger, kept)


def test_a_disk_without_room_for_the_tables(tiny_disk: Path) -> None:
    filler = tiny_disk / "filler"
    with contextlib.suppress(OSError):
        filler.write_bytes(b"x" * 2**20)
    fails(lambda: open_ledger(tiny_disk / "ledger.db"))
    filler.unlink()
    with open_ledger(tiny_disk / "ledger.db") as ledger:
        assert_whole(ledger, 0)


def _fill_within_a_file_size_limit(path: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    with open_ledger(path) as ledger:
        kept = fill(ledger, 10_000)
        assert_whole(ledger, kept)
    print(kept)


def in_a_process(function: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a function of this module by itself, for what it does to its process."""
    call = f"m.{function}(*map(Path, sys.argv[1:]))"
    code = f"import sys; from pathlib import Path; import {__name__} as m; {call}"
    paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **options,
    )


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    done = in_a_process("_fill_within_a_file_size_limit", str(path))
    assert done.returncode == 0, done.stderr
    kept = int(done.stdout)
    with open_ledger(path) as ledger:
        assert kept > 0
        assert_whole(ledger, kept)


def test_a_raw_file_that_cannot_be_written_leaves_no_row(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(path) as ledger:
        (tmp_path / "ledger.db.raw").write_text("in the way")
        text, reading = sample()
        fails(lambda: ledger.add(text, b"raw", reading, NOON), str(path), "not a directory")
        assert_whole(ledger, 0)


@pytest.mark.parametrize(
    "content", [b"not a database, just a note\n" * 100, b"\x89PNG\r\n\x1a\n" + bytes(2000)]
)
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    fails(lambda: open_ledger(path), str(path), "not a database")
    assert path.read_bytes() == content


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE entries (seq)")
    fails(lambda: open_ledger(path), str(path), "another program's")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("entries",)]


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").touch()
    with open_ledger(tmp_path / "ledger.db") as ledger:
        assert_whole(ledger, 0)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    fails(lambda: open_ledger(tmp_path), str(tmp_path), "a folder")


def test_a_missing_ledger_is_not_made_where_that_is_not_wanted(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "ledger.db"
    fails(lambda: open_ledger(path, create=False), str(path), "no ledger here")
    assert not path.parent.exists()
    with open_ledger(path) as ledger:
        assert_whole(ledger, 0)


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    fails(lambda: open_ledger(tmp_path / "file" / "deep" / "ledger.db"), str(tmp_path))


def _add_and_tell(path: Path) -> None:
    if os.geteuid() == 0:
        # Nobody: the permissions of files do not bind root.
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    text, reading = sample()
    try:
        with open_ledger(path) as ledger:
            ledger.add(text, b"raw", reading, NOON)
    except LedgerError as error:
        print(error)


def open_the_way(folder: Path) -> None:
    """Let other users in, through however many folders the test runner keeps its own in."""
    shared = Path(tempfile.gettempdir())
    for parent in [folder, *folder.parents]:
        if parent == shared or shared not in parent.parents:
            return
        parent.chmod(0o755)


@pytest.mark.parametrize("there", [True, False])
def test_a_read_only_folder(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "ledger.db"
    if there:
        open_ledger(path).close()
    folder.chmod(0o555)
    open_the_way(tmp_path)
    done = in_a_process("_add_and_tell", str(path))
    folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert "cannot be written" in line and str(folder) in line


def test_a_file_that_is_read_only_in_a_folder_that_is_not(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    open_ledger(path).close()
    path.chmod(0o444)
    open_the_way(tmp_path)
    tmp_path.chmod(0o777)
    done = in_a_process("_add_and_tell", str(path))
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert "read-only" in line and str(path) in line


def test_a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    text, reading = sample()
    with open_ledger(path) as ledger:
        ledger.add(text, b"raw", reading, NOON)
    newer = schema.SCHEMA_VERSION + 1
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO versions VALUES (?, '')", (newer,))
    before = path.read_bytes()
    fails(lambda: open_ledger(path), str(path), "newer Oskil", f"schema {newer}")
    assert path.read_bytes() == before
