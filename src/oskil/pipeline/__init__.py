"""Joins the rooms: targets to the ledger; the ledger to places, verdicts and the page. Prints nothing.

One module for each noun that is joined; the names below are what the commands and other programs use.
"""

from oskil.pipeline.checks import Checked, cases, verdicts
from oskil.pipeline.intake import Input, Outcome, read_targets
from oskil.pipeline.pages import Manner, publish
from oskil.pipeline.places import Meant, PlaceAccount, account_of, place_meant
from oskil.pipeline.telling import Told, told

__all__ = [
    "Checked",
    "Input",
    "Manner",
    "Meant",
    "Outcome",
    "PlaceAccount",
    "Told",
    "account_of",
    "cases",
    "place_meant",
    "publish",
    "read_targets",
    "told",
    "verdicts",
]
