"""How many words a second `oskil annotate` reads, beside the tagger alone and spaCy's blank pipeline."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from benchmarks.claims import OWN
from benchmarks.figures import OSKIL, Figure, timed

TIMES = 6  # each report so often
# As many texts side by side as there are cores, as the processes of `annotate` read them.
_TAGGER = """
import json, os, sys, time
from concurrent.futures import ThreadPoolExecutor
from oskil.reading.tagger.tagger import Tagger
texts = [json.loads(line)["text"] for line in sys.stdin]
tagger = Tagger.load(threads=1)
tagger.tag(texts[0])
with ThreadPoolExecutor(os.cpu_count()) as pool:
    start = time.perf_counter()
    for found in pool.map(tagger.tag, texts):
        pass
    print(time.perf_counter() - start)
"""


# spaCy's tokeniser and sentence splitter alone: what any reader of texts does first.
_YARDSTICK = """
import json, sys, time
try:
    import spacy
except ImportError:
    print(0)
    raise SystemExit
texts = [json.loads(line)["text"] for line in sys.stdin]
pipeline = spacy.blank("en")
pipeline.add_pipe("sentencizer")
pipeline(texts[0])
start = time.perf_counter()
for text in texts:
    pipeline(text)
print(time.perf_counter() - start)
"""


def figures() -> list[Figure]:
    """Whole `annotate` on the project's own reports, starting left out; its yardsticks right after it."""
    texts = [path.read_text(encoding="utf8") for folder in OWN for path in sorted(folder.glob("*.txt"))]
    lines = [
        json.dumps({"id": str(n), "text": text, "published": "2025-01-01"}) for n, text in enumerate(texts)
    ]
    words = TIMES * sum(len(text.split()) for text in texts)
    given = "".join(line + "\n" for line in lines * TIMES).encode()
    command = (*OSKIL, "annotate", "--jobs", "2")
    # As many lines as processes, so that each has loaded what it needs.
    starting = timed(command, stdin="".join(f"{line}\n" for line in lines[:2]).encode()).seconds
    with _Memory() as memory:
        run = timed(command, stdin=given)
    tagging = float(timed((sys.executable, "-c", _TAGGER), stdin=given).out)
    plain = float(timed((sys.executable, "-c", _YARDSTICK), stdin=given).out)
    pace = words / (run.seconds - starting)
    beside = f"{pace * tagging / words:.2f} x the tagger alone ({words / tagging:.0f} words/s)"
    if plain:
        beside += f"; {pace * plain / words:.3f} x spaCy's blank English ({words / plain:.0f} words/s)"
    return [
        Figure("`oskil annotate`, two processes: words a second", round(pace), "", "≥ 4000", beside),
        Figure("`oskil annotate`, two processes: peak memory in all", memory.peak_mb, "MB", "≤ 900 MB"),
    ]


class _Memory:
    """The most memory that all processes below this one hold together, looked at five times a second: their
    resident sets, added up, so that what they share counts for each. Linux alone; elsewhere 0.
    """

    def __enter__(self) -> _Memory:
        self.peak_mb = 0
        self._over = Event()
        self._watch = Thread(target=self._look)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.2):
            self.peak_mb = max(self.peak_mb, sum(map(_resident_mb, _below(os.getpid()))))


def _below(pid: int) -> Iterator[int]:
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, listed.read_text().split()):
                yield child
                yield from _below(child)


def _resident_mb(pid: int) -> int:
    with suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") >> 20
    return 0
