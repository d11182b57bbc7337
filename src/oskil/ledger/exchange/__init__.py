"""The whole ledger out into files and back: every entry, every hash, all raw bytes."""

from oskil.ledger.exchange.interface import Form, Header, Parcel, Taken
from oskil.ledger.exchange.joining import export, form, forms, take_in

__all__ = ["Form", "Header", "Parcel", "Taken", "export", "form", "forms", "take_in"]
