"""Bad input as a user meets it: one clear line, a code that is not 0, and the ledger still proves itself."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_example import EXAMPLE, Done, Oskil

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00"
    + bytes(range(256)) * 8
)
OSKIL = (sys.executable, "-c", "from oskil.cli import main; main()")


def refused(done: Done, oskil: Oskil, ledger: Path) -> str:
    """Checks what holds of every refusal; returns the one line."""
    assert done.code == 3
    assert done.err.count("\n") == 1 and done.err.startswith("oskil: ") and "Traceback" not in done.err
    assert oskil("verify", "--ledger", ledger).code == 0
    return done.err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.md", b""),
        ("blank.txt", b" \n\t\n"),
        ("picture.html", PNG),
        (
            "broken.md",
            b"# A town\n\nThe town was \xff\xfe\xc3 retaken on \xe2\x28 Thursday, the army said.\n" * 3,
        ),
        ("nul.txt", b"The town\x00was retaken\x00\x00on Thursday.\n"),
        ("nothing.html", b"<html><head><title>x</title></head><body><script>1</script></body></html>"),
    ],
)
def test_what_is_no_text_is_refused(name: str, data: bytes, oskil: Oskil, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    ledger = tmp_path / "l.db"
    line = refused(oskil("read", "--ledger", ledger, tmp_path / name), oskil, ledger)
    assert name in line


def test_a_line_of_100_megabytes_is_refused(oskil: Oskil, tmp_path: Path) -> None:
    path, ledger = tmp_path / "long.txt", tmp_path / "l.db"
    path.write_bytes(b"word " * 20_000_000)
    began = time.monotonic()
    refused(oskil("read", "--ledger", ledger, path), oskil, ledger)
    path.unlink()
    assert time.monotonic() - began < 10


def test_a_file_that_is_not_there(oskil: Oskil, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    assert "gone.md" in refused(oskil("read", "--ledger", ledger, tmp_path / "gone.md"), oskil, ledger)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/a",
        "http://localhost/a",
        "http://[::1]/a",
        "http://10.0.0.8/a",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "ftp://example.org/a",
        "file:///etc/passwd",
    ],
)
def test_private_addresses_are_not_asked(address: str, oskil: Oskil, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    refused(oskil("read", "--ledger", ledger, address), oskil, ledger)


def test_the_others_are_read_all_the_same(oskil: Oskil, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    ledger = tmp_path / "l.db"
    done = oskil("read", "--ledger", ledger, tmp_path / "empty.md", EXAMPLE / "summary.md")
    assert done.code == 3 and "empty.md" in done.err and "Evening summary" in " ".join(done.out.split())
    assert oskil("claims", "--ledger", ledger, "--format", "jsonl").out.count("\n") > 3
    assert "1 refusal" in " ".join(oskil("doctor", "--ledger", ledger).out.split())


HOSTILE = """<!doctype html><html lang="en"><head>
<title>Town &lt;script&gt;alert(1)&lt;/script&gt; retaken</title>
<meta property="og:site_name" content="Post&quot; onload=&quot;alert(2)">
<link rel="canonical" href="javascript:alert(3)">
<meta property="article:published_time" content="2022-09-08T10:00:00+03:00"></head><body><article>
<h1>Town &lt;script&gt;alert(1)&lt;/script&gt; retaken</h1>
<p onclick="alert(4)">The army said on Thursday that &lt;img src=x onerror=alert(5)&gt; its soldiers had taken
control of Balakliya, a town of 27,000 people in the Kharkiv region of eastern Ukraine.</p>
<p>"We hold Balakliya &lt;/script&gt;&lt;svg onload=alert(6)&gt; and the road," the General Staff said in
a long statement that was published on Thursday evening, after a day of heavy fighting in the area.</p>
<script>alert(7)</script></article></body></html>"""


def test_nothing_of_a_hostile_page_runs_on_ours(oskil: Oskil, tmp_path: Path) -> None:
    path, ledger, site = tmp_path / "hostile.html", tmp_path / "l.db", tmp_path / "site"
    path.write_text(HOSTILE)
    assert oskil("read", "--ledger", ledger, path).code == 0
    assert "\x1b" not in oskil("claims", "--ledger", ledger).out
    assert oskil("publish", "--ledger", ledger, site).code == 0
    tags = ("<script>alert", "<img src=x", "<svg onload", "</script><svg")
    for page in (*site.glob("*.html"), *site.glob("data/**/*.js")):
        text = page.read_text(encoding="utf8").lower()
        # In the scripts' strings a quotation mark is escaped, so only a page can hold a live attribute.
        live = (*tags, 'href="javascript:', '" onload=') if page.suffix == ".html" else tags
        assert not [x for x in live if x in text], page.name


def limited(kilobytes: int) -> None:
    """A disk with that much room, as far as this process can tell."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))


def test_a_disk_that_fills_up_leaves_the_ledger_whole(oskil: Oskil, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    assert oskil("read", "--ledger", ledger, EXAMPLE / "summary.md").code == 0
    room = ledger.stat().st_size // 1024 + 4
    texts = [EXAMPLE / n for n in ("article-first.md", "article-revised.md", "channel.md", "saved.html")]
    done = subprocess.run(
        [*OSKIL, "read", "--ledger", ledger, *texts],
        capture_output=True,
        text=True,
        preexec_fn=lambda: limited(room),
        check=False,
        timeout=120,
    )
    assert done.returncode == 4, done.stderr
    assert done.stderr.count("\n") == 1 and done.stderr.startswith("oskil: ")
    assert oskil("verify", "--ledger", ledger).code == 0
    assert oskil("read", "--ledger", ledger, *texts).code == 0


def test_a_page_that_finds_no_room_leaves_the_old_one(example: Path, oskil: Oskil, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert oskil("publish", "--ledger", example, site).code == 0
    before = {p: p.read_bytes() for p in site.rglob("*") if p.is_file()}
    done = subprocess.run(
        [*OSKIL, "publish", "--ledger", example, site],
        capture_output=True,
        text=True,
        preexec_fn=lambda: limited(8),
        check=False,
        timeout=120,
    )
    assert done.returncode == 4 and done.stderr.count("\n") == 1, done.stderr
    assert {p: p.read_bytes() for p in site.rglob("*") if p.is_file()} == before


def test_killed_while_writing_the_ledger_is_whole_and_goes_on(oskil: Oskil, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    text = (EXAMPLE / "article-first.md").read_text(encoding="utf8")
    paths = []
    for number in range(40):
        paths.append(tmp_path / f"{number}.md")
        paths[-1].write_text(text.replace("/breach-near-kharkiv", f"/{number}"), encoding="utf8")
    child = subprocess.Popen([*OSKIL, "read", "--ledger", ledger, *paths], stdout=subprocess.DEVNULL)
    wait_for_writing(child, ledger.with_name("l.db.raw"))
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    assert oskil("verify", "--ledger", ledger).code == 0
    again = oskil("read", "--ledger", ledger, *paths[:8], "--format", "csv")
    assert again.code == 0 and ",known," in again.out
    assert oskil("verify", "--ledger", ledger).code == 0


def wait_for_writing(child: subprocess.Popen[bytes], raw: Path) -> None:
    """Until some documents are in."""
    until = time.monotonic() + 60
    while time.monotonic() < until and child.poll() is None:
        if raw.exists() and sum(1 for p in raw.rglob("*") if p.is_file()) >= 3:
            return
        time.sleep(0.01)
    raise AssertionError("the command ended, or wrote nothing, before it could be killed")


@pytest.mark.parametrize("junk", [b"not a ledger at all, but long enough " * 40, b""])
def test_a_ledger_that_is_none(junk: bytes, oskil: Oskil, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    ledger.write_bytes(junk)
    done = oskil("claims", "--ledger", ledger)
    if junk:
        assert done.code in (4, 5) and done.err.count("\n") == 1
        assert ledger.read_bytes() == junk


def test_a_ledger_that_was_changed_is_found_out(example: Path, oskil: Oskil, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    data = example.read_bytes()
    assert b"Balakliya" in data
    ledger.write_bytes(data.replace(b"Balakliya", b"Bogodukhi"))
    done = oskil("verify", "--ledger", ledger)
    assert done.code == 5 and done.out == "" and done.err.startswith(f"oskil: {ledger}: ")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{not json}", "not JSON"),
        (b'"text"', "not an object"),
        (b'{"id": "x"}', "text"),
        (b'{"id": "x", "text": 5}', "text"),
        (b'{"id": "\xff", "text": "x"}', "UTF-8"),
        (b"[" * 100_000, "nested"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(line: bytes, says: str, oskil: Oskil) -> None:
    good = b'{"id": "%d", "text": "The army said it had retaken Balakliya.", "published": "2022-09-08"}\n'
    done = oskil("annotate", stdin=good % 1 + b"\n" + line + b"\n" + good % 2)
    assert done.code == 3 and done.err.startswith("oskil: line 3: ") and says in done.err
    assert done.err.count("\n") == 1 and done.out.count("\n") == 2


def test_a_profile_that_is_none(example: Path, oskil: Oskil, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("id: [")
    for profile in (tmp_path / "p.yaml", tmp_path / "gone.yaml", "no-such-war"):
        done = oskil("place", "Balakliya", "--ledger", example, "--profile", profile)
        assert done.code == 3 and done.err.count("\n") == 1
        made = tmp_path / "new.db"
        assert oskil("read", EXAMPLE / "summary.md", "--ledger", made, "--profile", profile).code == 3
        assert not made.exists()
