#!/bin/sh
# Reads the shipped example and writes its page, with the commands that a user would type.
set -eu

oskil=${OSKIL:-oskil}
out=${1:-build/demo}
example=examples/kharkiv-2022-09

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

say read "$example/article-first.md"
say read "$example/article-revised.md" "$example/summary.md" "$example/channel.md" "$example/saved.html"
say place Balakliya
say check --outcome differs
say check --outcome contradicted
say verify
say publish "$out/site"
printf '\nOpen the address above in a browser. The ledger is %s; docs/tour.md goes on from here.\n' "$OSKIL_LEDGER"
