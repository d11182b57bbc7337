"""`python -m benchmarks bench [--demo]` writes docs/benchmarks.md, `floors` compares with floors.toml."""

from __future__ import annotations

import argparse
import sys

from benchmarks import (
    attribution,
    checks,
    claims,
    control,
    control_notes,
    control_robust,
    evidence,
    gate,
    origins,
    pace,
    places,
    report,
    sources,
    speed,
)
from benchmarks.figures import BenchmarkError, digest

_ABSENT = "skipped: the gold and its scorer are not beside the checkout (../shared)"


def bench(*, demo: bool) -> int:
    """Measure everything and write the tables."""
    # First, while this process is small: the peak memory of a command is at least that of whoever starts it.
    report.write("sources", report.figures(list(sources.figures())))
    table = report.figures([*speed.figures(demo=demo), *pace.figures()])
    report.write("speed", f"{report.machine()}.\n\n{table}")
    if claims.available():
        groups = claims.groups()
        results = {name: claims.score(ids) for name, ids in groups.items()}
        hashes = {name: claims.data_hash(ids) for name, ids in groups.items()}
        report.write("claims", report.scores(results, hashes))
        report.write("pages", report.figures(claims.figures()))
        if evidence.available():
            report.write("evidence", report.figures(evidence.figures()))
        if checks.available():
            report.write("checks", report.figures(list(checks.figures())))
        if attribution.available():
            report.write("attribution", report.figures(attribution.figures()))
        if control.available():
            report.write("control", control.tables())
            report.write("control-robust", control_robust.tables())
            report.write("control-parts", control.parts())
            report.write("control-notes", report.figures(control_notes.figures()))
        if places.available():
            report.write("places", report.figures(places.figures()))
        if origins.available():
            report.write("origins", report.figures(origins.figures()))
    else:
        print(_ABSENT)
    print(f"written: {report.PAGE}")
    return 0


def floors() -> int:
    """Compare quality with the floors; 1 where anything is below, or measured on other data."""
    if not claims.available():
        print(_ABSENT)
        return 0
    failed = False
    for name, (found, hashed) in _quality().items():
        pinned = gate.floors()[name]
        missed = list(gate.failures(pinned, found, hashed))
        failed = failed or bool(missed)
        kept = ", ".join(f"{k} {found[k]:g} (floor {v:g})" for k, v in pinned.items() if k in found)
        print(f"{name}: {kept}")
        for line in missed:
            print(f"{name}: BELOW: {line}")
    print("floors: " + ("missed" if failed else "kept"))
    return int(failed)


def _quality() -> dict[str, tuple[dict[str, float], str]]:
    found = {name: (claims.score(ids), claims.data_hash(ids)) for name, ids in claims.groups().items()}
    read, _ = claims.news_read()
    if evidence.available():
        found["evidence"] = (evidence.scored(), evidence.data_hash())
    if places.available():
        found["places"] = (places.scored(), places.data_hash())
    if attribution.available():
        found["attribution"] = (attribution.scored(), attribution.data_hash())
    if control.available():
        found["control"] = (control.scored(), control.data_hash())
    if origins.available():
        found["origins"] = (origins.scored(), origins.data_hash())
    if checks.available():
        found["checks"] = (checks.scored(), checks.data_hash())
    found["news"] = ({"read": float(read)}, digest(claims.NEWS.glob("*.md")))
    return found


def main() -> int:
    """Parse and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", choices=("bench", "floors"))
    parser.add_argument("--demo", action="store_true", help="also time `make demo` on a fresh copy")
    given = parser.parse_args()
    try:
        return floors() if given.what == "floors" else bench(demo=given.demo)
    except BenchmarkError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
