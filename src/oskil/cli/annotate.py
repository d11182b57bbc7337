"""`oskil annotate`: the wire format, JSON lines in and out."""

from __future__ import annotations

from typing import Annotated

import typer

from oskil.cli.console import complain
from oskil.cli.options import ProfileOption

JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        max=256,
        help="Processes that read side by side; by default one for each core for a long file, else one.",
    ),
]


def annotate(profile: ProfileOption = None, jobs: JobsOption = None) -> None:
    """Annotate documents: JSON lines in, JSON lines out.

    From standard input to standard output. A line is {"id", "text", "published", "outlet"?, "url"?,
    "language"?}; the answer has "id", "attributions", "toponyms" and "claims", offsets being those of the
    text as given. A line that cannot be used is named on standard error, the others are answered all the
    same, in their order, and the exit code is 3.
    """
    import sys
    from contextlib import closing

    from oskil.cli import annotating

    stream = sys.stdin.buffer
    codes = set()
    found = annotating.answers(annotating.lines(stream), profile, jobs or annotating.jobs_for(stream))
    with closing(found):
        for answer in found:
            codes.add(answer.code)
            if answer.complaint:
                complain(answer.complaint)
            else:
                sys.stdout.write(answer.line)
                sys.stdout.flush()
    if worst := min(codes - {0}, default=0):
        raise typer.Exit(worst)
