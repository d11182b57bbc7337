"""How many words a second `oskil annotate` reads, with the tagger alone beside it at the same time."""

from __future__ import annotations

import json
import sys

from benchmarks.claims import OWN
from benchmarks.figures import OSKIL, Figure, timed

TIMES = 6  # each report so often
_TAGGER = """
import json, sys, time
from oskil.reading.tagger.tagger import Tagger
texts = [json.loads(line)["text"] for line in sys.stdin]
tagger = Tagger.load()
tagger.tag(texts[0])
start = time.perf_counter()
for text in texts:
    tagger.tag(text)
print(time.perf_counter() - start)
"""


def figures() -> list[Figure]:
    """Whole `annotate` on the project's own reports, starting left out; the tagger's pace beside it."""
    texts = [path.read_text(encoding="utf8") for folder in OWN for path in sorted(folder.glob("*.txt"))]
    lines = [
        json.dumps({"id": str(n), "text": text, "published": "2025-01-01"}) for n, text in enumerate(texts)
    ]
    words = TIMES * sum(len(text.split()) for text in texts)
    given = "".join(line + "\n" for line in lines * TIMES).encode()
    starting = timed((*OSKIL, "annotate"), stdin=f"{lines[0]}\n".encode()).seconds
    run = timed((*OSKIL, "annotate"), stdin=given)
    tagging = float(timed((sys.executable, "-c", _TAGGER), stdin=given).out)
    pace = words / (run.seconds - starting)
    beside = f"{pace * tagging / words:.2f} x the tagger alone ({words / tagging:.0f} words/s)"
    return [
        Figure("`oskil annotate`: words a second, start left out", round(pace), "", "≥ 4000", beside),
        Figure("`oskil annotate`: peak memory", run.peak_mb, "MB", "≤ 900 MB"),
    ]
