"""A site as `oskil serve` gives it, for tests with a browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from oskil.ledger.store import Ledger
from oskil.places.interface import Gazetteer
from oskil.publishing.api.app import create_app
from oskil.publishing.api.serving import Serving


@contextmanager
def served(ledger: Ledger, gazetteer: Gazetteer, site: Path) -> Iterator[str]:
    """The address of a server of this ledger and site, without a slash at its end."""
    app = create_app(Serving(ledger=ledger, gazetteer=gazetteer, kinds={}, site=site))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
