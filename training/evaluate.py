"""Score the tagger, and the rules beside it: python -m training.evaluate --data FOLDER --scorer FILE ...

Prints exact precision, recall and F of source, cue and content on cofenet-valid and polnear-dev, content with
its source on polnear-dev, and the speed beside the unquantised model where that lies in the folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from oskil.reading.tagger.tagger import Tagger
from oskil.records import Attribution, Span
from training.data import read_lines

SETS = ("cofenet-valid", "polnear-dev")
ROLES = ("source", "cue", "content")
Read = Callable[[str], Iterable[Attribution]]


def rules(text: str) -> list[Attribution]:
    """What the rules find, paragraph by paragraph and sentence by sentence."""
    from oskil.reading.attribution import attributions
    from oskil.reading.text import paragraphs, quotations, sentences

    out = []
    for paragraph in paragraphs(text, Span(0, len(text))):
        quotes = quotations(text, paragraph)
        for sentence in sentences(text, paragraph, quotes):
            for said in attributions(text, sentence, quotes):
                source = (said.source,) if said.source else ()
                out.append(Attribution(source, (said.cue,), tuple(said.content)))
    return out


def score(gold: Path, read: Read, scorer: Path) -> dict[str, list[float]]:
    """The scorer's figures for what `read` finds in the texts of `gold`."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as out:
        for doc in read_lines(gold):
            found = [
                {role: [[s.start, s.end] for s in getattr(a, role)] for role in ROLES}
                for a in read(doc["text"])
            ]
            out.write(json.dumps({"id": doc["id"], "attributions": found}) + "\n")
        out.flush()
        command = [sys.executable, str(scorer), str(gold), out.name, "--json"]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def table(name: str, figures: dict[str, list[float]]) -> str:
    cells = [" / ".join(f"{x:.1f}" for x in figures[f"{role}_exact_prf"]) for role in ROLES]
    linked = " / ".join(f"{x:.1f}" for x in figures["content_linked_prf"])
    return f"| {name} | {' | '.join(cells)} | {linked} |"


def words_a_second(read: Read, texts: list[str], threads: int, times: int = 3) -> float:
    """The best of some passes over whole articles, as many side by side as there are threads."""
    words = sum(len(t.split()) for t in texts)
    taken = []
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(times):
            start = time.perf_counter()
            list(pool.map(read, texts))
            taken.append(time.perf_counter() - start)
    return words / min(taken)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--scorer", type=Path, required=True)
    asked.add_argument("--model", type=Path, default=None, help="a folder that training.export wrote")
    asked.add_argument("--threads", type=int, default=2, help="of --speed: texts read side by side")
    asked.add_argument("--speed", action="store_true")
    asked.add_argument("--rules", action="store_true")
    given = asked.parse_args()
    readers: dict[str, Read] = {"rules": rules} if given.rules else {}
    taggers = {"tagger, int8": Tagger.load(given.model, threads=1)}
    if given.model and (given.model / "tagger-float.onnx").exists():
        taggers["tagger, float"] = Tagger.load(given.model, file="tagger-float.onnx", threads=1)
    readers |= {name: t.tag for name, t in taggers.items()}
    for name in SETS:
        print(f"\n{name}: precision / recall / F\n")
        print("| reader | source | cue | content | content with source |")
        print("| --- | --- | --- | --- | --- |")
        for reader, read in readers.items():
            print(table(reader, score(given.data / f"{name}.jsonl.gz", read, given.scorer)), flush=True)
    if given.speed:
        texts = [doc["text"] for doc in read_lines(given.data / "polnear-dev.jsonl.gz")]
        for name, tagger in taggers.items():
            print(f"{name}: {words_a_second(tagger.tag, texts, given.threads):,.0f} words a second")


if __name__ == "__main__":
    main()
