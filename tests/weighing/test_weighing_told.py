"""Whose word a claim of a text is, when who holds what is weighed."""

from __future__ import annotations

from control_streams import FIRST

from oskil import conflict
from oskil.records import Claim, Document, Period, Span
from oskil.weighing import propositions
from oskil.weighing.control.rows import Report
from oskil.weighing.control.setting import setting
from oskil.weighing.control.told import Whose, reports_of, traced_in
from oskil.weighing.origins import Names, traced

PROFILE = conflict.load("ukraine-2022")
PARTIES = [party.id for party in PROFILE.parties]
BALAKLIYA = 712926


def told(number: int, outlet: str, text: str, speaker: str | None = None) -> tuple[Claim, Document]:
    """A text of one sentence that says that Ukraine holds Balakliya, and its claim."""
    document = Document(
        id=f"d{number}",
        key=f"k{number}",
        text=text,
        outlet=outlet,
        published=f"{FIRST}T{8 + number:02}:00:00+00:00",
    )
    claim = Claim(
        id=f"c{number}", document=document.id, quote=text, spans=(Span(0, len(text)),), kind="control",
        holder="UA", speaker=speaker, places=(BALAKLIYA,), time=Period(FIRST, FIRST),
    )  # fmt: skip
    return claim, document


def weighed(pairs: list[tuple[Claim, Document]]) -> list[Report]:
    """The reports, with the origins that are traced for them."""
    claims, documents = [claim for claim, _ in pairs], [document for _, document in pairs]
    names = Names(PROFILE)
    found = traced(propositions.group(claims, documents), claims, documents, names)
    return list(reports_of(pairs, PARTIES, setting(), Whose(names, traced_in(found))))


def voices(pairs: list[tuple[Claim, Document]]) -> list[str]:
    return [report.relay_of or report.source.name for report in weighed(pairs)]


def test_a_body_has_one_voice_by_whatever_name_and_where_it_publishes_itself() -> None:
    own = told(0, "General Staff of the Armed Forces of Ukraine", "Our troops hold Balakliya since noon.")
    passed = told(
        1, "The Post", "The town of Balakliya is held, the General Staff said.", "the General Staff"
    )
    staff = "General Staff of the Armed Forces of Ukraine"
    assert voices([own, passed]) == [staff, staff]
    first, second = weighed([own, passed])
    assert (first.source.side, first.source.role) == ("UA", None)
    assert (second.source.name, second.relay_side) == ("The Post", "UA")


def test_a_copy_that_names_nobody_is_its_origins() -> None:
    text = "Ukrainian soldiers raised their flag over the hall of Balakliya and now hold all of its streets."
    copy = "A portal's readers may want to know: " + text
    assert voices([told(0, "The Post", text), told(1, "Portal", copy)]) == ["The Post", "The Post"]


def test_who_saw_for_himself_speaks_for_himself() -> None:
    one = told(0, "The Post", "Ukrainian troops hold Balakliya, our reporter saw.")
    other = told(1, "The Courier", "Balakliya is in Ukrainian hands; flags fly over its school.")
    assert voices([one, other]) == ["The Post", "The Courier"]
