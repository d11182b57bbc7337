"""Joins the rooms: targets to the ledger; the ledger to places, verdicts and the page. Prints nothing.

One module for each noun that is joined; the names below are what the commands and other programs use.
"""

from oskil.pipeline.amending import correct, withdraw
from oskil.pipeline.checks import Checked, cases, claim_or_document, verdicts, verdicts_on
from oskil.pipeline.data import Found, data_for
from oskil.pipeline.exports import export
from oskil.pipeline.intake import Input, Outcome, read_targets
from oskil.pipeline.mapped import OnMaps, on_maps
from oskil.pipeline.pages import Manner, publish
from oskil.pipeline.places import Meant, PlaceAccount, account_of, place_meant
from oskil.pipeline.telling import Told, told, told_of
from oskil.pipeline.texts import text_reader

__all__ = [
    "Checked",
    "Found",
    "Input",
    "Manner",
    "Meant",
    "OnMaps",
    "Outcome",
    "PlaceAccount",
    "Told",
    "account_of",
    "cases",
    "claim_or_document",
    "correct",
    "data_for",
    "export",
    "on_maps",
    "place_meant",
    "publish",
    "read_targets",
    "text_reader",
    "told",
    "told_of",
    "verdicts",
    "verdicts_on",
    "withdraw",
]
