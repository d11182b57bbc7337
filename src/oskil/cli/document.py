"""`oskil document`: the texts of the ledger, their revisions, and what changed between them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oskil.cli.options import AsKnownOption, Format, FormatOption, LedgerOption, LimitOption
from oskil.cli.tables import Column, Listing, safe, write, write_json, write_rendered
from oskil.cli.wording import count, short

if TYPE_CHECKING:
    from oskil.ledger.difference import Stretch
    from oskil.ledger.store import Ledger
    from oskil.ledger.stored import StoredAmendment, StoredDocument

# Words of what stayed that are shown on either side of a change.
_AROUND = 60
_MARKS = {"gone": ("[-", "-]"), "new": ("{+", "+}")}
_STYLES = {"gone": "red strike", "new": "green"}


def document(
    id: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="A document's id or its beginning; none lists them all."),
    ] = None,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="All revisions: of ID, or of every document.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="What changed, word by word, since the revision before ID.")
    ] = False,
    text: Annotated[bool, typer.Option("--text", help="The text alone, as it was read.")] = False,
    as_known_on: AsKnownOption = None,
    limit: LimitOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
) -> None:
    """List the documents, or show one: its revisions, its corrections, its text.

    The text of a revision never changes. What of a document was corrected later is shown corrected, with the
    correction beside it. In the difference, words in [-such marks-] are gone and words in {+such+} are new.
    """
    from oskil.cli import rooms

    with rooms.open_to_look(ledger, as_known_on) as store:
        if id is None:
            if diff or text:
                raise typer.BadParameter("needs the ID of a document", param_hint="--diff/--text")
            write(LISTING, store.documents(latest=not revisions, limit=limit), form)
            return
        one = _found(store, id)
        if text:
            print(safe(one.document.text))
        elif diff:
            _show_difference(store, one, form)
        elif revisions:
            write(LISTING, store.revisions(one.document.id)[:limit], form)
        else:
            _show(store, one, form)


def _found(store: Ledger, id: str) -> StoredDocument:
    """The document whose id begins so. Raises InputError without one, or with several."""
    from oskil.errors import InputError, LedgerBroken, LedgerError

    try:
        return store.document(id)
    except LedgerBroken:
        raise
    except LedgerError as error:
        message = error.message.replace(f"no document {id!r}", "no document has an id that begins so")
    with contextlib.suppress(LedgerError):
        message = f"this is a claim; it stands in the document {short(store.claim(id).claim.document)}"
    raise InputError(message, id)


def _show(store: Ledger, one: StoredDocument, form: Format) -> None:
    every, amendments = store.revisions(one.document.id), list(_amendments(store, one.document.id))
    claims = len(store.reading(one.document.id).claims)
    if form is not Format.table:
        record = {
            **_record(one),
            "text": one.document.text,
            "claims": claims,
            "revisions": [_record(each) for each in every],
            "amendments": [_amendment_record(*each) for each in amendments],
        }
        write_json(record)
        return
    print(safe(_head(one, claims, len(every))))
    for amendment in amendments:
        print(safe(_in_words(*amendment)))
    print(f"\n{safe(one.document.text)}")


def _head(one: StoredDocument, claims: int, revisions: int) -> str:
    document = one.document
    lines = [
        f"{'document':<10}{document.id}",
        f"{'title':<10}{document.title or '-'}",
        f"{'outlet':<10}{document.outlet or '-'}",
        f"{'published':<10}{document.published or '-'}",
        f"{'link':<10}{document.url or document.key}",
        f"{'recorded':<10}{one.recorded_at.isoformat(timespec='seconds')}",
        f"{'revision':<10}{one.revision} of {revisions}{_state(one)}",
        f"{'claims':<10}{count(claims, 'claim')}",
    ]
    return "\n".join(lines)


def _state(one: StoredDocument) -> str:
    marks = [
        *(["withdrawn"] if one.withdrawn else []),
        *(["corrected"] if one.corrected else []),
        *([] if one.latest else ["not the latest"]),
    ]
    return f" ({', '.join(marks)})" if marks else ""


def _amendments(store: Ledger, id: str) -> Iterator[tuple[StoredAmendment, dict[str, Any]]]:
    """Each correction and withdrawal of a document, with the fields that it set."""
    from oskil.ledger.filters import ClaimFilter
    from oskil.pipeline.amending import CLAIM_FIELDS

    every = store.claims(ClaimFilter(document=id, latest=False))
    before = {stored.claim.id: stored.claim for stored in every if not stored.corrected}
    for stored in store.amendments(id):
        amendment = stored.amendment
        fields: dict[str, Any] = dict(amendment.fields)
        if (claim := amendment.claim) is not None:
            old = before.get(claim.id)
            fields = {
                f: getattr(claim, f) for f in CLAIM_FIELDS if getattr(claim, f) != getattr(old, f, None)
            }
            before[claim.id] = claim
        yield stored, {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Any:
    """A field as `oskil correct --set` takes it."""
    from oskil.records import Period

    if isinstance(value, Period):
        first, last = (day and str(day) for day in (value.first, value.last))
        return first if first == last else f"{first or ''}..{last or ''}"
    return ",".join(map(str, value)) if isinstance(value, tuple) else value


def _in_words(stored: StoredAmendment, fields: Mapping[str, Any]) -> str:
    amendment = stored.amendment
    of = f"claim {short(amendment.target)}" if amendment.noun == "claim" else "the document"
    changes = "; ".join(f"{name}: {value or '-'}" for name, value in fields.items())
    told = f" ({changes})" if changes else ""
    when = stored.recorded_at.isoformat(timespec="seconds")
    return f"{amendment.action} of {of}{told}, {when}, by {amendment.by}: {amendment.reason}"


def _show_difference(store: Ledger, one: StoredDocument, form: Format) -> None:
    from oskil.errors import InputError
    from oskil.ledger.difference import between

    before = [each for each in store.revisions(one.document.id) if each.revision == one.revision - 1]
    if not before:
        raise InputError("this is the first revision, there is none before it", short(one.document.id))
    (older,) = before
    found = between(older.document.text, one.document.text)
    if form is not Format.table:
        changes = [{"change": stretch.change, "text": stretch.text} for stretch in found]
        write_json({"from": older.document.id, "to": one.document.id, "changes": changes})
        return
    since = older.recorded_at.isoformat(timespec="seconds")
    ends = f"{older.revision} ({short(older.document.id)}, {since}) to {one.revision}"
    print(f"revision {ends} ({short(one.document.id)})")
    if all(stretch.change == "same" for stretch in found):
        print("The text is the same.")
        return
    write_rendered(_rendered(found))


def _rendered(found: list[Stretch]) -> Any:
    from rich.text import Text

    shown = Text()
    for place, stretch in enumerate(found):
        if stretch.change == "same":
            shown.append(safe(_shortened(stretch.text, place == 0, place == len(found) - 1)))
        else:
            begin, end = _MARKS[stretch.change]
            shown.append(f"{begin}{safe(stretch.text)}{end}", style=_STYLES[stretch.change])
    return shown


def _shortened(text: str, first: bool, last: bool) -> str:
    if len(text) <= 2 * _AROUND:
        return text
    head = "" if first else text[:_AROUND]
    tail = "" if last else text[-_AROUND:]
    return f"{head} ... {tail}"


def _title(one: StoredDocument) -> str:
    document = one.document
    title = document.title or " ".join(document.text[:60].split()) + " ..."
    by = ", ".join(x for x in (document.outlet, document.published and document.published[:10]) if x)
    return f"{title}{_state(one)}" + (f"\n{by}" if by else "")


def _record(one: StoredDocument) -> dict[str, Any]:
    document = one.document
    return {
        "id": document.id,
        "key": document.key,
        "revision": one.revision,
        "latest": one.latest,
        "withdrawn": one.withdrawn,
        "corrected": one.corrected,
        "recorded_at": one.recorded_at.isoformat(),
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published,
        "url": document.url,
        "language": document.language,
        "medium": document.medium,
    }


def _amendment_record(stored: StoredAmendment, fields: Mapping[str, Any]) -> dict[str, Any]:
    amendment = stored.amendment
    return {
        "action": amendment.action,
        "of": amendment.noun,
        "target": amendment.target,
        "reason": amendment.reason,
        "by": amendment.by,
        "recorded_at": stored.recorded_at.isoformat(),
        "fields": dict(fields),
    }


LISTING: Listing[StoredDocument] = Listing(
    columns=(
        Column("RECORDED", lambda d: d.recorded_at.isoformat(sep="\n", timespec="minutes")[:16], 10),
        Column("REV", lambda d: str(d.revision), 3),
        Column("TITLE, OUTLET, PUBLISHED", _title),
        Column("ID", lambda d: short(d.document.id), 8, lambda d: "dim"),
    ),
    fields=(
        "id",
        "key",
        "revision",
        "latest",
        "withdrawn",
        "corrected",
        "recorded_at",
        "title",
        "outlet",
        "published",
        "url",
        "language",
        "medium",
    ),
    record=_record,
    empty="There is no document in the ledger.",
)
