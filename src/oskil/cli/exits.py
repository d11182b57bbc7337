"""The exit codes, in one place: the help, the docs and the tests read this table."""

from __future__ import annotations

from typing import Final

FINE: Final = 0
UNEXPECTED: Final = 1
USAGE: Final = 2
INPUT: Final = 3
WRITE: Final = 4
BROKEN: Final = 5
INTERRUPTED: Final = 130
NO_READER: Final = 141

MEANINGS: Final = {
    FINE: "all went well",
    UNEXPECTED: "something unexpected; OSKIL_DEBUG=1 shows the traceback",
    USAGE: "the command line is wrong",
    INPUT: "an input cannot be used: a document, a line, a place name, a profile, the gazetteer",
    WRITE: "the ledger or the page cannot be opened or written",
    BROKEN: "the ledger fails its own proof",
    INTERRUPTED: "interrupted (Ctrl-C); what was read before is kept",
    NO_READER: "whoever read the output went away (`oskil claims | head`)",
}


def epilog() -> str:
    """The table as one paragraph for the help."""
    short = "0 fine, 1 unexpected, 2 usage, 3 input, 4 ledger or page, 5 broken ledger"
    return f"Exit codes: {short}. More: docs/commands.md."
