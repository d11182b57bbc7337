"""`oskil control`: who holds what, with probabilities, from the ledger or from a bare stream of reports."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oskil.cli.options import Format, FormatOption, LedgerOption, ProfileOption, day
from oskil.cli.tables import Column, Listing, safe, write, write_json, write_rendered
from oskil.cli.wording import Names, count, short
from oskil.errors import InputError

if TYPE_CHECKING:
    from oskil.pipeline.control import Span
    from oskil.pipeline.telling import Told
    from oskil.records import Belief
    from oskil.weighing.control.model import Inferred
    from oskil.weighing.control.why import Further, Reason, Why

FIELDS = ("geonameid", "name", "date", "basis", "likeliest", "probabilities")
REASON = ("report", "day", "source", "side", "kind", "names", "manner", "weight", "repeats")
MOVED = 0.1  # a course is told where a probability moved by this much
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user wants to see."""

    on: dt.date | None
    then: bool
    form: Format


def control(
    on: Annotated[
        dt.date | None,
        typer.Option("--on", metavar="DATE", parser=day, help="This day; by default the last."),
    ] = None,
    as_known_on: Annotated[
        dt.date | None,
        typer.Option(
            "--as-known-on",
            metavar="DATE",
            parser=day,
            help="By what was recorded and reported up to this day.",
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            "--place", metavar="NAME", help="One place and its course; any spelling, or a GeoNames id."
        ),
    ] = None,
    why: Annotated[
        bool,
        typer.Option("--why", help="With --place: the reports that moved the belief, and their weights."),
    ] = False,
    areas: Annotated[
        bool,
        typer.Option("--areas", help="Square kilometres held, with an interval, and how near the front is."),
    ] = False,
    maps: Annotated[
        Path | None,
        typer.Option(
            "--maps", metavar="FOLDER", help="With --areas: control maps to set beside, never mixed in."
        ),
    ] = None,
    claims: Annotated[
        Path | None,
        typer.Option(
            "--claims", metavar="FILE", help="A bare stream of reports instead of the ledger (JSON lines)."
        ),
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option("--start", metavar="FILE", help="Who held what before: a CSV (docs/control.md)."),
    ] = None,
    first: Annotated[
        dt.date | None,
        typer.Option(
            "--from", metavar="DATE", parser=day, help="The first day; by default the first report's."
        ),
    ] = None,
    last: Annotated[
        dt.date | None,
        typer.Option("--to", metavar="DATE", parser=day, help="The last day; by default the last report's."),
    ] = None,
    each_day_as_known: Annotated[
        bool, typer.Option("--as-known", help="Each day as it was known at its end, not with hindsight.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the course of all places as CSV here."),
    ] = None,
    profile: ProfileOption = None,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Infer who holds what, with probabilities that can be argued with.

    From the claims of the ledger, or from a bare stream. With hindsight, unless --as-known-on or --as-known
    asks for what was known then. --format csv and -o write geonameid, date and a column for each party.
    """
    from oskil.cli import rooms
    from oskil.pipeline.control import Span, control_of_stream

    _must_fit(place=place, why=why, areas=areas, maps=maps, output=output)
    places = rooms.gazetteer()
    span = Span(first, as_known_on or last, start)
    told: dict[str, Told] = {}
    if claims is not None:
        inferred = control_of_stream(claims, places, span)
        meant = None if place is None else _place_of_stream(place, inferred, places)
    else:
        inferred, told, meant = _of_ledger(ledger, places, profile, span, as_known_on, place)
    _warn(inferred)
    asked = Asked(_within(on or as_known_on, inferred), each_day_as_known, form)
    names = rooms.names_of(places)
    if output is not None:
        _save(inferred, output, asked)
    elif areas:
        from oskil.cli.areas import show

        show(inferred, places, asked.on, not asked.then, maps, form)
    elif meant is None:
        _list(inferred, asked, names)
    elif why:
        _why(inferred, meant, asked, names, told)
    else:
        _course(inferred, meant, asked, names)


def _must_fit(*, place: str | None, why: bool, areas: bool, maps: Path | None, output: Path | None) -> None:
    """Raises a usage error for options of which one would be passed over in silence."""
    if why and not place:
        raise typer.BadParameter("--why needs a --place")
    if maps and not areas:
        raise typer.BadParameter("--maps needs --areas")
    if areas and place:
        raise typer.BadParameter("--areas is of all places, and --place of one")
    if output and (areas or place):
        raise typer.BadParameter("--output writes the course of all places, without --place and --areas")


def _of_ledger(
    ledger: str | None,
    places: Any,
    profile: str | None,
    span: Span,
    as_known_on: dt.date | None,
    place: str | None,
) -> tuple[Inferred, dict[str, Told], int | None]:
    from oskil.cli import rooms
    from oskil.ledger.filters import ClaimFilter
    from oskil.pipeline import place_meant
    from oskil.pipeline.control import control_of_ledger

    with rooms.open_to_look(ledger) as store:
        rooms.tell_if_unknown(store, as_known_on, "--as-known goes by the days of publication")
        known = rooms.profile_of(profile)
        meant = None if place is None else place_meant(place, places, known, store).place.id
        found = control_of_ledger(store, places, ClaimFilter(as_known_on=as_known_on), known, span)
    return found.inferred, dict(found.told), meant


def _place_of_stream(name: str, inferred: Inferred, places: Any) -> int:
    """The place of this name that the stream speaks of most."""
    if name.lstrip("-").isdigit():
        return int(name)
    told = {int(inferred.beliefs.places[inferred.beliefs.moved[row]]) for row in set(inferred.kept.place)}
    found = [int(one.id) for one in places.search(name)]
    if not found:
        raise InputError("the gazetteer has no place of this name", name)
    return next((one for one in found if one in told), found[0])


def _warn(inferred: Inferred) -> None:
    """Say on standard error what was not used, and where the answer is hardly more than where it started."""
    for reason, number in inferred.kept.left_out:
        print(f"oskil: {count(number, 'report')} left out: {reason}", file=sys.stderr)
    sources = {int(s) for s in inferred.kept.source}
    if not sources:
        print("oskil: no report was used: all places stay as they started", file=sys.stderr)
    elif len(sources) == 1:
        print("oskil: all reports come from one source: nothing confirms or corrects it", file=sys.stderr)
    lessons = inferred.taught.lessons
    if lessons.refused:
        kept = (
            f"what {count(lessons.taken, 'pass', 'passes')} taught"
            if lessons.taken
            else "the table it starts from"
        )
        print(f"oskil: learning stopped, {lessons.refused}: {kept} is kept", file=sys.stderr)


def _within(date: dt.date | None, inferred: Inferred) -> dt.date | None:
    """The day asked for, or the nearest that anything is believed of; then said so."""
    beliefs = inferred.beliefs
    if date is None or beliefs.first <= date <= beliefs.last:
        return date
    nearest = beliefs.first if date < beliefs.first else beliefs.last
    print(
        f"oskil: {date} is not between {beliefs.first} and {beliefs.last}: this is of {nearest}",
        file=sys.stderr,
    )
    return nearest


def _save(inferred: Inferred, output: Path, asked: Asked) -> None:
    import io

    from oskil.weighing.control.beliefs import write_csv

    text = io.StringIO()
    written = write_csv(inferred.beliefs, text, hindsight=not asked.then)
    output.write_text(text.getvalue(), encoding="utf-8")
    print(f"{output}: {count(written, 'row')}", file=sys.stderr)


def _list(inferred: Inferred, asked: Asked, names: Names) -> None:
    beliefs = inferred.beliefs
    date = asked.on or beliefs.last
    if asked.form is Format.csv:
        from oskil.weighing.control.beliefs import write_day

        write_day(beliefs, date, sys.stdout, hindsight=not asked.then)
        return
    told = {int(beliefs.places[beliefs.moved[row]]) for row in set(inferred.kept.place)}
    made = [b for b in beliefs.records(date, not asked.then) if b.place in told]
    made.sort(key=lambda b: (names(b.place), b.place))
    write(_listing(names), made, asked.form)
    if asked.form is Format.table and made:
        print(f"\n{count(len(made), 'place')} on {date}, {_basis(asked)}; others stay as they started.")


def _basis(asked: Asked) -> str:
    return "as known at its end" if asked.then else "with all that is known by the last report"


def _listing(names: Names) -> Listing[Belief]:
    return Listing(
        columns=(
            Column("PLACE", lambda b: names(b.place), 24),
            Column("LIKELIEST", lambda b: b.likeliest[0], 10),
            Column("PROBABILITIES", lambda b: shares(b.probabilities)),
            Column("ID", lambda b: str(b.place), 9, lambda b: "dim"),
        ),
        fields=FIELDS,
        record=lambda b: _record(b, names),
        empty="There is no report of who holds what.",
    )


def _record(belief: Belief, names: Names) -> dict[str, Any]:
    return {
        "geonameid": belief.place,
        "name": names(belief.place),
        "date": belief.day.isoformat(),
        "basis": belief.basis,
        "likeliest": belief.likeliest[0],
        "probabilities": {status: round(p, 5) for status, p in belief.probabilities},
    }


def shares(probabilities: Sequence[tuple[str, float]]) -> str:
    """Probabilities in words, the greatest first; never 0 or 100 in 100."""
    ordered = sorted(probabilities, key=lambda pair: -pair[1])
    return ", ".join(f"{status} {percent(p)}" for status, p in ordered)


def percent(p: float) -> str:
    """A probability in hundredths; what is nearly sure or nearly excluded is said so."""
    return ">99 %" if p > 0.99 else "<1 %" if p < 0.01 else f"{100 * p:.0f} %"


def _course(inferred: Inferred, meant: int, asked: Asked, names: Names) -> None:
    beliefs = inferred.beliefs
    try:
        rows = beliefs.of(meant, hindsight=not asked.then)
    except KeyError:
        raise InputError("nothing is known of who holds this place", names(meant)) from None
    kept = [0]
    for number in range(1, beliefs.days):
        if abs(rows[number] - rows[kept[-1]]).max() > MOVED:
            kept.append(number)
    if asked.on is not None:
        kept = [beliefs.day(asked.on)]
    if asked.form is Format.csv:
        from oskil.weighing.control.beliefs import write_place

        write_place(beliefs, meant, kept, sys.stdout, hindsight=not asked.then)
        return
    made = [
        beliefs.record(meant, beliefs.first + dt.timedelta(days=n), rows[n], not asked.then) for n in kept
    ]
    listing: Listing[Belief] = Listing(
        columns=(
            Column("DAY", lambda b: b.day.isoformat(), 10),
            Column("LIKELIEST", lambda b: b.likeliest[0], 10),
            Column("PROBABILITIES", lambda b: shares(b.probabilities)),
        ),
        fields=FIELDS,
        record=lambda b: _record(b, names),
        empty="",
    )
    if asked.form is Format.table:
        print(f"{safe(names(meant))} ({meant}), {beliefs.first} to {beliefs.last}\n")
    write(listing, made, asked.form)


def _why(inferred: Inferred, meant: int, asked: Asked, names: Names, told: dict[str, Told]) -> None:
    from oskil.weighing.control.why import why

    date = asked.on or inferred.beliefs.last
    try:
        found = why(inferred, meant, date, hindsight=not asked.then)
    except KeyError:
        raise InputError("nothing is reported of who holds this place", names(meant)) from None
    if asked.form is Format.json:
        write_json(_why_record(found, names))
        return
    if asked.form is not Format.table:
        listing: Listing[Reason] = Listing((), REASON, _reason_record, "")
        write(listing, found.reasons, asked.form)
        return
    statuses = list(zip(found.statuses, found.probabilities, strict=True))
    before = list(zip(found.statuses, found.unreported, strict=True))
    print(f"{safe(names(meant))} ({meant}) on {found.day}, {_basis(asked)}\n")
    print(f"  believed       {shares(statuses)}")
    print(f"  without them   {shares(before)}\n")
    top = max(statuses, key=lambda pair: pair[1])[0]
    print(f"What moved it: the weight is what the report adds to the log-odds of {top}.\n")
    shown = found.reasons[:SHOWN]
    write_rendered(_reasons_table(shown, told))
    if len(found.reasons) > SHOWN:
        print(f"... and {count(len(found.reasons) - SHOWN, 'report')} of less weight.")
    print("\nWhat one further report on that day would make of it:\n")
    for one in found.further:
        print(f"  {_further(one)}: {shares(list(zip(found.statuses, one.probabilities, strict=True)))}")


def _reasons_table(reasons: Sequence[Reason], told: dict[str, Told]) -> Any:
    from oskil.cli.tables import table

    def words(reason: Reason) -> str:
        from oskil.weighing.control.told import claim_of

        one = told.get(claim_of(reason.report))
        said = saying(reason.kind, reason.names, reason.manner)
        repeats = f"; repeated {reason.repeats} times" if reason.repeats > 1 else ""
        repeats = "; repeated once" if reason.repeats == 1 else repeats
        return f"{said}{repeats}" + (
            f"\n\N{LEFT DOUBLE QUOTATION MARK}{one.claim.quote}\N{RIGHT DOUBLE QUOTATION MARK}" if one else ""
        )

    columns: tuple[Column[Reason], ...] = (
        Column("WEIGHT", lambda r: f"{r.weight:+.2f}", 6),
        Column("DAY", lambda r: r.day.isoformat(), 10),
        Column("ORIGIN", lambda r: r.source + (f" [{r.side}]" if r.side else ""), 24),
        Column("SAYS", words),
        Column("ID", lambda r: short(r.report), 8, lambda r: "dim"),
    )
    listing: Listing[Reason] = Listing(columns, (), lambda r: {}, "", airy=bool(told))
    return table(listing, reasons)


def saying(kind: str, names: str | None, manner: str) -> str:
    """A report in words."""
    plain = {
        "took": "{} took it",
        "left": "it was left to {}",
        "holds": "{} holds it",
        "contested": "it is contested",
    }
    words = plain.get(kind, kind + ", as held by {}").format(names or "somebody")
    return words + {"hedged": ", hedged", "shown": ", with footage"}.get(manner, "")


def _further(one: Further) -> str:
    side = f" [{one.side}]" if one.side else ""
    return f"{safe(one.source)}{side}: {saying(one.kind, one.names, one.manner)}"


def _reason_record(reason: Reason) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(reason), "day": reason.day.isoformat()}


def _why_record(found: Why, names: Names) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(found), "name": names(found.place), "day": found.day.isoformat()}
