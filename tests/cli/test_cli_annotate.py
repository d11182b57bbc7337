"""Many documents through `oskil annotate`: several processes, the same answers in the same order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_example import Oskil

from oskil.cli import annotating, rooms
from oskil.errors import InputError

TOWNS = ("Omdurman", "Bahri", "Sennar", "Tawila", "Nyala", "Zalingei", "Kutum", "Geneina")


def documents(count: int) -> bytes:
    """Lines of the wire, one report each, all different."""
    records = (
        {"id": n, "text": f"The army has retaken {TOWNS[n % 8]}, its spokesman said. {n} died."}
        for n in range(count)
    )
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def test_several_processes_answer_as_one_does(process: Oskil) -> None:
    given = documents(12) + b"{not json}\n" + documents(3)
    one, two = (process("annotate", "--jobs", jobs, stdin=given) for jobs in (1, 2))
    assert one == two and two.code == 3
    assert [json.loads(line)["id"] for line in two.out.splitlines()] == [*range(12), 0, 1, 2]
    assert (
        two.err
        == "oskil: line 13: not JSON: Expecting property name enclosed in double quotes at character 2\n"
    )


def test_a_fault_met_in_one_document_does_not_cost_the_others(
    oskil: Oskil, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Faulty:
        def read(self, document: object) -> object:
            if "2 died" in getattr(document, "text", ""):
                raise ZeroDivisionError("of no use")
            return real.read(document)  # type: ignore[arg-type]

    real = rooms.reader_for(None)
    monkeypatch.setattr(rooms, "reader_for", lambda profile, threads=0: Faulty())
    done = oskil("annotate", stdin=documents(4))
    assert done.code == 1 and done.err.startswith("oskil: line 3: unexpected: ZeroDivisionError: of no use")
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == [0, 1, 3]


def test_a_wrong_profile_is_said_once_whatever_the_number_of_processes(oskil: Oskil) -> None:
    done = oskil("annotate", "--jobs", 2, "--profile", "no-such-war", stdin=documents(1))
    assert done.code == 3 and done.err.count("\n") == 1 and done.out == ""


def test_the_number_of_processes_fits_what_is_given(tmp_path: Path) -> None:
    short, long = tmp_path / "short", tmp_path / "long"
    short.write_bytes(documents(2))
    long.write_bytes(b"x" * (annotating.SHORT + 1))
    with short.open("rb") as few, long.open("rb") as many:
        assert annotating.jobs_for(few) == 1
        assert annotating.jobs_for(many) == os.cpu_count()
    ends = os.pipe()
    with os.fdopen(ends[0], "rb") as pipe:
        os.close(ends[1])
        assert annotating.jobs_for(pipe) == 1


def test_a_killed_process_is_said_in_one_line() -> None:
    def numbered() -> object:
        import multiprocessing

        yield 1, documents(1)
        for child in multiprocessing.active_children():
            child.kill()
        yield from ((n, documents(1)) for n in range(2, 40))

    with pytest.raises(InputError, match="was killed"):
        list(annotating.answers(numbered(), None, 2))  # type: ignore[arg-type]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to look into here")
def test_no_process_hears_ctrl_c_not_even_one_that_is_just_being_started() -> None:
    import multiprocessing

    masks: list[int] = []

    def numbered() -> Iterator[tuple[int, bytes]]:
        for number in range(1, 12):
            yield number, documents(1)
            for child in multiprocessing.active_children():
                status = Path(f"/proc/{child.pid}/status").read_text()
                masks.append(int(status.split("SigBlk:")[1].split()[0], 16))

    assert len(list(annotating.answers(numbered(), None, 2))) == 11
    assert len(masks) >= 10 and all(mask >> (signal.SIGINT - 1) & 1 for mask in masks)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_ctrl_c_stops_all_processes_with_one_line(tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_bytes(documents(4000))
    command = [sys.executable, "-c", "from oskil.cli import main; main()", "annotate", "--jobs", "2"]
    with given.open("rb") as stdin:
        run = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        assert run.stdout is not None and run.stdout.readline()
        os.killpg(run.pid, signal.SIGINT)
        _, err = run.communicate(timeout=20)
    assert run.returncode == 130 and err == b"oskil: interrupted\n"
    deadline = time.monotonic() + 10
    while _alive(run.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(run.pid)


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
