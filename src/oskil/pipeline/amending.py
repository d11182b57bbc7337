"""Corrections and withdrawals as a person states them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from oskil.errors import InputError
from oskil.ledger.amendment import DOCUMENT_FIELDS, Amendment
from oskil.pipeline.checks import claim_or_document
from oskil.records import Certainty, Claim, Evidence, Period, Polarity

if TYPE_CHECKING:
    from oskil.ledger.store import Ledger
    from oskil.places.interface import Gazetteer

_CHOICES = {
    "certainty": get_args(Certainty),
    "polarity": get_args(Polarity),
    "evidence": get_args(Evidence),
}
_TEXTS = ("speaker", "side", "holder", "evidence")
CLAIM_FIELDS = ("kind", *_TEXTS, "certainty", "polarity", "relays", "places", "areas", "time")


def withdraw(ledger: Ledger, id: str, reason: str, by: str, now: dt.datetime) -> Amendment:
    """Withdraw the claim or document whose id begins so. Raises InputError, or LedgerError."""
    _signed(reason, by)
    noun, target, document = _target(ledger, id)
    made = Amendment(action="withdrawal", noun=noun, target=target, document=document, reason=reason, by=by)
    ledger.amend(made, now)
    return made


def correct(
    ledger: Ledger,
    id: str,
    changes: Mapping[str, str],
    reason: str,
    by: str,
    now: dt.datetime,
    gazetteer: Gazetteer,
) -> Amendment:
    """Correct fields of the claim or document whose id begins so; an empty value takes one away.

    Raises InputError for a field or value that there is not, or that changes nothing.
    """
    _signed(reason, by)
    noun, target, document = _target(ledger, id)
    if not changes:
        raise InputError("a correction needs something to change, such as --set kind=strike", id)
    if noun == "document":
        made = _of_document(ledger, target, changes, reason, by)
    else:
        old = ledger.claim(target).claim
        new = replace(old, **{name: _value(name, text, gazetteer) for name, text in changes.items()})
        if new == old:
            raise InputError("this is what the claim says already", id)
        made = Amendment(
            action="correction",
            noun="claim",
            target=target,
            document=document,
            reason=reason,
            by=by,
            claim=_consistent(new),
        )
    ledger.amend(made, now)
    return made


def _signed(reason: str, by: str) -> None:
    for name, text in (("--reason", reason), ("--by", by)):
        if not text.strip():
            raise InputError("this cannot be empty", name)


def _target(ledger: Ledger, id: str) -> tuple[Any, str, str]:
    claim, document = claim_or_document(ledger, id)
    if claim is not None:
        return "claim", claim, ledger.claim(claim).claim.document
    assert document is not None
    return "document", document, document


def _of_document(ledger: Ledger, target: str, changes: Mapping[str, str], reason: str, by: str) -> Amendment:
    wrong = [name for name in changes if name not in DOCUMENT_FIELDS]
    if wrong:
        raise InputError(
            f"of a document, only these can be corrected: {', '.join(DOCUMENT_FIELDS)}", wrong[0]
        )
    fields = {name: text or None for name, text in changes.items()}
    published = fields.get("published")
    if published is not None:
        _day(published[:10])
    old = ledger.document(target).document
    if all(getattr(old, name) == value for name, value in fields.items()):
        raise InputError("this is what it says already", target)
    return Amendment(
        action="correction",
        noun="document",
        target=target,
        document=target,
        reason=reason,
        by=by,
        fields=fields,
    )


def _value(name: str, text: str, gazetteer: Gazetteer) -> Any:
    if name not in CLAIM_FIELDS:
        raise InputError(f"of a claim, only these can be corrected: {', '.join(CLAIM_FIELDS)}", name)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if name == "relays":
        return tuple(parts)
    if name in ("places", "areas"):
        return tuple(_place(part, gazetteer) for part in parts)
    if name == "time":
        return _period(text)
    if name in _CHOICES and text and text not in _CHOICES[name]:
        raise InputError(f"there are {', '.join(_CHOICES[name])}", f"{name}={text}")
    if not text and name not in _TEXTS:
        raise InputError("this cannot be empty", name)
    return text or None


def _place(text: str, gazetteer: Gazetteer) -> int:
    if not text.lstrip("-").isdigit() or gazetteer.get(int(text)) is None:
        raise InputError("places are corrected by the gazetteer's ids; `oskil place NAME` tells them", text)
    return int(text)


def _period(text: str) -> Period | None:
    if not text:
        return None
    first, dots, last = text.partition("..")
    days = [_day(end) if end else None for end in (first, last if dots else first)]
    if days[0] and days[1] and days[0] > days[1]:
        raise InputError("a time ends before it begins", text)
    return Period(days[0], days[1])


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError("not a day such as 2022-09-08", text) from error


def _consistent(claim: Claim) -> Claim:
    # What the words are only near must be among the places they are about.
    return replace(claim, around=tuple(place for place in claim.around if place in claim.places))
