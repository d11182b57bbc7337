"""Texts that were taken from one another, made from our own reports, among reports on the same event.

Copies are made as desks make them: cut, with sentences in another order, under another title and lead, with
words changed. The hard negatives are reports on the same event in other words, with the same names, numbers
and the same short quotation of a neighbour.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.figures import ROOT, Figure
from oskil.records import Document
from oskil.weighing.origins.wording import near_duplicates

OWN = ("examples/kharkiv-2022-09", "benchmarks/own", "benchmarks/own2")
EVENTS = 60
SENTENCE = re.compile(r"(?<=[.!?”])\s+")

PLACES = "Orlivka Dubove Lisne Stara-Balka Vyshneve Kamianka Zelenyi-Hai Sosnivka Tarasivka Berezove".split()
BODIES = ("the regional administration", "the general staff", "the military governor", "the relief agency")
THINGS = ("a grain store", "the bus depot", "a row of houses", "the water works", "a school gymnasium")
QUOTES = ("we heard three blasts and then nothing", "nobody was left in the building", "it burned all night")
# What each sentence of a report says: phrases in a row, each in the words of several writers. Two writers
# take theirs without knowing of one another.
# Of words in brackets one is taken.
FACTS = (
    "[Before dawn|Early|In the dark|Overnight|While most slept,|Towards morning] on {day} "
    "[shells|rockets|several mines|heavy guns|bombs] [fell on|hit|reached|pounded|came down over] {place}"
    "[, and|;|, where|. There] {thing} [was struck|burned down|lost its roof|lies in ruins|took a direct hit]"
    "[, {body} reported.|. So says {body}.|, by the account of {body}.|, if {body} is right.]",
    "[At least|Some|No fewer than|Up to now] {hurt} [people|residents|men and women|townsfolk] "
    "[were wounded|are in hospital|needed a doctor|came away with burns|had to be bandaged] "
    "[and {dead} were killed|; {dead} died|, while {dead} lost their lives|, and the dead number {dead}]"
    "[, a watchman among them.|, one of them a child.|.|, and more may lie below.|, as of noon.]",
    "“{quote},” [a neighbour|a woman of the street|a man next door|one who lives opposite|the baker] "
    "[told this newspaper.|remembers.|said when asked.|answered by telephone.|keeps repeating.]",
    "[Firemen|The brigade|Crews from two towns|Volunteers with buckets|Three engines] "
    "[needed|fought for|were busy for|struggled during] {hours} hours "
    "[since the mains were dry|without pressure in the pipes|with water from the pond|under new alarms]"
    "[.|, and two were hurt.|, a spokesman said.|, until the roof gave way.|, smoke in their eyes.]",
    "[The other side|The opposing army|The enemy|Whoever fired|The accused command] "
    "[has not commented|keeps silent|gave us no answer|would not confirm it|denied nothing] "
    "[so far|to this hour|when we called|in spite of questions][, and|;|, whereas] "
    "[its bulletin|a daily statement|the evening briefing|an official channel] "
    "[leaves the town out.|speaks of other sectors.|passes over it.|names quite another target.]",
    "[Schools nearby|All lessons|Classes|Kindergartens|Both gymnasiums] "
    "[stay closed|are called off|will not open|remain shut|moved online] "
    "[this week|until further notice|for the time being|by order of the mayor][; |, while |, and ]"
    "[buses|lorries|drivers|the trams] [take the northern bridge.|go round by the hills.|use the old ford.]",
    "[Power|Electricity|The current|Light and heating] [went out|failed|is off|broke down] in {streets} "
    "[streets|blocks|quarters|villages around][ and came back after dark|, with repairs under way| for good]"
    "[.|, the town hall wrote.|, a notice says.|, which the grid operator regrets.]",
    "[Prices of|Queues for|Talk about|Worries over] [bread|petrol|window glass|candles|water] "
    "[have grown|were longer than ever|filled the market|could not be missed] [since|that day|afterwards] "
    "[, traders say.|, and tempers with them.|; some shelves were bare.|, though nobody panicked.]",
    "[A commission|An investigator|The prosecutor|Somebody in uniform] [will look at|measured|photographed] "
    "[the crater|what is left|fragments of metal|the broken wall] [tomorrow|on the spot|for the file] "
    "[and promised a report.|, without a word to us.|, then drove on.|before rain set in.]",
)
LEAD = (
    "[Here is|Below stands|This page gives|We put together|Read] "
    "[what is known|all that reached us|the story] [of the events|about last night|on the attack] "
    "[for those who join us now|in short|at once]."
)
SWAPS = {"said": "stated", "people": "persons", "town": "city", "near": "close to", "reported": "told"}


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents, and the pairs of ids of which the second was made from the first."""

    documents: tuple[Document, ...]
    copies: frozenset[tuple[str, str]]


def corpus(seed: int = 1) -> Corpus:
    """Our own reports, generated ones in other words on the same events, and copies made of both."""
    rng = random.Random(seed)
    documents = [*_own(), *_events(rng)]
    copies, pairs = [], set()
    for document in documents:
        for name, text in _made(document.text, rng):
            made = _document(f"{document.id}/{name}", text, later=True)
            copies.append(made)
            pairs.add((document.id, made.id))
    return Corpus((*documents, *copies), frozenset(pairs))


def figures() -> list[Figure]:
    """The table's rows."""
    given = corpus()
    found = scored(given)
    beside = f"{len(given.copies)} copies, {len(given.documents)} texts, four on each of {EVENTS} events"
    return [
        Figure("copied texts, F", found["texts_f"], "%", "≥ 95", beside),
        Figure("copied texts, precision", found["texts_precision"], "%"),
        Figure("copied texts, recall", found["texts_recall"], "%"),
    ]


def scored(given: Corpus | None = None) -> dict[str, float]:
    """Precision, recall and F of the pairs called copies, in percent."""
    given = given or corpus()
    called = {(one, other) for one, other, _ in near_duplicates(given.documents)}
    # Two copies of one text are no test: they are copies, of one another as well.
    called = {pair for pair in called if pair in given.copies or _base(pair[0]) != _base(pair[1])}
    right = len(called & given.copies)
    precision, recall = right / max(1, len(called)), right / len(given.copies)
    f = 2 * precision * recall / max(1e-9, precision + recall)
    named = {"texts_precision": precision, "texts_recall": recall, "texts_f": f}
    return {name: round(100 * value, 2) for name, value in named.items()}


def _base(name: str) -> str:
    return name.partition("/")[0]


def _own() -> Iterator[Document]:
    for folder in OWN:
        for path in sorted((ROOT / folder).iterdir()):
            if path.suffix in {".txt", ".md"} and path.stem not in {"README", "article-revised"}:
                yield _document(path.stem, path.read_text(encoding="utf-8"))


def _events(rng: random.Random) -> Iterator[Document]:
    for number in range(EVENTS):
        facts = {
            "place": rng.choice(PLACES),
            "day": f"{rng.randint(1, 28)} September",
            "thing": rng.choice(THINGS),
            "body": rng.choice(BODIES),
            "hurt": rng.randint(3, 40),
            "dead": rng.randint(1, 9),
            "quote": rng.choice(QUOTES),
            "hours": rng.randint(2, 9),
            "streets": rng.randint(2, 60),
        }
        for writer in range(4):
            told = [_phrased(fact, rng).format(**facts) for fact in FACTS]
            own = [told[0], *rng.sample(told[1:], len(told) - 1)]
            yield _document(f"event-{number}-{writer}", "\n\n".join(own))


def _phrased(fact: str, rng: random.Random) -> str:
    words = re.sub(r"\[([^]]*)\]", lambda choice: rng.choice(choice[1].split("|")), fact)
    return re.sub(r"\s+([,.;:])", r"\1", words)


def _made(text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Copies of a text, one of each sort."""
    said = [s for s in SENTENCE.split(text) if s.strip()]
    begin = rng.randrange(0, max(1, len(said) // 2))
    cut = said[begin : begin + max(3, len(said) // 2)]
    yield "cut", " ".join(cut)
    yield "reordered", " ".join(rng.sample(said, len(said)))
    yield "retitled", "\n\n".join([_phrased(LEAD, rng), " ".join(said[1:])])
    yield "edited", " ".join(_edited(said, rng))
    yield "cut and reordered", " ".join([_phrased(LEAD, rng), *rng.sample(cut, len(cut))])


def _edited(said: Sequence[str], rng: random.Random) -> Iterator[str]:
    """The sentences with some words changed or left out, about one in twenty-five."""
    for sentence in said:
        words = []
        for word in sentence.split():
            chance = rng.random()
            if chance < 0.02:
                continue
            words.append(SWAPS.get(word, word.upper()) if chance < 0.04 else SWAPS.get(word, word))
        yield " ".join(words)


def _document(name: str, text: str, later: bool = False) -> Document:
    published = f"2022-10-0{2 if later else 1}T12:00:00+00:00"
    return Document(id=name, key=name, text=text, outlet=name, published=published)
