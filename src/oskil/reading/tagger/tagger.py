"""The trained tagger at run time: text in, attributions out, on the CPU, with nothing to download.

tagger = Tagger.load()
for attribution in tagger.tag(text): ...
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol, TypeVar

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
Given = TypeVar("Given")
Made = TypeVar("Made")
Outputs = tuple[Floats, Floats]  # span scores [role, begin, end] and unit vectors of one window

MODEL = Path(__file__).parent / "model"
MOST = 254  # word pieces a window: the encoder was trained on so many, with start and stop 256
THRESHOLDS = (0.4, 0.4, None)  # of source, cue, content: chosen on PolNeAR's development part
_START, _STOP = 101, 102  # [CLS] and [SEP] of the vocabulary
_TOGETHER = 8  # windows whose stretches are chosen side by side
_SLOWER = ["SkipLayerNormFusion"]  # onnxruntime's fused form takes nine times as long as its two parts


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
    pool: ThreadPoolExecutor | None = None  # kept: threads that are new for each text cost a twentieth more

    @staticmethod
    def load(path: Path | None = None, *, file: str = "tagger.onnx", threads: int = 0) -> Tagger:
        """The tagger in folder `path` (the shipped one by default). `threads` 0 takes all cores."""
        from onnxruntime import InferenceSession, SessionOptions

        folder = path or MODEL
        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        session = InferenceSession(
            folder / file, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        wordpieces = WordPieces.load(folder / "vocab.txt")
        with np.load(folder / "links.npz", allow_pickle=False) as arrays:
            linkers = Linkers(_linker(arrays, "content"), _linker(arrays, "source"))
            threads = threads or os.cpu_count() or 1
            pool = ThreadPoolExecutor(threads) if threads > 1 else None
            return Tagger(session, wordpieces, linkers, arrays["moves"], pool)

    def tag(self, text: str) -> list[Attribution]:
        """All attributions of a text of any length, in the order of its windows; spans are in code points."""
        found = units(text, self.wordpieces)
        cut = windows(found, sentence_starts(text, found), MOST)
        read: dict[int, list[Found]] = {}
        for group, outputs in self._scored(found, cut):
            here = [cut[i] for i in group]
            read |= zip(group, self._chosen(found, here, outputs), strict=True)
        return [placed(a, found.starts, found.ends, cut[i][0]) for i in range(len(cut)) for a in read[i]]

    def vectors(self, found: Units, begin: int, end: int) -> Floats:
        """What the encoder makes of units `begin`..`end` - 1, read alone: a row a unit."""
        vectors: Floats = self.session.run(["vectors"], window_input(found, begin, end))[0][0]
        return vectors

    def each(self, do: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """What is done with each one given, in order: by the threads, or here as it is asked for."""
        return self.pool.map(do, given) if self.pool else map(do, given)

    def _scored(
        self, found: Units, cut: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[list[int], list[Outputs]]]:
        """Groups of windows with the network's outputs. It reads each window alone, so that nothing is
        padding, and a group ahead of the one that is asked for."""

        def score(i: int) -> Outputs:
            spans, vectors = self.session.run(["spans", "vectors"], window_input(found, *cut[i]))
            return spans[0], vectors[0]

        waiting: deque[tuple[list[int], Iterator[Outputs]]] = deque()
        for group in batched(cut):
            waiting.append((group, self.each(score, group)))
            if len(waiting) > 1:
                ready, outputs = waiting.popleft()
                yield ready, list(outputs)
        for ready, outputs in waiting:
            yield ready, list(outputs)

    def _chosen(
        self, found: Units, here: Sequence[tuple[int, int]], outputs: Sequence[Outputs]
    ) -> Iterator[list[Found]]:
        """The linked stretches of some windows, chosen side by side."""
        paragraphs = np.cumsum(found.edge == 2)
        scores = [
            within_paragraphs(spans, paragraphs[begin:end])
            for (spans, _), (begin, end) in zip(outputs, here, strict=True)
        ]
        chosen = likely_stretches(scores, self.moves, THRESHOLDS)
        for stretches, (_, vectors) in zip(chosen, outputs, strict=True):
            yield linked(stretches, vectors, self.linkers)


def batched(cut: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The windows' numbers in groups of like length, so that little is padding."""
    order = sorted(range(len(cut)), key=lambda i: cut[i][0] - cut[i][1])
    return [order[i : i + _TOGETHER] for i in range(0, len(order), _TOGETHER)]


def window_input(found: Units, begin: int, end: int) -> dict[str, Ints]:
    """The network's inputs for one window: word piece numbers with start and stop, features of each, and the
    place of each unit's first."""
    low, high = int(found.first[begin]), int(found.first[end])
    counts = np.diff(found.first[begin : end + 1])
    given = np.stack([found.case[begin:end], found.quote[begin:end], found.edge[begin:end]], axis=1)
    features = np.zeros((high - low + 2, 3), dtype=np.int64)
    features[1:-1] = np.repeat(given, counts, axis=0)
    ids = np.concatenate([[_START], found.pieces[low:high], [_STOP]])
    first = found.first[begin:end] - low + 1
    return {"ids": ids[None], "features": features[None], "first": first[None]}


def _linker(arrays: np.lib.npyio.NpzFile, name: str) -> Linker:
    return Linker(**{f.name: arrays[f"{name}.{f.name}"] for f in fields(Linker)})
