"""Documents, corrections, withdrawals, seals and exports as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_example import Oskil
from cli_handmade import fill


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "ledger.db"
    fill(path)
    return path


def first(oskil: Oskil, *command: object) -> dict[str, object]:
    record: dict[str, object] = json.loads(oskil(*command, "--format", "jsonl").out.splitlines()[0])
    return record


def test_documents_are_listed_and_shown(oskil: Oskil, ledger: Path) -> None:
    listed = oskil("document")
    assert listed.code == 0 and "TITLE, OUTLET, PUBLISHED" in listed.out
    one = first(oskil, "document")
    shown = oskil("document", str(one["id"])[:10])
    assert "revision  1 of 1" in shown.out and str(one["id"]) in shown.out
    assert json.loads(oskil("document", one["id"], "--format", "json").out)["claims"] > 0
    assert oskil("document", one["id"], "--text").out.strip()
    assert oskil("document", "--as-known-on", "2001-01-01").out == ""
    missing = oskil("document", one["id"], "--as-known-on", "2001-01-01")
    assert missing.code == 3 and "by the end of 2001-01-01" in missing.err
    claim = first(oskil, "claims")
    told = oskil("document", str(claim["id"])[:8])
    assert told.code == 3 and told.err.endswith(
        f": this is a claim; it stands in the document {str(claim['document'])[:8]}\n"
    )


def test_a_revision_is_shown_with_what_changed(oskil: Oskil, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    for words in ("The town of Balakliya was shelled.", "The town of Izium was shelled."):
        text.write_text(f"Report\n\n{words}\n")
        assert oskil("read", text, "--url", "https://example.org/a", "--published", "2022-09-08").code == 0
    newest = str(first(oskil, "document")["id"])
    changed = oskil("document", newest, "--diff")
    assert "[-Balakliya-]{+Izium+}" in changed.out and "revision 1" in changed.out
    record = json.loads(oskil("document", newest, "--diff", "--format", "json").out)
    assert {"change": "gone", "text": "Balakliya"} in record["changes"]
    older = json.loads(oskil("document", newest, "--revisions", "--format", "json").out)[0]["id"]
    refused = oskil("document", older, "--diff")
    assert refused.code == 3 and "first revision" in refused.err
    assert oskil("document", "--diff").code == 2


def test_a_claim_is_corrected_and_withdrawn(oskil: Oskil, ledger: Path) -> None:
    before = first(oskil, "claims")
    days = "time=2022-09-01..2022-09-03"
    done = oskil("correct", str(before["id"])[:12], "--set", "kind=strike", "--set", days,
                 "--reason", "Misread.", "--by", "Desk")  # fmt: skip
    assert (done.code, done.out.split(":")[0]) == (0, "Corrected")
    (after,) = [r for r in map(json.loads, oskil("claims", "--format", "jsonl").out.splitlines())
                if r["id"] == before["id"]]  # fmt: skip
    assert (after["kind"], after["first"], after["last"]) == ("strike", "2022-09-01", "2022-09-03")
    assert first(oskil, "claims", "--as-known-on", str(before["recorded_at"])[:10]) == before
    shown = " ".join(oskil("document", str(before["document"])).out.split())
    assert (
        f"correction of claim {str(before['id'])[:8]} (kind: strike; time: 2022-09-01..2022-09-03)" in shown
    )
    assert "by Desk: Misread." in shown
    assert "corrected" in oskil("claims", str(before["id"])[:8]).out
    assert oskil("withdraw", before["id"], "--reason", "Taken back.", "--by", "Desk").code == 0
    assert str(before["id"]) not in oskil("claims", "--format", "jsonl").out
    assert f"withdrawal of claim {str(before['id'])[:8]}," in oskil("document", str(before["document"])).out
    assert oskil("withdraw", before["id"], "--reason", " ", "--by", "Desk").err == (
        "oskil: --reason: this cannot be empty\n"
    )
    assert oskil("verify").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("correct", "ID", "--set", "kind=rumour"), 3, "no such kind"),
        (("correct", "ID", "--set", "certainty=maybe"), 3, "asserted, hedged, conditional"),
        (("correct", "ID", "--set", "side=Z"), 3, "no such side; there are RU, UA, independent"),
        (("correct", "ID", "--set", "holder=Ukraine"), 3, "no such side; there are"),
        (("correct", "ID", "--set", "places=Izium"), 3, "gazetteer's ids"),
        (("correct", "ID", "--set", "time=2022-09-09..2022-09-01"), 3, "ends before it begins"),
        (("correct", "ID", "--set", "time=soon"), 3, "not a day"),
        (("correct", "ID", "--set", "quote=else"), 3, "can be corrected"),
        (("correct", "ID", "--set", "polarity="), 3, "cannot be empty"),
        (("correct", "ID", "--set", "nothing"), 2, "FIELD=VALUE"),
        (("correct", "zzz", "--set", "side=AA"), 3, "neither a claim nor a document"),
        (("withdraw", "zzz"), 3, "neither a claim nor a document"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    oskil: Oskil, ledger: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    claim = str(first(oskil, "claims")["id"])
    done = oskil(*(claim if a == "ID" else a for a in arguments), "--reason", "Why.", "--by", "Desk")
    assert done.code == code and said in " ".join(done.err.split())
    assert oskil("verify").code == 0


def test_the_claims_of_a_document_or_one_claim_are_listed_by_an_id(oskil: Oskil, ledger: Path) -> None:
    every = json.loads(oskil("claims", "-f", "json").out)
    document = every[0]["document"]
    its = json.loads(oskil("claims", document[:10], "-f", "json").out)
    assert its == [c for c in every if c["document"] == document] and len(its) < len(every)
    assert json.loads(oskil("claims", every[-1]["id"][:10], "-f", "json").out) == every[-1:]
    for command in ("claims", "check"):  # an unset variable of a script does not mean everything
        assert oskil(command, "").code == 3
    missing = oskil("claims", "zzz")
    assert (missing.code, missing.out) == (3, "")
    assert missing.err == "oskil: zzz: neither a claim nor a document has an id that begins so\n"


def test_the_claims_of_an_earlier_state_are_listed_by_its_id(oskil: Oskil, tmp_path: Path) -> None:
    text, read = tmp_path / "a.txt", ("--url", "https://example.org/a", "--published", "2022-09-08")
    for town in ("Balakliya", "Izium"):
        text.write_text(f"Report\n\nUkrainian forces hold {town}, the General Staff said.\n")
        assert oskil("read", text, *read).code == 0
    earlier, later = json.loads(oskil("document", "--revisions", "-f", "json").out)
    (claim,) = json.loads(oskil("claims", earlier["id"], "-f", "json").out)
    assert claim["place_names"] == ["Balakliya"] and not claim["latest"]
    (claim,) = json.loads(oskil("claims", later["id"], "-f", "json").out)
    assert claim["place_names"] == ["Izyum"] and claim["latest"]


def test_filters_that_cannot_hold_are_refused(oskil: Oskil, ledger: Path) -> None:
    some = json.loads(oskil("claims", "--side", "UA", "-f", "json").out)
    assert some and json.loads(oskil("claims", "--side", "ua", "-f", "json").out) == some
    assert oskil("claims", "--side", "UKR").err.startswith("oskil: UKR: there is no such side; there are ")
    turned = oskil("claims", "--since", "2022-09-09", "--until", "2022-09-08")
    assert turned.code == 2 and "2022-09-08 is before --since 2022-09-09" in turned.err


def test_a_day_before_the_first_entry_is_told_to_be_one(oskil: Oskil, ledger: Path) -> None:
    told = "oskil: the ledger knew nothing by the end of 2001-01-01: its first entry is of 2022-09-10"
    asked = ("--as-known-on", "2001-01-01")
    listed = oskil("claims", *asked)
    assert (listed.code, listed.out) == (0, "")
    assert listed.err.startswith(f"{told}; --until goes by the days that are spoken of\n")
    assert oskil("document", *asked).err.startswith(f"{told}\n")
    assert oskil("control", *asked).err.startswith(f"{told}; --as-known goes by the days of publication\n")
    assert "knew nothing" not in oskil("claims", "--as-known-on", "2030-01-01").err


def test_a_ledger_is_sealed_and_the_seal_proved(oskil: Oskil, ledger: Path, tmp_path: Path) -> None:
    seal = tmp_path / "seal.json"
    assert oskil("seal", "--output", seal).code == 0
    proved = oskil("seal", "--check", seal)
    assert proved.code == 0 and "0 entries since" in proved.out
    other = tmp_path / "other.db"
    fill(other)
    assert oskil("withdraw", first(oskil, "claims")["id"], "--reason", "R.", "--by", "D.").code == 0
    assert oskil("seal", "--check", seal).code == 0
    seal.write_text(seal.read_text().replace('"entries": ', '"entries": 1'))
    broken = oskil("seal", "--check", seal)
    assert broken.code == 3 and "signature is wrong" in broken.err
    assert oskil("seal", "--check", tmp_path / "none.json").code == 3


@pytest.mark.parametrize("form", ["ledger-jsonl", "ledger-parquet", "ro-crate"])
def test_a_ledger_goes_out_and_in_again(oskil: Oskil, ledger: Path, tmp_path: Path, form: str) -> None:
    out, copy = tmp_path / "out", tmp_path / "copy.db"
    assert oskil("export", out, "--as", form).code == 0
    assert oskil("import", out, "--ledger", copy).code == 0
    assert (
        oskil("claims", "--ledger", copy, "--format", "json").out == oskil("claims", "--format", "json").out
    )
    assert oskil("verify", "--ledger", copy).out == oskil("verify").out
    again = oskil("export", out, "--as", form)
    assert again.code == 4 and "something here already" in again.err


def test_what_cannot_be_taken_in_is_told_in_a_line(oskil: Oskil, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not an export\n")
    for source in (wrong, tmp_path, tmp_path / "nowhere"):
        done = oskil("import", source, "--ledger", tmp_path / "l.db")
        assert done.code == 3 and done.err.count("\n") == 1
    fill(tmp_path / "ledger.db")
    assert oskil("export", tmp_path / "x", "--as", "rumour").code == 3


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://host/name", "a ledger is a file, or postgresql://"),
        ("postgresql://tester:secret@127.0.0.1:1/none", "cannot be reached"),
        ("postgresql://x/y?schema=Bad;name", "a schema's name"),
        ("postgresql://x:notaport/y", "not an address"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    oskil: Oskil, address: str, said: str
) -> None:
    done = oskil("claims", "--ledger", address)
    assert done.code == 4 and said in done.err and done.err.count("\n") == 1
    assert "secret" not in done.err
