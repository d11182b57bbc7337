"""How many origins a proposition has: relays, forwards, copied words, credits, links, publishers, habits."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weighing_making import claim, document, traced

from oskil.records import Claim, Document, Link, Origin, Proposition, Span
from oskil.weighing.origins import Names, summary
from oskil.weighing.origins.names import Voice, merged
from oskil.weighing.origins.tree import trees

STORY = (
    "Our reporter walked through the gate of Brod this morning and saw the flag of Norland over the mill. "
    "The streets were quiet and the bakery on the corner had opened its shutters again."
)
SENTENCE = "the flag of Norland over the mill"


def only(propositions: tuple[Proposition, ...]) -> Proposition:
    (found,) = propositions
    return found


def names(proposition: Proposition) -> list[str]:
    return [origin.name for origin in proposition.origins]


def edge(proposition: Proposition, of: str) -> Any:
    (found,) = [e for e in proposition.edges if e.claim.startswith(f"{of}:")]
    return found


def test_two_outlets_that_quote_one_general_are_one_origin() -> None:
    texts = [document("A"), document("B", "2022-09-08T11:00:00+00:00")]
    said = [claim(texts[0], speaker="Ivo Kral", side="SU"), claim(texts[1], speaker="Kral", side="SU")]
    found = only(traced(said, texts))
    assert summary(found) == "2 outlets, 1 origin: Ivo Kral"
    assert found.origins[0].side == "SU"
    assert [e.reason for e in found.edges] == ["relay", "relay"]


def test_ten_outlets_one_origin() -> None:
    texts = [document(f"Outlet {n}", f"2022-09-08T{10 + n}:00:00+00:00") for n in range(10)]
    called = ["General Staff", "Norland's General Staff", "the General Staff", "General Staff of Norland"]
    said = [claim(text, speaker=called[n % 4], side="NO") for n, text in enumerate(texts)]
    assert summary(only(traced(said, texts))) == "10 outlets, 1 origin: General Staff of Norland"


def test_a_speaker_heard_himself_stands_at_the_root() -> None:
    staff = document("General Staff of Norland")
    paper = document("Paper", "2022-09-08T12:00:00+00:00")
    found = only(traced([claim(staff), claim(paper, speaker="General Staff", side="NO")], [staff, paper]))
    assert summary(found) == "2 outlets, 1 origin: General Staff of Norland"
    assert edge(found, "Paper").parent == claim(staff).id


def test_a_relay_whose_own_text_is_there_is_the_parent() -> None:
    wire, paper = document("Wire"), document("Paper", "2022-09-08T12:00:00+00:00")
    said = [
        claim(wire, speaker="Ivo Kral", side="SU"),
        claim(paper, speaker="Ivo Kral", side="SU", relays=("Wire",)),
    ]
    found = only(traced(said, [wire, paper]))
    assert names(found) == ["Ivo Kral"]
    assert edge(found, "Paper").parent == said[0].id
    (tree,) = trees(found)
    assert [node.claim for node in tree.below] == [said[0].id]
    assert [node.claim for node in tree.below[0].below] == [said[1].id]


def test_a_relay_whose_text_is_not_there_is_named_in_between() -> None:
    papers = [document("Paper"), document("Other Paper", "2022-09-08T12:00:00+00:00")]
    said = [claim(p, speaker="Ivo Kral", side="SU", relays=("Far Wire",)) for p in papers]
    found = only(traced(said, papers))
    assert found.edges[0].through == ("Far Wire",)
    (tree,) = trees(found)
    assert [(node.name, len(node.below)) for node in tree.below] == [("Far Wire", 2)]


def test_an_outlet_as_speaker_leads_on_to_that_outlets_own_origin() -> None:
    staff, wire = document("General Staff"), document("Reuters", "2022-09-08T11:00:00+00:00")
    paper = document("Paper", "2022-09-08T12:00:00+00:00")
    said = [claim(staff), claim(wire, speaker="General Staff"), claim(paper, speaker="Reuters")]
    assert names(only(traced(said, [staff, wire, paper]))) == ["General Staff of Norland"]


def test_copied_words_lead_to_the_earlier_text() -> None:
    first = document("First", text=STORY)
    copy = document("Copy", "2022-09-08T15:00:00+00:00", text=f"Good evening. {STORY}")
    found = only(traced([claim(first, SENTENCE), claim(copy, SENTENCE)], [first, copy]))
    assert summary(found) == "2 outlets, 1 origin: First"
    step = edge(found, "Copy")
    assert step.reason == "wording"
    assert copy.text[step.evidence[0].start : step.evidence[0].end] == STORY.rstrip(".")


def test_what_a_copy_says_besides_is_its_own() -> None:
    first = document("First", text=STORY)
    added = "Meanwhile nobody but us has been told that Norland holds every street of the town."
    copy = document("Copy", "2022-09-08T15:00:00+00:00", text=f"{STORY} {added}")
    assert names(only(traced([claim(first, SENTENCE), claim(copy, added)], [first, copy]))) == [
        "First",
        "Copy",
    ]


def test_copied_words_of_a_quotation_lead_to_its_speaker() -> None:
    first = document("First", text=STORY)
    copy = document("Copy", "2022-09-08T15:00:00+00:00", text=STORY)
    said = [claim(first, SENTENCE, speaker="Ivo Kral", side="SU"), claim(copy, SENTENCE)]
    assert names(only(traced(said, [first, copy]))) == ["Ivo Kral"]


def test_a_forward_leads_to_the_channel_forwarded() -> None:
    channel = document("Rampart")
    forward = document("Echo", "2022-09-08T12:00:00+00:00", forwarded_from="Rampart")
    found = only(traced([claim(channel), claim(forward)], [channel, forward]))
    assert summary(found) == "2 outlets, 1 origin: Rampart"
    assert (edge(found, "Echo").reason, edge(found, "Echo").parent) == ("forward", claim(channel).id)
    alone = only(traced([claim(forward)], [forward]))
    assert summary(alone) == "1 outlet, 1 origin: Rampart"


def test_a_credit_leads_to_the_agency_by_any_of_its_names() -> None:
    wire = document("Agence France-Presse")
    paper = document("Paper", "2022-09-08T12:00:00+00:00", credits=("AFP",))
    found = only(traced([claim(wire), claim(paper)], [wire, paper]))
    assert summary(found) == "2 outlets, 1 origin: AFP"
    assert edge(found, "Paper").reason == "credit"


def test_a_link_in_the_claims_sentence_leads_to_the_page_linked() -> None:
    page = document("Page", url="https://www.page.example/brod/?utm=1")
    text = "Norland holds Brod, one reads elsewhere.\n\nRead more about sport."
    linked = Link(20, 23, "http://page.example/brod")
    paper = document("Paper", "2022-09-08T12:00:00+00:00", text=text, links=(linked,))
    found = only(traced([claim(page), claim(paper, "Norland holds Brod")], [page, paper]))
    assert summary(found) == "2 outlets, 1 origin: Page"
    assert edge(found, "Paper").evidence == (Span(20, 23),)
    below = document("Paper", "2022-09-08T12:00:00+00:00", text=text, links=(Link(50, 54, linked.url),))
    assert names(only(traced([claim(page), claim(below, "Norland holds Brod")], [page, below]))) == [
        "Page",
        "Paper",
    ]


def test_outlets_of_one_publisher_are_one_origin() -> None:
    ria, sputnik = document("RIA Novosti"), document("Sputnik", "2022-09-08T12:00:00+00:00")
    found = only(traced([claim(ria), claim(sputnik)], [ria, sputnik]))
    assert summary(found) == "2 outlets, 1 origin: RIA Novosti"
    assert edge(found, "Sputnik").note == "both of Rossiya Segodnya"


def test_two_outlets_in_their_own_words_are_two_origins() -> None:
    texts = [document("A"), document("B")]
    assert summary(only(traced([claim(t) for t in texts], texts))) == "2 outlets, 2 origins: A, B"


def test_one_outlet_by_two_names_is_one_outlet() -> None:
    texts = [document("AP"), document("Associated Press", "2022-09-08T12:00:00+00:00")]
    assert summary(only(traced([claim(t) for t in texts], texts))) == "1 outlet, 1 origin: Associated Press"


def test_officials_in_two_texts_need_not_be_the_same() -> None:
    texts = [document("A"), document("B")]
    found = only(traced([claim(t, speaker="officials", side="NO") for t in texts], texts))
    assert summary(found) == "2 outlets, 2 origins: officials, unnamed (in A), officials, unnamed (in B)"


def test_officials_in_copied_words_are_the_same() -> None:
    texts = [document("A", text=STORY), document("B", "2022-09-08T12:00:00+00:00", text=STORY)]
    found = only(traced([claim(t, SENTENCE, speaker="officials", side="NO") for t in texts], texts))
    assert len(found.origins) == 1


def test_the_military_of_a_party_is_one_voice() -> None:
    texts = [document("A"), document("B")]
    said = [claim(texts[0], speaker="Norland's military"), claim(texts[1], speaker="the Norlandic military")]
    assert len(only(traced(said, texts)).origins) == 1


def test_older_revisions_are_traced_but_count_no_longer() -> None:
    old, new = document("A", id="A1"), document("A", id="A2")
    other = document("B")
    said = [claim(old), claim(other)]
    found = only(traced(said, [old, new, other], standing={said[1].id}))
    assert found.outlets == ("B",)
    assert found.claims == (said[0].id, said[1].id)
    nobody = only(traced(said[:1], [old], standing=set()))
    assert summary(nobody) == "0 outlets, 0 origins"


def test_more_than_three_origins_are_counted_and_not_named() -> None:
    texts = [document(name) for name in "ABCDE"]
    assert (
        summary(only(traced([claim(t) for t in texts], texts))) == "5 outlets, 5 origins: A, B, C and 2 more"
    )


def test_habits_call_likely_copies_and_say_so() -> None:
    rng = random.Random(1)
    texts, said = [], []
    for n in range(200):
        at = dt.datetime(2022, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=7 * n)
        body = " ".join(f"w{rng.randrange(9999)}" for _ in range(30))
        staff = document("Staff", at.isoformat(), text=body, id=f"s{n}", key=f"s{n}")
        later = (at + dt.timedelta(hours=1)).isoformat()
        own = body if n % 2 else " ".join(f"w{rng.randrange(9999)}" for _ in range(30))
        portal = document("Portal", later, text=own, id=f"p{n}", key=f"p{n}")
        texts += [staff, portal]
        said += [claim(t, on=None, places=(n % 20,), kind="strike") for t in (staff, portal)]
    seen = traced(said, texts)
    likely = traced(said, texts, habits=True)
    assert sum(len(p.origins) for p in seen) > sum(len(p.origins) for p in likely) + 80
    called = [e for p in likely for e in p.edges if e.reason == "habit"]
    assert called and all(0.5 < e.probability <= 1 and e.claim.startswith("p") for e in called)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Norlandic president Ivo Kral", "Ivo Kral"),
        ("Gen. Kral", "Ivo Kral"),
        ("The General Staff", "General Staff of Norland"),
        ("reuters.com", "Reuters"),
        ("Mara Venn", "Mara Venn"),
    ],
)
def test_names_are_known_by_their_forms(given: str, shown: str) -> None:
    from weighing_making import PROFILE

    assert Names(PROFILE).voice(given).name == shown


def test_shorter_names_are_those_of_the_only_longer_one() -> None:
    voices = [Names().voice(name) for name in ("Venn", "Mara Venn", "Tor", "Ivo Tor", "Ana Tor")]
    shown = {voice.name: merged(voices)[voice.key].name for voice in voices}
    assert shown == {
        "Venn": "Mara Venn",
        "Mara Venn": "Mara Venn",
        "Tor": "Tor",
        "Ivo Tor": "Ivo Tor",
        "Ana Tor": "Ana Tor",
    }


def test_one_name_on_two_sides_is_two_speakers() -> None:
    names = Names()
    assert names.voice("Fedor Orlo", "NO").key != names.voice("Fedor Orlo", "SU").key
    assert isinstance(names.voice("", None), Voice)


ANY_TEXT = st.builds(
    document,
    st.sampled_from(["A", "B", "C", "Reuters", "RIA Novosti", "Sputnik"]),
    st.sampled_from(["2022-09-08", "2022-09-08T10:00:00+00:00", "2022-09-09", "", "0000-99-99"]),
    st.sampled_from(["", STORY, f"Hello. {STORY}"]),
    forwarded_from=st.sampled_from([None, None, "A", "C"]),
    credits=st.sampled_from([(), (), ("Reuters",)]),
    id=st.integers(0, 10**6).map(str),
)


@st.composite
def tellings(draw: Any) -> tuple[list[Claim], list[Document]]:
    texts = draw(st.lists(ANY_TEXT, max_size=8, unique_by=lambda text: text.id))
    said = []
    for text in texts:
        speaker = draw(st.sampled_from([None, None, "Kral", "Ivo Kral", "officials", "A"]))
        quote = SENTENCE if SENTENCE in text.text else ""
        said.append(claim(text, quote, speaker=speaker, relays=draw(st.sampled_from([(), ("B",)]))))
    return said, texts


@settings(deadline=None, max_examples=60)
@given(tellings(), st.randoms())
def test_the_order_makes_no_difference(
    telling: tuple[list[Claim], list[Document]], rng: random.Random
) -> None:
    said, texts = telling
    mixed, others = list(said), list(texts)
    rng.shuffle(mixed)
    rng.shuffle(others)
    assert traced(mixed, others, habits=True) == traced(said, texts, habits=True)


@settings(deadline=None, max_examples=60)
@given(tellings())
def test_every_claim_has_one_origin_and_stands_in_one_tree_once(
    telling: tuple[list[Claim], list[Document]],
) -> None:
    for proposition in traced(*telling):
        assert sorted(c for o in proposition.origins for c in o.claims) == sorted(proposition.claims)
        assert 1 <= len(proposition.origins) <= len(proposition.claims)
        drawn: list[str] = []
        waiting = list(trees(proposition))
        while waiting:
            node = waiting.pop()
            drawn += [node.claim] if node.claim else []
            waiting += node.below
        assert sorted(drawn) == sorted(proposition.claims)
        assert all(isinstance(origin, Origin) and origin.name for origin in proposition.origins)
