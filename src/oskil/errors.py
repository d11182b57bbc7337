"""Every error that Oskil raises on purpose.

OskilError
├── InputError              what was given cannot be used           exit 3
│   ├── SourceError         a document cannot be read
│   │   └── AddressRefused  a URL that must not be fetched
│   ├── ProfileError        a conflict profile or vocabulary file is wrong
│   └── GazetteerError      a gazetteer or layer cannot be read
├── LedgerError             the store cannot be opened or written   exit 4
│   └── LedgerBroken        what is stored fails its own proof      exit 5
└── PublishError            a page cannot be written                exit 4

The message of each is one line that says what is wrong and where; `where` names the file, URL or
entry, and the command line prints both and exits with the code of the class.
"""


class OskilError(Exception):
    """The root. `where` names the file, URL, line or entry at fault; it may be empty."""

    exit_code = 1

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class InputError(OskilError):
    """What was given cannot be used."""

    exit_code = 3


class SourceError(InputError):
    """A document cannot be read."""


class AddressRefused(SourceError):
    """A URL that must not be fetched: a private address, a wrong scheme, too many redirects."""


class ProfileError(InputError):
    """A conflict profile or a vocabulary file is wrong."""


class GazetteerError(InputError):
    """A gazetteer or layer cannot be read."""


class LedgerError(OskilError):
    """The store cannot be opened or written."""

    exit_code = 4


class LedgerBroken(LedgerError):
    """What is stored fails its own proof."""

    exit_code = 5


class PublishError(OskilError):
    """A page cannot be written."""

    exit_code = 4
