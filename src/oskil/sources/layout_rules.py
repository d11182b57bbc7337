"""What the words of a single paragraph say of its role, whatever stands around it."""

from __future__ import annotations

import re

from oskil.records import PartRole
from oskil.sources.dates import date_line
from oskil.sources.layout_paragraphs import Paragraph, folded
from oskil.sources.vocabulary import Words, plain_words, words

__all__ = ["alone", "folded", "headline", "names_only", "opens_tail"]

_URL = re.compile(r"(?:https?://|www\.)\S+|pic\.twitter\.com/\S+")
_SOURCE_LINE = re.compile(r"^\[?\d{1,3}[\].)]\s*(?:https?://|www\.)")
_QUOTED = re.compile(r"[“”«»\"„]")
_BY = re.compile(r"^(?:by|von|par|por|автор|автори|авторы)[\s:]+(?=\S)", re.I)
_LAST_BRACKET = re.compile(r"[\[(]([^\[\]()]{2,90})[\])]\.?$")
_SHOUTED = re.compile(r"^(?:UPDATED?|CORRECTED|CORRECTION|CLARIFICATION)\b")
_CONNECTORS = frozenset(
    (
        "and",
        "with",
        "in",
        "for",
        "at",
        "of",
        "the",
        "de",
        "von",
        "van",
        "der",
        "den",
        "da",
        "di",
        "la",
        "le",
        "&",
    )
    + ("и", "в", "та", "і", "у", "et", "und", "y", "e", "special", "to", "staff")
)
_BARS = re.compile(r"\s[|·•]\s")  # between the pieces of a masthead: "Issue 4 | As of May 3 | Refresh"
_FEWEST_BARS = 2
_LONGEST_NOTICE = 40  # words
_LONGEST_BYLINE = 14  # words
_LONGEST_CREDIT = 35  # words


def alone(paragraph: Paragraph) -> PartRole | None:
    """The role that a paragraph's own words give it, or None where they do not tell."""
    if paragraph.caption:
        return "caption"
    low = paragraph.text.lower().replace("’", "'").strip(" *_")
    known = words()
    if paragraph.menu or _is_boilerplate(paragraph, low, known):
        return "boilerplate"
    if _is_byline(paragraph):
        return "byline"
    if _is_update(paragraph, low, known):
        return "update"
    if _is_credit(paragraph, low, known):
        return "credit"
    return "caption" if _is_caption(paragraph, low, known) else None


def _is_boilerplate(paragraph: Paragraph, low: str, known: Words) -> bool:
    if plain_words(low) in known.exact or not paragraph.words:
        return True
    if not paragraph.ended and len(_BARS.findall(paragraph.text)) >= _FEWEST_BARS:
        return True
    if _SOURCE_LINE.match(paragraph.text) or (_URL.search(low) and not _words_beside_links(low)):
        return True
    if paragraph.words > _LONGEST_NOTICE or _QUOTED.search(low):
        return False
    return bool(known.starts.match(low.lstrip(" -–—•|>»")) or known.contains.search(low))


def _words_beside_links(low: str) -> bool:
    """Whether a line with links holds more than two words of its own ("Source: https://...")."""
    return len(re.findall(r"[^\W\d_]{2,}", _URL.sub(" ", low))) > 2


def _is_update(paragraph: Paragraph, low: str, known: Words) -> bool:
    low = low.lstrip("[(* ")
    told = known.update.match(low)
    if told:
        return len(low[told.end() :].split()) >= 3
    shouted = _SHOUTED.match(paragraph.text) and paragraph.words >= 5
    return bool(shouted or low.startswith(known.update_sentence))


def _is_byline(paragraph: Paragraph) -> bool:
    if paragraph.words > _LONGEST_BYLINE or paragraph.heading:
        return False
    if date_line(paragraph.text):
        return True
    by = _BY.match(paragraph.text)
    return bool(by and names_only(paragraph.text[by.end() :], evidence=False))


def names_only(text: str, *, evidence: bool = True) -> bool:
    """Whether a line is names alone; with `evidence`, names as no title has them: in capitals, an agency."""
    tokens = [t.strip(".,;:|/()*_") for t in text.split()]
    tokens = [t for t in tokens if t]
    names = [t for t in tokens if t.lower() not in _CONNECTORS]
    if not 1 <= len(names) <= _LONGEST_BYLINE or not all(t[0].isupper() or t[0] == "@" for t in names):
        return False
    if not evidence:
        return True
    shouted = any(len(t) > 2 and t.isupper() and t.isalpha() for t in names)
    joined = any(t.lower() in ("with", "and", "и", "та", "і") for t in tokens)
    agency = any(t.lower() in words().agencies for t in names)
    return len(names) >= 2 and (shouted or agency) and (joined or agency)


def _is_credit(paragraph: Paragraph, low: str, known: Words) -> bool:
    bare = low.strip(" ().[]*_")
    if paragraph.words <= 6 and _agencies_only(bare, known):
        return True
    if paragraph.words > _LONGEST_CREDIT or _QUOTED.search(low):
        return False
    return low.lstrip("([ ").startswith(known.credit_starts) or bare.endswith(known.credit_ends)


def _agencies_only(bare: str, known: Words) -> bool:
    """Whether a line is names of agencies, perhaps with a photographer's before a stroke ("A. Name/AFP")."""
    pieces = [p.strip(" .") for p in re.split(r"[/,|;]| via | and ", bare) if p.strip(" .")]
    known_pieces = [p for p in pieces if p in known.agencies]
    if len(known_pieces) == len(pieces):
        return bool(pieces)
    return "/" in bare and bool(known_pieces) and all(len(p.split()) <= 3 for p in pieces)


def _is_caption(paragraph: Paragraph, low: str, known: Words) -> bool:
    if paragraph.heading:
        return False
    bracket = _LAST_BRACKET.search(low)
    if bracket and paragraph.words >= 4 and _picture_credit(bracket[1], known):
        return True
    if low.startswith(known.caption_starts) and paragraph.words >= 4 and not _QUOTED.match(low):
        return True
    return not paragraph.ended and bool(known.caption_holds.search(low)) and paragraph.words >= 6


def _picture_credit(inner: str, known: Words) -> bool:
    if inner.strip().startswith(known.caption_credit):
        return True
    pieces = [p.strip(" .") for p in re.split(r"[/,|]| via ", inner)]
    return len(pieces) > 1 and any(p in known.agencies for p in pieces) and len(inner.split()) <= 10


_COUNTED = re.compile(r"[^\W\d]: +[~≈]?\d[\d.,]*(?: [a-z]+)?$")  # a line of a list: "Port: 1,905"
_STAMPED = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)\s+\S")
_QUOTED_WHOLE = re.compile(r"[“\"«„][^“”\"«»„.!]{8,120}[”\"»“]")
_SUBHEAD_START = re.compile(r"^[-–—\"'“‘«(#\d]*\s?[\"'“‘«]?\w")


def stamped_question(text: str) -> bool:
    """Whether a line is the heading of a live blog's entry that asks: "20:15 A second bridge?"."""
    return bool(_STAMPED.match(text)) and text[-1] == "?"


def quoted_title(text: str) -> bool:
    """Whether a line is one quotation without a full stop, as titles of interviews are."""
    return bool(_QUOTED_WHOLE.fullmatch(text))


def headline(text: str) -> bool:
    """Whether a short line can be a subhead: it neither attributes the quotation above it nor breaks off."""
    if (text[0] in "-–—" and text[-1] not in "-–—") or _COUNTED.search(text):
        return False
    first = next((c for c in text if c.isalpha()), "")
    return bool(_SUBHEAD_START.match(text)) and not first.islower() and len(text) <= 80 and "@" not in text


def opens_tail(paragraph: Paragraph) -> bool:
    """Whether a line announces what is not the article any more: related pages, tags, notes."""
    plain = plain_words(paragraph.text)
    return plain in words().tail or (
        paragraph.words <= 25 and any(plain.startswith(t) for t in ("previous article", "next article"))
    )
