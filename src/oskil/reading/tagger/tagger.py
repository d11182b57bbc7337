"""The trained tagger at run time: text in, attributions out, on the CPU, with nothing to download.

tagger = Tagger.load()
for attribution in tagger.tag(text): ...
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from oskil.reading.tagger.assemble import Found, Linkers, linked, placed
from oskil.reading.tagger.decode import likely_stretches, within_paragraphs
from oskil.reading.tagger.links import Linker
from oskil.reading.tagger.units import Units, sentence_starts, units, windows
from oskil.reading.tagger.wordpieces import WordPieces
from oskil.records import Attribution

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

MODEL = Path(__file__).parent / "model"
MOST = 254  # word pieces a window: the encoder was trained on so many, with start and stop 256
THRESHOLDS = (0.4, 0.4, None)  # of source, cue, content: chosen on PolNeAR's development part
_START, _STOP = 101, 102  # [CLS] and [SEP] of the vocabulary
_TOGETHER = 512  # word pieces a batch, padding counted: more leave the cache


class Session(Protocol):
    """A network at work: onnxruntime's InferenceSession."""

    def run(self, names: Sequence[str], given: dict[str, Ints], /) -> list[Floats]:
        """The outputs of these names."""


@dataclass(frozen=True, slots=True)
class Tagger:
    """Finds attributions: sources, cues and contents, and which belong together. Thread-safe.

    Spans leave out quotation marks and stops at their ends. Roles do not overlap one another: of an
    attribution inside another's content, one is found. Every text is read; one in a language other than
    English is read badly.
    """

    session: Session
    wordpieces: WordPieces
    linkers: Linkers
    moves: Floats

    @staticmethod
    def load(path: Path | None = None, *, file: str = "tagger.onnx", threads: int = 0) -> Tagger:
        """The tagger in folder `path` (the shipped one by default). `threads` 0 takes all cores."""
        from onnxruntime import InferenceSession, SessionOptions

        folder = path or MODEL
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        session = InferenceSession(folder / file, options, providers=["CPUExecutionProvider"])
        wordpieces = WordPieces.load(folder / "vocab.txt")
        with np.load(folder / "links.npz", allow_pickle=False) as arrays:
            linkers = Linkers(_linker(arrays, "content"), _linker(arrays, "source"))
            return Tagger(session, wordpieces, linkers, arrays["moves"])

    def tag(self, text: str) -> list[Attribution]:
        """All attributions of a text of any length, in the order of its windows; spans are in code points."""
        found = units(text, self.wordpieces)
        cut = windows(found, sentence_starts(text, found), MOST)
        read: dict[int, list[Found]] = {}
        for batch in batched(found, cut):
            for i, attributions in zip(batch, self._read(found, [cut[i] for i in batch]), strict=True):
                read[i] = attributions
        return [placed(a, found.starts, found.ends, cut[i][0]) for i in range(len(cut)) for a in read[i]]

    def _read(self, found: Units, cut: Sequence[tuple[int, int]]) -> Iterator[list[Found]]:
        spans, vectors = self.session.run(["spans", "vectors"], inputs(found, cut))
        sizes = np.array([end - begin for begin, end in cut], dtype=np.int64)
        paragraphs = np.cumsum(found.edge == 2)
        spans = within_paragraphs(spans, padded([paragraphs[begin:end] for begin, end in cut]))
        for i, here in enumerate(likely_stretches(spans, self.moves, sizes, THRESHOLDS)):
            yield linked(here, vectors[i], self.linkers)


def batched(found: Units, cut: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The windows' numbers in batches of like length, so that little is padding."""
    lengths = [int(found.first[end] - found.first[begin]) + 2 for begin, end in cut]
    out: list[list[int]] = []
    for i in sorted(range(len(cut)), key=lambda i: -lengths[i]):
        if not out or lengths[out[-1][0]] * (len(out[-1]) + 1) > _TOGETHER:
            out.append([])
        out[-1].append(i)
    return out


def inputs(found: Units, cut: Sequence[tuple[int, int]]) -> dict[str, Ints]:
    """The network's inputs for some windows, padded."""
    rows = [window_input(found, begin, end) for begin, end in cut]
    ids, features, first = (padded([row[k] for row in rows]) for k in range(3))
    mask = padded([np.ones_like(row[0]) for row in rows])
    return {"ids": ids, "mask": mask, "features": features, "first": first}


def window_input(found: Units, begin: int, end: int) -> tuple[Ints, Ints, Ints]:
    """Word piece numbers with start and stop, features of each, and the place of each unit's first."""
    low, high = int(found.first[begin]), int(found.first[end])
    counts = np.diff(found.first[begin : end + 1])
    given = np.stack([found.case[begin:end], found.quote[begin:end], found.edge[begin:end]], axis=1)
    features = np.zeros((high - low + 2, 3), dtype=np.int64)
    features[1:-1] = np.repeat(given, counts, axis=0)
    ids = np.concatenate([[_START], found.pieces[low:high], [_STOP]])
    return ids, features, found.first[begin:end] - low + 1


def padded(rows: Sequence[Ints], filler: int = 0) -> Ints:
    """Rows of unequal length as one array."""
    out = np.full((len(rows), max(len(r) for r in rows), *rows[0].shape[1:]), filler, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out


def _linker(arrays: np.lib.npyio.NpzFile, name: str) -> Linker:
    return Linker(**{f.name: arrays[f"{name}.{f.name}"] for f in fields(Linker)})
