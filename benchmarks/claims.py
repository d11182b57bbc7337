"""How well claims are found, by the scorer that comes with the gold; and how scraped pages are read."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.figures import OSKIL, SHARED, BenchmarkError, Figure, digest, timed

OWN = tuple(Path(__file__).parent / name for name in ("own", "own2", "own3", "own4", "own5"))
ARTICLES = SHARED / "data" / "article"
NEWS = SHARED / "data" / "news"
SCORER = SHARED / "score" / "claims.py"
FIRST = "kharkiv-2022-09-08"
SLOTS = ("kind", "speaker", "side", "relays", "certainty", "polarity", "places", "time", "quantities")
# Their clean text is a part of the scraped page only, so what is left out cannot be told from it.
PARTIAL = ("isw-2026-02-26",)


def available() -> bool:
    """Whether the gold and its scorer lie beside the checkout."""
    return SCORER.is_file() and ARTICLES.is_dir()


def groups() -> dict[str, list[str]]:
    """The documents of each table row: the first article alone, the others together."""
    ids = sorted(path.name.removesuffix(".gold.json") for path in ARTICLES.glob("*.gold.json"))
    own = {folder.name: _names(folder) for folder in OWN}
    return {"article": [FIRST], "others": [name for name in ids if name != FIRST], **own}


def _names(folder: Path) -> list[str]:
    return sorted(path.name.removesuffix(".gold.json") for path in folder.glob("*.gold.json"))


def files(ids: Iterable[str]) -> list[Path]:
    """Everything that a score rests on: texts, gold and the scorer."""
    return [SCORER, *(path for name in ids for path in (text_of(name), _gold(name)))]


def data_hash(ids: Iterable[str]) -> str:
    """The hash that a floor is pinned to."""
    return digest(files(ids))


def score(ids: Sequence[str]) -> dict[str, float]:
    """`oskil annotate` over the documents, then the scorer's own figures in percent."""
    gold = [json.loads(_gold(name).read_text(encoding="utf-8")) for name in ids]
    documents = "".join(json.dumps(_wire(document)) + "\n" for document in gold)
    predicted = timed((*OSKIL, "annotate"), stdin=documents.encode())
    with tempfile.TemporaryDirectory() as folder:
        truth, guess = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        truth.write_text("".join(json.dumps(document) + "\n" for document in gold), encoding="utf-8")
        guess.write_text(predicted.out, encoding="utf-8")
        scored = timed((sys.executable, str(SCORER), str(truth), str(guess), "--json"))
    result: dict[str, float] = json.loads(scored.out)
    return result


def _wire(gold: dict[str, object]) -> dict[str, object]:
    text = text_of(re.sub(r"^own\d?-", "", str(gold["id"]))).read_text(encoding="utf-8")
    known = {key: gold[key] for key in ("id", "published", "outlet", "url") if gold.get(key)}
    return {**known, "text": text}


def text_of(name: str) -> Path:
    """The text of a report, ours or one of the shared ones."""
    own = (folder / f"{name}.txt" for folder in OWN)
    places = (*own, ARTICLES / f"{name}.md", ARTICLES / f"{name}.txt")
    return next(path for path in places if path.is_file())


def _gold(name: str) -> Path:
    places = (folder / f"{name}.gold.json" for folder in (*OWN, ARTICLES))
    return next(path for path in places if path.is_file())


def news_read() -> tuple[int, int]:
    """How many of the scraped pages are read without an error, and how many there are."""
    pages = sorted(NEWS.glob("*.md"))
    read = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            ledger = {"OSKIL_LEDGER": str(Path(folder) / f"{number}.db")}
            try:
                timed((*OSKIL, "read", str(page)), env=ledger)
                read += 1
            except BenchmarkError as error:
                print(error, file=sys.stderr)
    return read, len(pages)


def clutter() -> tuple[float, float]:
    """Words kept from scraped pages against the articles' clean text: precision and recall in percent."""
    from oskil import sources
    from oskil.sources.interface import Hints

    kept, clean, shared = 0, 0, 0
    for page in sorted(NEWS.glob("*.md")):
        truth = ARTICLES / f"{page.stem}.txt"
        if not truth.is_file() or page.stem in PARTIAL:
            continue
        document = sources.load(str(page), Hints())[0].document
        body = " ".join(document.text[p.start : p.end] for p in document.parts if p.role != "boilerplate")
        ours, theirs = _words(body), _words(truth.read_text(encoding="utf-8"))
        kept, clean = kept + ours.total(), clean + theirs.total()
        shared += (ours & theirs).total()
    return 100 * shared / max(1, kept), 100 * shared / max(1, clean)


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def figures() -> list[Figure]:
    """The rows on scraped pages; the scores have a table of their own."""
    read, pages = news_read()
    precision, recall = clutter()
    return [
        Figure("scraped pages read without an error", read, f"of {pages}", "all"),
        Figure("words kept that belong to the article", precision, "%"),
        Figure("words of the article that are kept", recall, "%"),
    ]
