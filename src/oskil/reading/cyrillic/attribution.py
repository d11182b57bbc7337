"""Who says it: reporting verbs, "за даними", "по словам", labels and names behind a dash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from oskil.reading.attribution.said import MARKS, Said
from oskil.reading.cyrillic.lexicon import lexicon
from oskil.reading.cyrillic.words import Word
from oskil.reading.text import trim
from oskil.records import Span

DATE_LEAD = re.compile(r"[*\s]*(?:станом на\s+)?\d{1,2}[.\w]\d{2}(?:\.\d{2,4})?\.?\s*[–—:-]?\s*", re.I)
AFTER_DASH = re.compile(r"\s[—–-]+\s*([А-ЯІЇЄҐ][^—–,.:;!?\d]{1,60}?)[.!]?\s*$")
LABEL = re.compile(r"([^:.!?\n]{2,80}):\s+(?=\S)")
TAIL_REACH = 4  # words between the comma and the verb of a tail: ", про це у четвер повідомив"
LEAD_REACH = 14  # words before the verb of a lead
AS = frozenset(("як", "как"))
ABOUT = frozenset(("про", "о", "об", "щодо"))
MIN_CONTENT = 2  # words


def peeled(text: str, found: Sequence[Word], content: Span, known: frozenset[str]) -> Iterator[Said]:
    """The attributions around a stretch, the outermost first; the last one's content is what is claimed.

    `known` are the names of speakers, in lower case.
    """
    for _ in range(3):
        inside = [w for w in found if content.start <= w.start and w.end <= content.end]
        said = (
            _after_dash(text, inside, content, known)
            or _tail(text, inside, content)
            or _label(text, inside, content, known)
            or _as_said(text, inside, content)
            or _according(text, inside, content)
            or _report(text, inside, content)
            or _lead(text, inside, content)
        )
        if said is None:
            return
        yield said
        if not said.content:
            return
        content = said.content[0]


def _said(text: str, source: Span | None, cue: Span, content: Span, stance: str, form: str) -> Said:
    source = trim(text, source, MARKS) if source else None
    content = trim(text, content, MARKS)
    kept = (content,) if content.end > content.start else ()
    named = source if source and source.end > source.start else None
    return Said(named, cue, kept, text[cue.start : cue.end].lower(), stance, form)


def _after_dash(text: str, found: Sequence[Word], content: Span, known: frozenset[str]) -> Said | None:
    match = AFTER_DASH.search(text, content.start, content.end)
    if not match or match.end(1) < content.end - 3:
        return None
    name = [w for w in found if match.start(1) <= w.start < match.end(1)]
    before = text[content.start : match.start()].rstrip()
    if (
        not name
        or len(name) > 6
        or any(w.finite and w.text.islower() for w in name)
        or len(found) - len(name) < 3
    ):
        return None
    listed = match.group(1).strip().lower() in known or any(w.text.lower() in known for w in name)
    if not (
        listed or before[-1:] in '.!"»”,' or any(f.names_person and f.known for w in name for f in w.forms)
    ):
        return None
    source = Span(*match.span(1))
    return _said(text, source, source, Span(content.start, match.start()), "asserted", "according")


def _stance(word: Word) -> str | None:
    stances = lexicon().stances
    if any(f.pos == "NOUN" for f in word.forms[:1]) or word.has("INFN"):
        return None
    return next((stances[lemma] for lemma in sorted(word.lemmas) if lemma in stances), None)


def _tail(text: str, found: Sequence[Word], content: Span) -> Said | None:
    """ ", повідомив речник" at the end; ", за даними штабу" too."""
    for k in range(len(found) - 1, 1, -1):
        gap = text[found[k - 1].end : found[k].start]
        if not re.search(r"[,—–]|\s-\s|[.!?]?[»”\"]", gap):
            continue
        tail = found[k:]
        start = Span(content.start, found[k - 1].end)
        if nouns := _according_at(tail, 0):
            cue = Span(tail[0].start, tail[nouns - 1].end)
            return _said(text, Span(cue.end, content.end), cue, start, "asserted", "according")
        for j, word in enumerate(tail[:TAIL_REACH]):
            stance = _stance(word)
            if (
                stance
                and not _that_after(text, tail[j:])
                and not re.search(r"[,:]", text[tail[0].start : word.end])
            ):
                source = Span(word.end, content.end) if j + 1 < len(tail) else Span(tail[0].start, word.start)
                return _said(text, source, Span(word.start, word.end), start, stance, "verb")
        if re.search("[,—–]", gap):
            return None
    return None


def _that_after(text: str, found: Sequence[Word]) -> int | None:
    """The number of the word behind which reported words begin: ", що ..."."""
    for k in range(1, len(found)):
        gap = text[found[k - 1].end : found[k].start]
        if re.search("[.;:!?]", gap):
            return None
        if "," in gap and found[k].text.lower() in lexicon().groups["that"]:
            return k
    return None


def _label(text: str, found: Sequence[Word], content: Span, known: frozenset[str]) -> Said | None:
    match = LABEL.match(text, content.start, content.end)
    label = [w for w in found if match and w.end <= match.end(1)]
    if not match or not label or len(label) > 8 or len(found) - len(label) < MIN_CONTENT:
        return None
    reports = lexicon().groups["reports"]
    named = any(w.text.lower() in known or w.lemmas & known for w in label)
    named = named or bool(label[0].lemmas & lexicon().groups["bodies"])
    verb = next((w for w in label if _stance(w)), None)
    if not (named or verb or label[0].lemmas & reports) or any(w.finite and w is not verb for w in label):
        return None
    start = label[1].start if label[0].lemmas & reports and len(label) > 1 else match.start(1)
    source = Span(start, verb.start if verb and verb.start > start else match.end(1))
    if verb and _this(w for w in label if w.end <= verb.start):
        source = Span(verb.end, match.end(1))  # "Об этом сообщил мэр: ..."
    cue = Span(verb.start, verb.end) if verb else Span(match.start(1), match.end(1))
    return _said(
        text, source, cue, Span(match.end(), content.end), "asserted", "verb" if verb else "according"
    )


def labelled(text: str, sentence: Span, said: Said | None) -> bool:
    """Whether a sentence opens with who says it and a colon, which holds for what follows on its line."""
    match = LABEL.match(text, sentence.start, sentence.end)
    source = said.source if said else None
    return bool(match and source and source.end <= match.end(1))


def _according_at(found: Sequence[Word], at: int) -> int:
    """How many words "за даними", "згідно з повідомленням" take up; 0 where none stand here."""
    groups = lexicon().groups
    if at >= len(found) or found[at].text.lower() not in groups["according prepositions"]:
        return 0
    for k in range(at + 1, min(at + 4, len(found))):
        if found[k].lemmas & groups["according nouns"]:
            return k - at + 1
        if any(f.pos == "NOUN" for f in found[k].forms[:1]) and not found[k].lemmas & {"посилання", "ссылка"}:
            return 0
    return 0


def _according(text: str, found: Sequence[Word], content: Span) -> Said | None:
    taken = _according_at(found, 0)
    if not taken:
        return None
    cue = Span(found[0].start, found[taken - 1].end)
    comma = text.find(",", cue.end, content.end)
    if comma < 0:
        predicate = next((w for w in found[taken:] if w.finite), None)
        comma = predicate.start if predicate else content.end
    hedged = any(w.lemmas & lexicon().groups["hedges"] for w in found[:taken])
    source = Span(cue.end, comma)
    first = next((w for w in found if w.start >= cue.end), None)
    if first and first.text.lower() in ("від", "от"):
        source = Span(first.end, comma)
    return _said(text, source, cue, Span(comma, content.end), "hedged" if hedged else "asserted", "according")


def _report(text: str, found: Sequence[Word], content: Span) -> Said | None:
    """ "Інформація від штабу, що ...": a noun of report, its giver and what it says."""
    reports = lexicon().groups["reports"]
    at = next((k for k, w in enumerate(found[:4]) if w.lemmas & reports), None)
    if at is None or at + 2 >= len(found) or found[at + 1].text.lower() not in ("від", "от", "из", "з", "із"):
        return None
    that = _that_after(text, found[at:])
    if that is None:
        return None
    word = found[at + that]
    source = Span(found[at + 2].start, found[at + that - 1].end)
    cue = Span(found[at].start, found[at].end)
    return _said(text, source, cue, Span(word.end, content.end), "asserted", "noun")


def _lead(text: str, found: Sequence[Word], content: Span) -> Said | None:
    """ "Речник заявив, що ...", "мер повідомив про ...", "про це повідомив мер"."""
    for k, word in enumerate(found[:LEAD_REACH]):
        stance = _stance(word)
        if stance is None:
            continue
        cue = Span(word.start, word.end)
        before = Span(content.start, word.start)
        after = found[k + 1 :]
        that = _that_after(text, found[k:])
        if that is not None:
            begin = found[k + that]
            source = before if _names(found[:k]) else Span(word.end, found[k + that - 1].end)
            return _said(text, source, cue, Span(begin.end, content.end), stance, "verb")
        if _this(found[:k]):
            # "About this said the mayor": what stands before is the content.
            source = Span(word.end, content.end) if after else before
            return _said(text, source, cue, Span(content.end, content.end), stance, "verb")
        impersonal = word.has("Impe")
        if after and (impersonal or _names(found[:k])):
            about = after[0].text.lower() in ABOUT
            begin_at = after[0].end if about else word.end
            return _said(
                text, None if impersonal else before, cue, Span(begin_at, content.end), stance, "verb"
            )
        return None
    return None


def _this(found: Iterable[Word]) -> bool:
    """Whether words point at what was said: "про це", "об этом"."""
    return any(w.lemmas & {"це", "это"} for w in found)


def _as_said(text: str, found: Sequence[Word], content: Span) -> Said | None:
    """ "Як повідомив речник, ...": the verb, its giver and, behind the comma, what he says."""
    verb = next((w for w in found[1:3] if _stance(w)), None)
    if verb is None or found[0].text.lower() not in AS:
        return None
    comma = text.find(",", verb.end, content.end)
    if comma < 0 or not any(verb.end <= w.start < comma for w in found):
        return None
    cue = Span(verb.start, verb.end)
    stance = _stance(verb) or "asserted"
    return _said(text, Span(verb.end, comma), cue, Span(comma, content.end), stance, "verb")


def _names(found: Sequence[Word]) -> bool:
    """Whether the words before a verb can be its subject."""
    return any(
        f.pos in ("NOUN", "NPRO") and ("nomn" in f.grammemes or not f.known) for w in found for f in w.forms
    )
