"""A real PostgreSQL server in a temporary folder, reached by a socket in it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is: on the path, or where Debian puts the newest."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[4].split(".")[0])
    )
    return shutil.which(name) or (str(debian[-1]) if debian else None)


def missing() -> str:
    """Why there can be no server here, or nothing. Where CI runs there must be one."""
    if program("initdb") and program("pg_ctl"):
        return ""
    if os.environ.get("CI"):
        raise RuntimeError("PostgreSQL is not installed, and must be where CI runs")
    return "PostgreSQL is not installed here"


class Server:
    """The server, from entering to leaving. `address` is that of an empty database in UTF-8."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="oskil-pg-"))
        self._data = self._folder / "data"
        self.address = f"postgresql://tester@/postgres?host={self._folder}"

    def __enter__(self) -> Server:
        initdb, pg_ctl = program("initdb"), program("pg_ctl")
        assert initdb and pg_ctl
        self._folder.chmod(0o755)
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            user = pwd.getpwnam("postgres")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
        self._run(
            initdb, "-D", self._data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._folder}' -c max_connections=40"
        self._run(pg_ctl, "-D", self._data, "-w", "-o", options, "-l", self._folder / "log", "start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pg_ctl = program("pg_ctl")
        assert pg_ctl
        self._run(pg_ctl, "-D", self._data, "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def restart(self) -> None:
        """Kill the server as a power cut would, and start it again."""
        pg_ctl = program("pg_ctl")
        assert pg_ctl
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._folder}' -c max_connections=40"
        self._run(pg_ctl, "-D", self._data, "-m", "immediate", "stop")
        self._run(pg_ctl, "-D", self._data, "-w", "-o", options, "-l", self._folder / "log", "start")

    def _run(self, *command: str | Path) -> None:
        asked = [str(part) for part in command]
        user = "postgres" if os.geteuid() == 0 else None
        subprocess.run(asked, check=True, stdout=subprocess.DEVNULL, cwd="/", user=user, timeout=120)
