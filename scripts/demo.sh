#!/bin/sh
# Reads the shipped example and writes its page, with the commands that a user would type.
set -eu

root=$(pwd)
oskil=$root/${OSKIL:-.venv/bin/oskil}
out=$root/${1:-build/demo}

say() {
    printf '\n\033[1m$ oskil %s\033[0m\n\n' "$*"
    "$oskil" "$@"
}
[ -t 1 ] || say() {
    printf '\n$ oskil %s\n\n' "$*"
    "$oskil" "$@"
}

mkdir -p "$out"
rm -rf "$out"/ledger.db "$out"/ledger.db.raw "$out"/ledger.db-wal "$out"/ledger.db-shm
OSKIL_LEDGER=$out/ledger.db
export OSKIL_LEDGER

cd examples/kharkiv-2022-09
say read article-first.md
say read article-revised.md summary.md channel.md saved.html
say place Balakliya --kind control
say check --outcome differs
say check --place Kupiansk --outcome agrees
say verify
say publish "$out/site"
printf '\nOpen the address above in a browser. The ledger is %s\n' "$OSKIL_LEDGER"
printf 'and docs/tour.md goes on from here.\n'
