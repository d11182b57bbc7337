"""Several processes that answer at one address: Python works on one request at a time in each."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

import uvicorn
from fastapi import FastAPI

from oskil.errors import OskilError

# More share the cores with the browser that asks.
MOST = 4
# Seconds that a worker has to end its answers before it is killed.
_PATIENCE = 5.0
# Connections that may wait to be taken.
_WAITING = 2048

Opens = Callable[[], AbstractContextManager[FastAPI]]


def usual() -> int:
    """How many workers there are unless one says otherwise: one a core, where processes can be forked."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return min(MOST, os.cpu_count() or 1)


def run(opens: Opens, host: str, port: int, workers: int, ready: Callable[[int], None]) -> None:
    """Serves until it is stopped. `opens` gives the application, in each process anew, so that no database is
    shared; `ready` is told the port once it is bound. Raises OskilError where a worker died.
    """
    config = uvicorn.Config("", host=host, port=port, log_level="warning", server_header=False, backlog=1)
    with _bound(host, port) as bound:
        ready(bound.getsockname()[1])
        if workers == 1:
            _serve(opens, config, bound)
            return
        started = [_start(opens, config, bound) for _ in range(workers)]
        _watch(started)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends each answer at once: else one in two waits 40 ms for the client.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(_WAITING)
    except OSError as error:
        bound.close()
        raise OskilError(f"cannot listen at port {port}: {error.strerror or error}", host) from error
    return bound


def _serve(opens: Opens, config: uvicorn.Config, bound: socket.socket) -> None:
    with opens() as app:
        config.app = app
        server = _Sharing(config)
        parent = multiprocessing.parent_process()
        if parent:
            threading.Thread(target=_follow, args=(parent, server), daemon=True).start()
        server.run(sockets=[bound])


class _Sharing(uvicorn.Server):
    """Takes one connection at a time, and leaves the next to whichever worker is free.

    asyncio takes as many at once as its backlog says: with a long one, the first worker to wake has them all.
    """

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts with the short backlog of the configuration, then lets the system keep more in line."""
        await super().startup(sockets)
        for bound in sockets or []:
            bound.listen(_WAITING)


def _follow(parent: BaseProcess, server: uvicorn.Server) -> None:
    """A worker whose parent was killed would hold the address for ever."""
    wait([parent.sentinel])
    server.should_exit = True


def _start(opens: Opens, config: uvicorn.Config, bound: socket.socket) -> BaseProcess:
    process = multiprocessing.get_context("fork").Process(
        target=_serve, args=(opens, config, bound), daemon=True
    )
    process.start()
    return process


def _watch(started: list[BaseProcess]) -> None:
    """Waits until one ends, or until this process is told to stop; then all end."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        wait([process.sentinel for process in started])
        raise OskilError("a worker died, and the server with it")
    except KeyboardInterrupt:
        # Ctrl-C reaches the workers too; a SIGTERM was for this process alone.
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        for process in started:
            process.terminate()
        for process in started:
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
