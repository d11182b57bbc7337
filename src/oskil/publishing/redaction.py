"""Replacing the names and handles of private people by labels, everywhere and consistently.

What counts as private is decided in `people.py`. A `Redactor` is built once from all that a page will
show and then applied to every string of it; `leaks` finds what is left, so that publishing can refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from oskil.publishing.people import Decision, People, handles
from oskil.publishing.safety import rules
from oskil.records import Document, Reading

# News gives the ages of private people and hardly of others: "Olena Petrenko, 54," "54-year-old Olena".
_AGED = re.compile(
    r"(?<!\w)(?P<a>[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+){0,2}), (?:aged )?\d{1,2}(?=[,.;)])"
    r"|(?<!\d)\d{1,2}-year-old (?:(?!in |from |at |of |near |to )[a-z]+ ){0,2}"
    r"(?P<b>[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+){0,2})"
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]{5,}\Z")


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: the offsets replaced and the length put in their place."""

    start: int
    end: int
    length: int


Edits = list[tuple[Edit, str]]


@dataclass(slots=True)
class _Secrets:
    """What to replace: labels by name, and the expressions that find the names, each with its length."""

    labels: dict[str, str] = field(default_factory=dict)
    forms: dict[str, tuple[int, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)
    # The names of places that the texts speak of, in small letters: such a word stays where it stands.
    places: frozenset[str] = frozenset()

    def add_person(self, name: str) -> None:
        """A person by the full name, and by each of its words where they are written as names are.

        Whoever was named by one word before and has it for a last name now is the same person. A word that
        names a place of the texts is replaced only as the name of a speaker, and within the full name.
        """
        words = re.split(r"[\s_]+", name)
        parts = [p for p in words if len(p) >= 3 and p.lower() not in rules().common_words]
        same = [p for p in parts[-1:] if len(parts) == 1 or p.casefold() in self.alone]
        label = self._label("person", name, *same)
        if len(words) > 1:
            self._add(name, r"[\W_]{0,3}".join(_inflected(w) for w in words), label)
        if len(parts) == 1:
            self.alone.add(parts[0].casefold())
        for part in parts:
            if part.casefold() in self.places:
                self.labels.setdefault(part.casefold(), label)
                continue
            cases = "|".join(_inflected(c) for c in {part[0].upper() + part[1:], part.upper()})
            self._add(part, f"(?-i:{cases})", label)

    def add_account(self, handle: str, shown: str = "", *, bare: bool = False) -> None:
        """An account by its handle, without the at sign only where it cannot be an ordinary word."""
        label = self._label("account", handle, shown)
        distinct = bare or bool(re.search(r"[\d_]|.[A-Z]", handle))
        self._add(handle, ("@?" if distinct else "@") + re.escape(handle), label, extra=1)
        if shown:
            self._add(shown, re.escape(shown), label)

    def _label(self, sort: str, *names: str) -> str:
        for name in names:
            if known := self.labels.get(name.casefold()):
                return known
        self.counts[sort] = self.counts.get(sort, 0) + 1
        return f"{rules().labels[sort]} {self.counts[sort]}"

    def _add(self, name: str, form: str, label: str, extra: int = 0) -> None:
        self.labels.setdefault(name.casefold(), label)
        if len(form) > len(self.forms.get(name.casefold(), (0, ""))[1]):
            self.forms[name.casefold()] = (len(name) + extra, form)


class Redactor:
    """Replaces what is private in a string. `count` is the number of people and accounts withheld."""

    def __init__(self, secrets: _Secrets, kept: Iterable[str]) -> None:
        self._labels = secrets.labels
        self.count = len(set(secrets.labels.values()))
        # Kept names matter only where they hold a withheld word; each costs time on every letter.
        shadowing = [k for k in kept if any(_stem(s) in k.casefold() for s in secrets.labels)]
        # Longest first: a full name wins over its parts and over a kept name within it.
        forms: list[tuple[int, str, str | None]] = [(len(k), re.escape(k), None) for k in shadowing]
        forms += [(n, form, secrets.labels[name]) for name, (n, form) in secrets.forms.items()]
        forms.sort(key=lambda f: (-f[0], f[2] is not None, f[1]))
        self._by_group = [label for _, _, label in forms]
        body = "|".join(f"({form})" for _, form, _ in forms)
        self._pattern = re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE) if self.count else None
        self._posts = _post_pattern()

    def edits(self, text: str) -> Edits:
        """The replacements to make in a text, in order and apart from one another."""
        found = [*self._posts_in(text), *self._names_in(text)]
        found.sort(key=lambda f: (f[0].start, -f[0].end))
        apart: Edits = []
        for edit, new in found:
            if not apart or edit.start >= apart[-1][0].end:
                apart.append((edit, new))
        return apart

    def redact(self, text: str) -> str:
        """The text with labels in square brackets for what is private."""
        edits = self.edits(text)
        return apply_edits(text, edits) if edits else text

    def name(self, words: str) -> str:
        """A speaker's name: its label where it is private as a whole, else redacted as a text is."""
        label = self._labels.get(words.strip().lstrip("@").casefold())
        return label or self.redact(words)

    def leaks(self, text: str) -> list[str]:
        """What is private and still stands in a text."""
        return [text[e.start : e.end] for e, _ in (*self._names_in(text), *self._posts_in(text))]

    def _posts_in(self, text: str) -> Iterator[tuple[Edit, str]]:
        # The hosts are looked for first: hardly any text has one, and the expression is slow.
        if "/" not in text:
            return
        low = text.lower()
        if not any(host in low for host in rules().post_hosts):
            return
        new = f"[{rules().labels['post']}]"
        for match in self._posts.finditer(text):
            yield Edit(match.start(), match.end(), len(new)), new

    def _names_in(self, text: str) -> Iterator[tuple[Edit, str]]:
        for match in self._pattern.finditer(text) if self._pattern else ():
            label = self._by_group[(match.lastindex or 1) - 1]
            if label is not None:
                yield Edit(match.start(), match.end(), len(label) + 2), f"[{label}]"


def apply_edits(text: str, edits: Edits) -> str:
    """The text with the replacements made."""
    pieces, at = [], 0
    for edit, new in edits:
        pieces += [text[at : edit.start], new]
        at = edit.end
    return "".join([*pieces, text[at:]])


def moved(offset: int, edits: Edits, *, end: bool) -> int:
    """Where an offset of the old text lies in the new one; inside a replacement, at its start or `end`."""
    shift = 0
    for edit, _ in edits:
        if offset <= edit.start:
            break
        if offset < edit.end:
            return edit.start + shift + (edit.length if end else 0)
        shift += edit.length - (edit.end - edit.start)
    return offset + shift


def build(
    documents: Sequence[tuple[Document, Reading]], people: People, withhold: Iterable[str] = ()
) -> Redactor:
    """Find all that is private in the documents and what was read in them."""
    secrets = _Secrets()
    # What the user asks for is withheld wherever it stands, so places are known only after it.
    for name in withhold:
        if name.startswith("@"):
            secrets.add_account(name[1:])
        elif name.strip():
            secrets.add_person(name.strip())
    secrets.places = _place_names(reading for _, reading in documents)
    publishers = _publishers([document for document, _ in documents])
    for document, reading in documents:
        _posts(document, people, secrets)
        _speakers(document, reading, publishers, people, secrets)
        _aged(document, people, secrets)
    # What the user asks for is done, also where the profile knows the name.
    asked = {name.strip().lstrip("@").casefold() for name in withhold}
    return Redactor(secrets, [name for name in people.kept_names() if name.casefold() not in asked])


def _place_names(readings: Iterable[Reading]) -> frozenset[str]:
    """The names of the places that the texts speak of, in small letters."""
    return frozenset(t.place.name.casefold() for r in readings for t in r.toponyms if t.place)


def _posts(document: Document, people: People, secrets: _Secrets) -> None:
    texts = [document.text, document.title or "", document.outlet or "", *document.authors]
    for text in texts:
        for handle in handles(text):
            _account(handle, document.text, people, secrets)
    for part in document.parts:
        if part.role == "embed" and part.by:
            _embed_author(part.by, document.text, people, secrets)
    if document.medium == "post":
        for author in document.authors:
            _apply(people.decide(author, [document.text], account=True), secrets)


def _embed_author(by: str, text: str, people: People, secrets: _Secrets) -> None:
    found = handles(by)
    for handle in found:
        _account(handle, f"{by}\n{text}", people, secrets)
    if not found:
        decision = people.decide(by, [text], account=True)
        if decision.verdict == "account":
            _account(decision.name, text, people, secrets, bare=True)


def _account(handle: str, text: str, people: People, secrets: _Secrets, *, bare: bool = False) -> None:
    if people.decide(handle, [], account=True).verdict == "kept":
        return
    secrets.add_account(handle, _shown_name(handle, text, people), bare=bare)


def _shown_name(handle: str, text: str, people: People) -> str:
    """The name that stands before a handle, as in "NAME (@handle)"; empty where none does."""
    found = re.search(rf"(?:^|[—–\n(])[ ]*([^\n—–@()]{{2,60}}?)\s*\(@{re.escape(handle)}\)", text)
    name = found.group(1).strip(" ,:") if found else ""
    # More than five words are the end of a sentence and no name.
    if not name or len(name.split()) > 5 or people.decide(name, [text], account=True).verdict == "kept":
        return ""
    return name


def _publishers(documents: Iterable[Document]) -> frozenset[str]:
    """Who published and signed. A channel is a publisher too; the bylines of articles are public, those of
    posts are not.
    """
    names: set[str] = set()
    for document in documents:
        names.update(() if document.medium == "post" else document.authors)
        if document.outlet and not document.outlet.startswith("@"):
            names.add(document.outlet)
    return frozenset(name.casefold() for name in names)


def _speakers(
    document: Document, reading: Reading, publishers: frozenset[str], people: People, secrets: _Secrets
) -> None:
    for claim in reading.claims:
        for name in filter(None, (claim.speaker, *claim.relays)):
            if name.casefold() in publishers:
                continue
            if f"@{name}".casefold() in document.text.casefold():
                _account(name, document.text, people, secrets, bare=True)
            else:
                _apply(people.decide(name, [document.text]), secrets)


def _aged(document: Document, people: People, secrets: _Secrets) -> None:
    for match in _AGED.finditer(document.text):
        name = match.group("a") or match.group("b")
        _apply(people.decide(name, [document.text]), secrets)


def _apply(decision: Decision, secrets: _Secrets) -> None:
    if decision.verdict == "person":
        secrets.add_person(decision.name)
    elif decision.verdict == "account":
        secrets.add_account(decision.name, bare=True)


def _inflected(word: str) -> str:
    """An expression for a word; a Cyrillic one without its last letter, as cases change the ending."""
    return re.escape(_stem(word)) + r"\w{0,4}" if _CYRILLIC.search(word) else re.escape(word)


def _stem(word: str) -> str:
    return word[:-1] if _CYRILLIC.search(word) else word


def _post_pattern() -> re.Pattern[str]:
    hosts = "|".join(re.escape(h) for h in sorted(rules().post_hosts, key=len, reverse=True))
    return re.compile(
        rf"(?:https?://)?(?<![\w.])(?:www\.|m\.|mobile\.)?(?:{hosts})/[^\s)\]>\"'“”]+", re.IGNORECASE
    )
