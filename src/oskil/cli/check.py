"""`oskil check`: the verdicts on every number and record that can be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from oskil.cli.options import (
    AsKnownOption,
    CheckDataOption,
    Format,
    FormatOption,
    KindOption,
    LedgerOption,
    LimitOption,
    PlaceOption,
    ProfileOption,
    SideOption,
    SinceOption,
    SpeakerOption,
    UntilOption,
)
from oskil.cli.tables import Column, Listing, safe, write
from oskil.cli.wording import count, outlet_of, quoted, short
from oskil.publishing.json_records import VERDICT_FIELDS, verdict_record

if TYPE_CHECKING:
    from oskil.pipeline import Checked


class Wanted(StrEnum):
    """The outcomes, in the order in which they deserve a look."""

    contradicted = "contradicted"
    differs = "differs"
    unchecked = "cannot be checked"
    agrees = "agrees"


ORDER = [w.value for w in Wanted]
STYLES = {"contradicted": "bold red", "differs": "yellow", "agrees": "green", "cannot be checked": "dim"}


def check(
    what: Annotated[
        str | None,
        typer.Argument(metavar="[CLAIM|DOCUMENT]", help="The id of a claim or a document, or its beginning."),
    ] = None,
    data: CheckDataOption = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar="ID", help="Print the whole working of the verdicts on this claim."
        ),
    ] = None,
    named: Annotated[
        str | None,
        typer.Option("--check", metavar="NAME", help="Only this check: distance, area, control ..."),
    ] = None,
    outcome: Annotated[
        Wanted | None, typer.Option("--outcome", metavar="OUTCOME", help=f"Only these: {', '.join(ORDER)}.")
    ] = None,
    place: PlaceOption = None,
    speaker: SpeakerOption = None,
    kind: KindOption = None,
    side: SideOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_known_on: AsKnownOption = None,
    limit: LimitOption = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
) -> None:
    """List the verdicts on what the claims state, each a calculation that anyone can run again.

    Control maps and loss lists that were read into the ledger are used, the layers that were added, and what
    --data holds beside. With --as-known-on, only maps, entries and claims up to that day count. --explain
    prints the working of a verdict step by step; --format json has it too. A verdict against a claim is no
    error: the exit code stays 0.
    """
    from oskil.cli import rooms
    from oskil.pipeline import claim_or_document, data_for, verdicts, verdicts_on

    only = known_check(named) if named else None

    with rooms.open_to_look(ledger) as store:
        places = rooms.gazetteer()
        asked = what if explain is None else explain
        claim, document = (None, None) if asked is None else claim_or_document(store, asked)
        wish = rooms.Wish(place, speaker, kind, side, since, until, as_known_on)
        wanted = replace(rooms.wanted(wish, store, places, profile), document=document)
        chosen_profile = rooms.profile_of(profile) if profile else None
        at_hand, found_data = data_for(store, data or (), as_known_on)
        if claim is not None:
            found = verdicts_on(store, places, claim, at_hand, chosen_profile)
        else:
            found = verdicts(store, places, wanted, at_hand, chosen_profile)
    chosen = [c for c in found if outcome is None or c.verdict.outcome == outcome.value]
    chosen = [c for c in chosen if only in (None, c.verdict.check)]
    chosen.sort(key=lambda c: ORDER.index(c.verdict.outcome))
    if explain and form is Format.table:
        print_workings(chosen[:limit])
        return
    write(LISTING, chosen[:limit], form)
    if form is Format.table and chosen:
        print(f"\n{summary(chosen)}")
    if form is Format.table and data:
        print(safe(f"Data: {found_data.words()}.{passed_over(len(found_data.passed))}"))


def known_check(name: str) -> str:
    """The check's name, if there is such a check. Raises InputError that names the checks there are."""
    from oskil.checking import checks
    from oskil.errors import InputError

    names = [one.name for one in checks()]
    if name not in names:
        raise InputError(f"there is no such check; there are {', '.join(names)}", name)
    return name


def passed_over(files: int) -> str:
    """How many files of the folder were none of these."""
    return f" {count(files, 'file')} passed over." if files else ""


def print_workings(found: Sequence[Checked]) -> None:
    """Each verdict with all that it rests on, in plain lines."""
    if not found:
        print(LISTING.empty)
    for number, one in enumerate(found):
        print(("\n" if number else "") + "\n".join(safe(line) for line in working_lines(one)))


def working_lines(one: Checked) -> list[str]:
    """A verdict in full: what is stated and found, the range, the method, the steps, the data by hash."""
    verdict = one.verdict
    lines = [f"{verdict.check}: {verdict.outcome}", f"  claim      {quoted(one.told.claim)}"]
    shown = ("stated", "found", "reason", "method", "tolerance")
    lines += [f"  {name:<10} {text}" for name in shown if (text := getattr(verdict, name))]
    if verdict.value is not None:
        bounds = f", allowed {verdict.low} to {'any' if verdict.high is None else verdict.high}"
        lines.append(
            f"  number     {verdict.value} {verdict.unit}{bounds if verdict.low is not None else ''}"
        )
    if verdict.working:
        lines += [
            f"  {'working' if not n else '':<10} {step}" for n, step in enumerate(verdict.working.steps)
        ]
    lines += [
        f"  {'data' if not n else '':<10} {d.name}, {d.version}  {d.sha256}"
        for n, d in enumerate(verdict.data)
    ]
    return lines


def summary(found: Sequence[Checked]) -> str:
    """How many of each outcome, in words."""
    counts = Counter[str](c.verdict.outcome for c in found)
    return f"{count(len(found), 'verdict')}; {', '.join(f'{o}: {counts[o]}' for o in ORDER if counts[o])}"


def _finding(one: Checked) -> str:
    verdict = one.verdict
    found = [f"found: {verdict.found}"] if verdict.found else []
    return "\n".join((f"stated: {verdict.stated}", *found, verdict.reason))


def _source(one: Checked) -> str:
    return f"{quoted(one.told.claim)}\nin {outlet_of(one.told.document)}"


def _style(one: Checked) -> str:
    return STYLES[one.verdict.outcome]


LISTING: Listing[Checked] = Listing(
    columns=(
        Column("CHECK", lambda c: f"{c.verdict.check}\n{c.verdict.outcome}", 13, _style),
        Column("FINDING", _finding),
        Column("CLAIM, IN", _source, 24),
        Column("ID", lambda c: short(c.verdict.claim), 8, lambda c: "dim"),
    ),
    fields=VERDICT_FIELDS,
    record=lambda c: verdict_record(c.verdict, c.told),
    empty="There is no verdict of this description.",
    airy=True,
)
