"""Where things are kept."""

from __future__ import annotations

from pathlib import Path

from oskil.settings import settings


def test_the_environment_names_the_places() -> None:
    found = settings(
        {"OSKIL_LEDGER": "/x/l.db", "OSKIL_CACHE": "/c", "OSKIL_PROFILE": "mine.yaml", "OSKIL_DEBUG": "1"}
    )
    assert (found.ledger, found.cache, found.profile, found.debug) == (
        Path("/x/l.db"),
        Path("/c"),
        "mine.yaml",
        True,
    )


def test_without_variables_the_platform_s_folders_are_used_and_none_is_made() -> None:
    found = settings({"OSKIL_LEDGER": "", "OSKIL_DEBUG": "0"})
    assert found.ledger.name == "ledger.db" and "oskil" in found.ledger.parts
    assert found.cache.name == "oskil" and not found.debug


def test_a_home_sign_is_understood() -> None:
    assert settings({"OSKIL_LEDGER": "~/l.db"}).ledger == Path.home() / "l.db"
