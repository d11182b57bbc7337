"""Private people and accounts leave a page without a trace; those who hold an office stay."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publishing_handmade import NOW, PROFILE, FakeGazetteer, FakeLedger, claim, document, ledger, toponyms
from publishing_reading import everything, record_of, texts_of, words_of

from oskil.errors import PublishError
from oskil.publishing import redaction
from oskil.publishing.people import People, bears_office
from oskil.publishing.site import publish
from oskil.records import Claim, Document, Part, Reading

PEOPLE = People(PROFILE, FakeGazetteer())


def redactor(
    text: str, *speakers: str, withhold: tuple[str, ...] = (), **fields: object
) -> redaction.Redactor:
    doc = document(text, "one", **fields)
    claims = tuple(
        Claim(id=str(i), document=doc.id, quote="", spans=(), kind="statement", speaker=s)
        for i, s in enumerate(speakers)
    )
    return redaction.build([(doc, Reading(doc.id, "handmade", claims))], PEOPLE, withhold)


# ---- in the whole folder


@pytest.mark.parametrize(
    "secret", ["Tolvan", "Mira", "QuietHeron77", "quietheron/120", "Quiet Heron", "/home/"]
)
def test_nothing_withheld_remains_anywhere_in_the_folder(site: Path, secret: str) -> None:
    assert secret.casefold() not in everything(site).casefold()


@pytest.mark.parametrize(
    "kept",
    [
        "Olek Gromm",
        "Viktor Ganz",
        "Northern Wire",
        "Ardenian General Command",
        "Front Observatory",
        "Jan Aller",
    ],
)
def test_officials_bodies_outlets_and_bylines_are_kept(site: Path, kept: str) -> None:
    assert kept in everything(site)


def test_one_person_has_one_label_in_speakers_and_in_texts(site: Path) -> None:
    speakers = {c["speaker"] for c in record_of(site)["claims"]}
    assert {"private person 1", "private account 1"} <= speakers
    text = "\n".join(words_of(t) for t in texts_of(site).values())
    assert "said [private person 1], a nurse" in text
    assert "[private person 1] said" in text and "[a post]" in text


def test_marks_still_stand_on_their_words_after_redaction(site: Path) -> None:
    record = record_of(site)
    for text in texts_of(site).values():
        for block in text["blocks"]:
            for words, claims in block["pieces"]:
                for number in claims:
                    assert " ".join(words.split()) in record["claims"][number]["quote"]


# ---- name by name


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mayor, Anna Brel, said so.", "Anna Brel"),
        ("Anna Brel, the head of the district, said so.", "Anna Brel"),
        ("Colonel Anna Brel said so.", "Anna Brel"),
        ("Anna Brel, spokeswoman of the army, said so.", "Anna Brel"),
        ("The Foreign Ministry said so.", "Foreign Ministry"),
        ("The Evening Gazette said so.", "Evening Gazette"),
        ("Local residents said so.", "Local residents"),
        ("Others said so. Many others did.", "Others"),
        ("Arden said so.", "Arden"),
        ("Great Holm said so.", "Great Holm"),
        ("The Arden said so.", "The Arden"),
        ("A resident said so.", "A resident"),
    ],
)
def test_public_speakers_are_kept(text: str, speaker: str) -> None:
    made = redactor(text, speaker)
    assert made.redact(text) == text
    assert made.name(speaker) == speaker


@pytest.mark.parametrize(
    ("text", "speaker", "shown"),
    [
        (
            "Anna Brel, a teacher, said so. Brel fled.",
            "Anna Brel",
            "[private person 1], a teacher, said so. [private person 1] fled.",
        ),
        ("“It burns,” Ms Brel said.", "Ms Brel", "“It burns,” Ms [private person 1] said."),
        ("ANNA BREL said so.", "Anna Brel", "[private person 1] said so."),
        (
            "Оксана Ткаченко сказала. Слова Оксани Ткаченко.",
            "Оксана Ткаченко",
            "[private person 1] сказала. Слова [private person 1].",
        ),
    ],
)
def test_private_speakers_are_withheld_in_every_form(text: str, speaker: str, shown: str) -> None:
    assert redactor(text, speaker).redact(text) == shown


def test_a_given_name_that_is_also_a_word_leaves_the_word_alone() -> None:
    text = "Will Brown, a farmer, said the house will be brown again."
    assert redactor(text, "Will Brown").redact(text) == (
        "[private person 1], a farmer, said the house will be brown again."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Anna Brel, 54, was killed.",
        "Anna Brel, aged 54, fled.",
        "The 54-year-old Anna Brel fled.",
        "54-year-old teacher Anna Brel fled.",
    ],
)
def test_who_is_named_with_an_age_is_private(text: str) -> None:
    shown = redactor(text).redact(text)
    assert "Brel" not in shown and "Anna" not in shown and "54" in shown


def test_an_official_with_an_age_is_kept() -> None:
    text = "President Anna Brel, 54, was elected."
    assert redactor(text).redact(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "“Gone,” wrote @field_owl9 on Monday.",
        "Words — Field Owl (@field_owl9) September 8",
        "See https://twitter.com/field_owl9/status/1 there.",
        "See t.me/field_owl9/12.",
    ],
)
def test_handles_and_links_to_posts_are_withheld(text: str) -> None:
    shown = redactor(text).redact(text)
    assert "owl" not in shown.casefold()


def test_an_account_of_the_profile_keeps_its_name() -> None:
    text = "Posted by @Telegram today."
    assert redactor(text).redact(text) == text


def test_the_author_of_a_post_is_private_and_that_of_an_article_is_not() -> None:
    text = "We saw smoke, Field Owl writes."
    assert "Field Owl" in redactor(text, authors=("Field Owl",)).redact(text)
    post = redactor(text, authors=("Field Owl",), medium="post")
    assert "Field Owl" not in post.redact(text)


def test_an_embedded_post_hides_its_author() -> None:
    text = "Lead.\n\nSmoke over the town\n\nEnd, says fieldowl."
    at = text.index("Smoke")
    made = redactor(text, parts=(Part(at, at + 19, "embed", "fieldowl", "Site"),))
    assert "fieldowl" not in made.redact(text)


def test_the_user_withholds_and_keeps_names(tmp_path: Path) -> None:
    wished = {"withhold": ("Jan Aller",), "keep": ("Mira Tolvan",)}
    publish(ledger(), FakeGazetteer(), tmp_path / "p", profile=PROFILE, now=NOW, **wished)
    text = everything(tmp_path / "p")
    assert "Aller" not in text and "Mira Tolvan" in text


def test_an_office_counts_only_next_to_the_name() -> None:
    assert bears_office("Anna Brel", "Anna Brel, the governor, left.")
    assert not bears_office("Anna Brel", "The governor left. Anna Brel stayed.")
    assert not bears_office("Anna Brel", "Anna Brel fled, and the governor stayed.")


@given(
    st.text(max_size=80),
    st.sampled_from(["Anna Brel", "Оксана Ткаченко", "O'Neil Dray"]),
    st.text(max_size=80),
)
def test_after_redaction_nothing_leaks_and_offsets_hold(before: str, name: str, after: str) -> None:
    text = f"{before} {name} {after}"
    made = redactor("Words.", withhold=(name,))
    edits = made.edits(text)
    shown = redaction.apply_edits(text, edits)
    assert made.leaks(shown) == []
    end = redaction.moved(len(text), edits, end=True)
    assert end == len(shown)
    places = [redaction.moved(i, edits, end=False) for i in range(len(text) + 1)]
    assert places == sorted(places)


def test_a_page_that_would_still_show_a_name_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redaction.Redactor, "redact", lambda self, text: text)
    with pytest.raises(PublishError, match="withheld names would still stand"):
        publish(ledger(), FakeGazetteer(), tmp_path / "p", profile=PROFILE, now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_name_in_an_address_takes_the_link_away(tmp_path: Path) -> None:
    made = FakeLedger()
    doc: Document = document("Anna Brel fled, she said.", "k", url="https://courier.example/anna-brel-flees")
    said = claim(doc, "fled", "displacement", speaker="Anna Brel")
    made.add(doc, Reading(doc.id, "handmade", (said,)))
    publish(made, FakeGazetteer(), tmp_path / "p", profile=PROFILE, now=NOW)
    assert record_of(tmp_path / "p")["documents"][0]["url"] is None
    assert "brel" not in everything(tmp_path / "p").casefold()


def test_what_the_user_withholds_goes_even_if_the_profile_knows_it() -> None:
    made = redactor("General Olek Gromm spoke.", withhold=("Olek Gromm",))
    assert "Olek" not in made.redact("General Olek Gromm spoke.")
    assert made.redact("Viktor Ganz spoke.") == "Viktor Ganz spoke."


def test_a_surname_alone_and_the_full_name_later_are_one_person() -> None:
    text = "Brel said so. Anna Brel, a teacher, and Ivan Tolm, a driver, left."
    shown = redactor(text, "Brel", "Anna Brel", "Ivan Tolm").redact(text)
    assert shown.count("[private person 1]") == 2 and "[private person 2]" in shown


def test_names_of_two_letters_are_withheld_as_a_whole() -> None:
    assert redactor("Bo Li said so.", "Bo Li").redact("Bo Li said so.") == "[private person 1] said so."


def test_many_who_bear_an_office_are_no_person() -> None:
    text = "European leaders met. European troops did not."
    assert redactor(text, "European leaders").redact(text) == text


# ---- what must not keep a page from being published


def test_a_person_whose_name_is_a_place_does_not_take_the_place_away(tmp_path: Path) -> None:
    text = "Shells fell on Varnik, said Anna Varnik, a nurse of Senna. Lozna lies still, Varnik said."
    doc = document(text, "one")
    nurse = claim(doc, "Shells fell on Varnik", "strike", speaker="Anna Varnik", places=(1,))
    short = claim(doc, "Lozna lies still", "statement", speaker="Varnik")
    # A town of the ground and another name of a place are left out where they spell somebody's.
    other = document("All is quiet, said Petro Chuhla, a nurse.", "two")
    calm = claim(other, "All is quiet", "statement", speaker="Petro Chuhla")
    made = FakeLedger()
    made.add(doc, Reading(doc.id, "handmade 1", (nurse, short), (), toponyms(doc)))
    made.add(other, Reading(other.id, "handmade 1", (calm,)))
    publish(made, FakeGazetteer(), tmp_path / "page", profile=PROFILE, now=NOW)
    record = record_of(tmp_path / "page")
    assert [c["speaker"] for c in record["claims"]] == [
        "private person 1",
        "private person 1",
        "private person 2",
    ]
    assert record["claims"][0]["quote"] == "Shells fell on Varnik"
    said = everything(tmp_path / "page")
    assert "Anna" not in said and "Chuhla" not in said
    assert next(p["name"] for p in record["places"] if p["id"] == 1) == "Varnik"


def test_what_a_text_says_of_its_own_language_cannot_keep_a_page_from_being_published(tmp_path: Path) -> None:
    told = {"language": "@mira_77", "title": "Told by @mira_77"}
    doc = document("Word of @mira_77 came.", "one", **told)
    made = FakeLedger()
    made.add(doc, Reading(doc.id, "@mira_77", ()))
    publish(made, FakeGazetteer(), tmp_path / "page", profile=PROFILE, now=NOW)
    assert "mira_77" not in everything(tmp_path / "page")


def test_a_very_long_word_takes_no_longer_than_its_length() -> None:
    started = time.process_time()
    redactor("W" * 200_000 + " 54")
    assert time.process_time() - started < 2
