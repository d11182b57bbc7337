"""Writing the folder: whole or not at all, and never over something else."""

from __future__ import annotations

import errno
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from publishing_handmade import NOW, PROFILE, FakeGazetteer, FakeLedger, ledger
from publishing_reading import record_of, texts_of

from oskil.errors import PublishError
from oskil.publishing.folder import MANIFEST
from oskil.publishing.site import publish


def put(folder: Path, made: FakeLedger | None = None, **options: Any) -> Path:
    return publish(made or ledger(), FakeGazetteer(), folder, profile=PROFILE, now=NOW, **options)


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_ledger_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    opened = put(tmp_path / "again")
    assert opened == tmp_path / "again" / "index.html"
    assert state(tmp_path / "again") == state(site)


def test_the_manifest_names_every_other_file(site: Path) -> None:
    lines = (site / MANIFEST).read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {k.replace("\\", "/"): hashlib.sha256(v).hexdigest() for k, v in state(site).items()}
    found.pop(MANIFEST)
    assert listed == found


@pytest.mark.parametrize("name", ["index.html", "plain.html"])
def test_pages_may_ask_nobody_for_anything(site: Path, name: str) -> None:
    text = (site / name).read_text("utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert not re.search(r"https?:|unsafe|\*", policy)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", text)


def test_stylesheets_load_nothing(site: Path) -> None:
    for path in site.rglob("*.css"):
        for target in re.findall(r"url\(\s*['\"]?([^'\")]+)|@import", path.read_text("utf-8")):
            assert target.startswith("data:"), (path.name, target)


@pytest.mark.parametrize("what", ["file", "folder", "lookalike"])
def test_something_else_is_never_overwritten(tmp_path: Path, what: str) -> None:
    target = tmp_path / "p"
    if what == "file":
        target.write_text("mine")
    else:
        target.mkdir()
        (target / ("index.html" if what == "lookalike" else "letter.txt")).write_text("mine")
    before = target.read_text() if what == "file" else state(target)
    with pytest.raises(PublishError, match="not a page of Oskil; nothing was touched"):
        put(target)
    assert (target.read_text() if what == "file" else state(target)) == before
    assert [p.name for p in tmp_path.iterdir()] == ["p"]


def test_an_empty_folder_is_filled_and_a_page_replaced_with_nothing_left_of_it(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "p"
    target.mkdir(parents=True)
    put(target)
    (target / "data" / "document-0000.js").write_text("left over")
    put(target, final=True)
    assert not (target / "data" / "document-0000.js").exists()
    assert not (target / "robots.txt").exists()
    assert [p.name for p in target.parent.iterdir()] == ["p"]


@pytest.mark.parametrize("nth", [1, 2, 4])
def test_a_full_disk_leaves_the_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    target = tmp_path / "p"
    put(target)
    before = state(target)
    write, calls = Path.write_bytes, []

    def full(self: Path, data: bytes) -> int:
        calls.append(self)
        if len(calls) == nth:
            write(self, b"half a")
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(PublishError, match="cannot be written: No space left on device"):
        put(target, final=True)
    assert len(calls) == nth
    assert state(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["p"]


def test_a_second_publication_writes_only_what_changed(tmp_path: Path) -> None:
    target = tmp_path / "p"
    put(target)
    before = {p.relative_to(target): p.stat().st_ino for p in target.rglob("*") if p.is_file()}
    put(target, title="Another title")
    after = {p.relative_to(target): p.stat().st_ino for p in target.rglob("*") if p.is_file()}
    changed = {str(name) for name in after if before.get(name) != after[name]}
    assert before.keys() == after.keys()
    assert changed == {"index.html", "plain.html", "data/core.js", MANIFEST}


def test_when_the_swap_fails_the_old_page_is_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "p"
    put(target)
    before = state(target)
    rename = Path.rename

    def breaking(self: Path, to: Path) -> Path:
        if self.name == "page":
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", breaking)
    with pytest.raises(PublishError, match="cannot be written"):
        put(target, final=True)
    assert state(target) == before


def test_every_claim_and_text_of_the_ledger_is_on_the_page(site: Path) -> None:
    record = record_of(site)
    made = ledger()
    assert len(record["documents"]) == len(made.stored)
    assert len(record["claims"]) == sum(len(r.claims) for r in made.readings.values())
    assert set(texts_of(site)) == {d["id"] for d in record["documents"]}
    marked = {n for t in texts_of(site).values() for b in t["blocks"] for _, ns in b["pieces"] for n in ns}
    assert marked == set(range(len(record["claims"])))


def test_a_refused_input_is_named_with_its_reason(site: Path) -> None:
    (refusal,) = record_of(site)["refusals"]
    assert (refusal["where"], refusal["reason"]) == ("broken.html", "broken.html is a picture")


def test_an_empty_ledger_makes_an_empty_page(tmp_path: Path) -> None:
    put(tmp_path / "p", FakeLedger())
    record = record_of(tmp_path / "p")
    assert record["documents"] == record["claims"] == record["contradictions"] == []


def test_the_title_is_that_asked_for(tmp_path: Path) -> None:
    put(tmp_path / "p", title="A title & <more>")
    text = (tmp_path / "p" / "index.html").read_text("utf-8")
    assert "<title>DRAFT · A title &amp; &lt;more&gt;</title>" in text
