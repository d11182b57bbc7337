"""Where things are kept, from the environment or the platform's own folders. Nothing is created here.

`OSKIL_LEDGER` names the ledger, `OSKIL_DATA` the folder of added gazetteers and layers, `OSKIL_CACHE` that of
what is compiled from them, `OSKIL_PROFILE` the conflict profile, and `OSKIL_DEBUG=1` asks for tracebacks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_PROFILE = "ukraine-2022"


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds where no option says otherwise. `profile` is the name of a shipped profile or a path."""

    ledger: Path | str
    cache: Path
    profile: str
    debug: bool
    data: Path


def settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this environment. An empty variable counts as absent."""
    env = os.environ if environ is None else environ
    return Settings(
        ledger=_place(env.get("OSKIL_LEDGER")) or _data_folder() / "ledger.db",
        cache=_path(env.get("OSKIL_CACHE")) or _cache_folder(),
        profile=env.get("OSKIL_PROFILE") or DEFAULT_PROFILE,
        debug=env.get("OSKIL_DEBUG", "") not in ("", "0"),
        data=_path(env.get("OSKIL_DATA")) or _data_folder(),
    )


def _place(value: str | None) -> Path | str | None:
    return value if value and "://" in value else _path(value)


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser() if value else None


def _data_folder() -> Path:
    from platformdirs import user_data_dir

    return Path(user_data_dir("oskil"))


def _cache_folder() -> Path:
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("oskil"))
