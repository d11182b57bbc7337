"""`oskil read`: reads documents into the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oskil.cli import exits
from oskil.cli.console import complain, progress
from oskil.cli.options import Format, FormatOption, LedgerOption, ProfileOption
from oskil.cli.tables import Column, Listing, safe, write
from oskil.cli.wording import count, short

if TYPE_CHECKING:
    from oskil.pipeline import Outcome

SHOWN = 20  # documents of one target that are listed for people; the rest are counted
STYLES = {"new": "green", "revision": "cyan", "known": "dim", "reread": "cyan", "refused": "red"}


def read(
    targets: Annotated[
        list[str],
        typer.Argument(metavar="TARGET...", help="Files, http(s) addresses, or - for standard input."),
    ],
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Who published it.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="When, as an ISO date or date-time.")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Its link, which names it across revisions.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its title.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Its language: en, uk, ru ...")
    ] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="FILE", help="A column map, for tables of events.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to loopback and private networks.")
    ] = False,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Read documents into the ledger.

    A document is a file of markdown, text or saved HTML, an address, or standard input. Exports of Telegram,
    X, Mastodon and Bluesky, feeds, sitemaps, web archives, control maps, loss lists and tables of events hold
    many.
    The same document twice adds nothing, unless places were added since (`oskil gazetteer add`): then it is
    read anew. A changed one with the same link becomes a revision. One that cannot be read is stored as a
    refusal, the others are read all the same, and the exit code is 3. What is stated by an option wins over
    what the document says of itself, and holds for every TARGET.
    """
    import sys
    from datetime import UTC, datetime

    from oskil.cli import rooms
    from oskil.pipeline import Input, read_targets
    from oskil.sources.interface import Hints

    _must_be_usable(published, url, language)
    hints = Hints(
        outlet=outlet, published=published, url=url, language=language, title=title, columns=columns
    )
    given = Input(hints, stdin=sys.stdin.buffer, allow_private=allow_private, gazetteer=rooms.gazetteer())
    kept = _Kept(all_of_them=form is not Format.table)
    reader = rooms.reader_for(profile)
    with rooms.open_to_write(ledger) as store, progress("Reading", len(targets)) as step:
        for outcome in read_targets(targets, store, reader, given, datetime.now(UTC)):
            kept.add(outcome)
            step(outcome.where)
    outcomes = kept.outcomes
    refused = [o for o in outcomes if o.status == "refused"]
    # People get a line for each refusal below; programs get it as a record too.
    listed = [o for o in outcomes if o not in refused] if form is Format.table else outcomes
    if listed or not refused or form is not Format.table:
        write(LISTING, listed, form)
    for line in kept.folded():
        typer.echo(safe(line))
    for outcome in refused:
        complain(outcome.reason, outcome.where)
    if refused:
        raise typer.Exit(exits.INPUT)


class _Kept:
    """What a listing needs of the outcomes: never their texts, and for people only a target's first few."""

    def __init__(self, *, all_of_them: bool) -> None:
        self.outcomes: list[Outcome] = []
        self._all = all_of_them
        self._times: Counter[str] = Counter()
        self._more: dict[str, Counter[str]] = {}

    def add(self, outcome: Outcome) -> None:
        """Take one more."""
        from dataclasses import replace

        self._times[outcome.where] += 1
        if outcome.status == "refused" or self._all or self._times[outcome.where] <= SHOWN:
            document = outcome.document
            bare = document and replace(document, text=document.text[:200], parts=(), links=(), media=())
            self.outcomes.append(replace(outcome, document=bare))
            return
        more = self._more.setdefault(outcome.where, Counter())
        more[outcome.status] += 1
        more["claims"] += outcome.claims

    def folded(self) -> Iterator[str]:
        """A line for each target of which more was read than is listed."""
        for where, more in self._more.items():
            told = ", ".join(f"{n:,} {status}" for status, n in more.items() if status != "claims" and n)
            yield f"{where}: and {told} besides, with {count(more['claims'], 'claim')}"


def _must_be_usable(published: str | None, url: str | None, language: str | None) -> None:
    """What a document says of itself may be passed over where it is odd; what the user says may not."""
    import re

    from oskil.sources import dates
    from oskil.sources.metadata import web_link

    if published is not None and dates.normal(published) is None:
        raise typer.BadParameter(f"{published!r} is not a date such as 2022-09-08", param_hint="--published")
    if url is not None and web_link(url) is None:
        raise typer.BadParameter(f"{url!r} is not an http(s) address", param_hint="--url")
    if language and not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", language):
        raise typer.BadParameter(f"{language!r} is not a code such as en, uk or ru", param_hint="--language")


def _title(outcome: Outcome) -> str:
    document = outcome.document
    if document is None:
        return outcome.where
    title = document.title or " ".join(document.text[:60].split()) + " ..."
    by = ", ".join(x for x in (document.outlet, (document.published or "undated")[:10]) if x)
    why = f"not read: {outcome.reason}" if outcome.reason else ""
    return "\n".join(line for line in (title, by, why) if line)


def _record(outcome: Outcome) -> dict[str, Any]:
    document = outcome.document
    return {
        "where": outcome.where,
        "status": outcome.status,
        "claims": outcome.claims,
        "document": document.id if document else None,
        "title": document.title if document else None,
        "outlet": document.outlet if document else None,
        "published": document.published if document else None,
        "url": document.url if document else None,
        "language": document.language if document else None,
        "reason": outcome.reason or None,
    }


LISTING: Listing[Outcome] = Listing(
    columns=(
        Column("STATUS", lambda o: o.status, 8, lambda o: STYLES[o.status]),
        Column("CLAIMS", lambda o: "-" if o.status == "known" else count(o.claims, "claim"), 10),
        Column("DOCUMENT", lambda o: short(o.document.id) if o.document else "-", 8, lambda o: "dim"),
        Column("TITLE", _title),
    ),
    fields=(
        "where",
        "status",
        "claims",
        "document",
        "title",
        "outlet",
        "published",
        "url",
        "language",
        "reason",
    ),
    record=_record,
    empty="Nothing was read.",
)
