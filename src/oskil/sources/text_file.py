"""Files of markdown and plain text."""

from __future__ import annotations

from collections.abc import Iterator

from oskil.errors import SourceError
from oskil.records import Document
from oskil.sources import sniffing
from oskil.sources.decoding import decode
from oskil.sources.interface import Hints, Raw
from oskil.sources.plain import document_from_text


class TextFile:
    """Markdown, with or without the clutter of scraping, or plain text. The last kind to be tried."""

    name = "text"

    def accepts(self, raw: Raw) -> bool:
        """Whether the bytes can be text: whatever is not HTML."""
        return not sniffing.is_html(raw)

    def documents(self, raw: Raw, hints: Hints) -> Iterator[Document]:
        """The one document. Raises SourceError where the bytes are no text, or are data in text's form."""
        data = sniffing.structured(raw)
        if data:
            raise SourceError(f"this is {data}, not an article", raw.where)
        yield document_from_text(decode(raw).text, hints, where=raw.where, raw=raw.data)[0]
