"""`oskil serve` as it runs: several processes behind one address, and how they end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from cli_example import Oskil

WORKERS = 3


@pytest.fixture
def served(example: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process of the command, and the address that it printed."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<title>A site</title>", "utf-8")
    arguments = ("serve", "--port", 0, "--workers", WORKERS, "--site", site, "--ledger", example)
    command = [sys.executable, "-c", "from oskil.cli import main; main()", *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    ) as running:
        assert running.stdout is not None
        address = running.stdout.readline().partition(" ")[0]
        assert address.startswith("http://127.0.0.1:")
        _until(lambda: httpx.get(f"{address}api/about").status_code == 200)
        yield running, address
        if running.poll() is None:
            running.kill()


def _until(answers: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if answers():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not come to pass")


def _silent(address: str) -> bool:
    try:
        httpx.get(address)
    except httpx.TransportError:
        return True
    return False


def _workers(running: subprocess.Popen[str]) -> list[int]:
    """The processes of the workers, by their numbers."""
    listed = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text("ascii")
    return [int(number) for number in listed.split()]


def _ended(workers: list[int]) -> bool:
    # One that was adopted may stay in the list for a while after its end.
    states = [Path(f"/proc/{number}/stat") for number in workers]
    return all(not s.exists() or s.read_text("utf-8").rpartition(")")[2].split()[0] == "Z" for s in states)


def test_several_processes_answer_alike(served: tuple[subprocess.Popen[str], str]) -> None:
    running, address = served
    assert len(_workers(running)) == WORKERS
    asked = [f"{address}api/claims?limit={n}" for n in (1, 2, 3)] * 12
    with ThreadPoolExecutor(9) as clients:
        answers = list(clients.map(httpx.get, asked))
    assert {a.status_code for a in answers} == {200}
    # A tag that one of them gave is known to the others: whoever is asked again says so.
    assert len({(str(a.url), a.headers["etag"], a.text) for a in answers}) == 3
    assert httpx.get(address).text == "<title>A site</title>"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told_and_leaves_nobody(
    served: tuple[subprocess.Popen[str], str], how: signal.Signals
) -> None:
    running, address = served
    workers = _workers(running)
    running.send_signal(how)
    running.wait(30)
    _until(lambda: _ended(workers))
    assert _silent(address)
    assert running.stderr is not None and "Traceback" not in running.stderr.read()


def test_when_a_worker_dies_it_says_so_and_ends(served: tuple[subprocess.Popen[str], str]) -> None:
    running, address = served
    first, *others = _workers(running)
    os.kill(first, signal.SIGKILL)
    assert running.wait(30) == 1
    assert running.stderr is not None
    assert running.stderr.read() == "oskil: a worker died, and the server with it\n"
    _until(lambda: _ended(others))
    assert _silent(address)


def test_workers_do_not_outlive_a_command_that_was_killed(served: tuple[subprocess.Popen[str], str]) -> None:
    running, address = served
    workers = _workers(running)
    running.kill()
    _until(lambda: _ended(workers))
    assert _silent(address)


def test_a_port_that_is_taken_is_one_line(
    served: tuple[subprocess.Popen[str], str], example: Path, tmp_path: Path
) -> None:
    _, address = served
    port = address.rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-c", "from oskil.cli import main; main()", "serve", "--port", port]
    done = subprocess.run(
        [*command, "--ledger", str(example), "--site", str(tmp_path / "site")], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr == f"oskil: 127.0.0.1: cannot listen at port {port}: Address already in use\n"


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_a_page_is_one_line(
    oskil: Oskil, example: Path, tmp_path: Path, there: bool
) -> None:
    folder = tmp_path / "no site"
    if there:
        folder.mkdir()
    done = oskil("serve", "--port", 0, "--site", folder, "--ledger", example)
    assert (done.code, done.out) == (3, "")
    assert (
        done.err == f"oskil: {folder}: there is no page in this folder; `oskil publish FOLDER` writes one\n"
    )


SLOW = """
import contextlib, os, time
from fastapi import FastAPI
from oskil.publishing.api import workers

@contextlib.contextmanager
def opened():
    app = FastAPI()

    @app.get("/")
    async def who() -> int:
        time.sleep(0.2)  # nothing else is done in this process meanwhile
        return os.getpid()

    yield app

workers.run(opened, "127.0.0.1", 0, 2, lambda port: print(port, flush=True))
"""


def test_connections_that_come_at_once_are_shared_out_among_the_workers() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        port = running.stdout.readline().strip()
        try:
            _until(lambda: httpx.get(f"http://127.0.0.1:{port}/").status_code == 200)
            workers = _workers(running)
            for worker in workers:
                os.kill(worker, signal.SIGSTOP)
            answered = [_asked(int(port)) for _ in range(8)]
            for worker in workers:
                os.kill(worker, signal.SIGCONT)
            pids = [asked.makefile().read().splitlines()[-1] for asked in answered]
        finally:
            running.terminate()
    assert len(set(pids)) == 2


def _asked(port: int) -> socket.socket:
    """A connection with its question, not answered yet."""
    asked = socket.create_connection(("127.0.0.1", port), timeout=30)
    asked.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    return asked
