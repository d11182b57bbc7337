"""The API as a client meets it: pages, formats, tags, refusals, the token, live changes, random requests."""

from __future__ import annotations

import datetime as dt
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import geojson
import httpx
import pytest
import schemathesis
import uvicorn
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from publishing_handmade import DAY, NOW, FakeGazetteer, claim, document, report, summary
from schemathesis import GenerationMode

from oskil.errors import SourceError
from oskil.ledger.amendment import Amendment
from oskil.ledger.store import Ledger, open_ledger
from oskil.ledger.stored import Added
from oskil.publishing.api.app import create_app
from oskil.publishing.api.guards import Buckets
from oskil.publishing.api.serving import Limits, Serving
from oskil.records import Period, Reading
from oskil.sources.interface import Hints

TOKEN = "a long secret"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


KINDS = {"control": "who holds", "strike": "what was hit", "losses": "what was lost"}


def filled(folder: Path) -> Ledger:
    ledger = open_ledger(folder / "ledger.db")
    for doc, reading in (report(), summary()):
        ledger.add(doc, doc.text.encode(), reading, NOW)
    return ledger


def serving(ledger: Ledger, **more: Any) -> Serving:
    def read(name: str, text: str, hints: Hints) -> Added:
        if not text.strip():
            raise SourceError("nothing in it can be read as text", name)
        doc = document(text, name, outlet=hints.outlet)
        return ledger.add(doc, text.encode("utf-8", "surrogatepass"), Reading(doc.id, "handmade 1", ()), NOW)

    fields: dict[str, Any] = {"read": read, "token": TOKEN, **more}
    return Serving(ledger=ledger, gazetteer=FakeGazetteer(), kinds=KINDS, **fields)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with filled(tmp_path) as opened:
        yield opened


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    return TestClient(create_app(serving(ledger)), base_url="http://localhost")


def test_claims_are_filtered_and_paged_without_loss_or_repetition(client: TestClient) -> None:
    whole = client.get("/api/claims", params={"limit": 1000}).json()
    assert (len(whole["claims"]), whole["next"]) == (11, None)
    seen: list[str] = []
    cursor: str | None = "0"
    while cursor is not None:
        page = client.get("/api/claims", params={"limit": 4, "cursor": cursor}).json()
        seen += [c["id"] for c in page["claims"]]
        cursor = page["next"]
    assert seen == [c["id"] for c in whole["claims"]]
    control = client.get("/api/claims", params={"place": 1, "kind": "control", "side": "BO"}).json()["claims"]
    assert (
        client.get("/api/claims", params={"place": 1, "kind": "control", "side": "bo"}).json()["claims"]
        == control
    )
    assert [c["quote"] for c in control] == ["The town is under our control"]
    assert control[0]["place_names"] == ["Varnik"]
    late = client.get("/api/claims", params={"since": "2022-09-09"}).json()["claims"]
    assert {c["outlet"] for c in late} == {"Ardenian General Command"}
    assert client.get("/api/claims", params={"as_known_on": "2022-09-19"}).json()["claims"] == []


def test_claims_come_as_lines_and_as_geojson(client: TestClient) -> None:
    lines = client.get("/api/claims", params={"format": "jsonl"})
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert len([json.loads(line) for line in lines.text.splitlines()]) == 11
    map_ = client.get("/api/claims", params={"format": "geojson", "limit": 3})
    assert map_.headers["content-type"] == "application/geo+json"
    read = geojson.loads(map_.text)
    assert read.is_valid
    after = client.get("/api/claims", params={"cursor": read["next"], "limit": 1}).json()["claims"]
    fourth = client.get("/api/claims", params={"limit": 4}).json()["claims"][3]
    assert after == [fourth]


def test_documents_places_and_one_claim(client: TestClient) -> None:
    heads = client.get("/api/documents").json()["documents"]
    assert [h["outlet"] for h in heads] == ["The Daily Courier", "Ardenian General Command"]
    assert "text" not in heads[0]
    whole = client.get(f"/api/documents/{heads[0]['id'][:12]}").json()
    for one in whole["claims"]:
        words = " ".join(whole["text"][s:e] for s, e in one["spans"])
        assert " ".join(words.split()) == one["quote"]
    one = whole["claims"][0]
    assert client.get(f"/api/claims/{one['id']}").json() == one
    assert client.get("/api/places", params={"name": "varnik"}).json()["places"][0]["id"] == 1
    account = client.get("/api/places/1").json()
    assert account["place"]["name"] == "Varnik"
    assert account["contradictions"]
    ids = {c["id"] for c in account["claims"]}
    assert all({p["first"], p["second"]} <= ids for p in account["contradictions"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/claims/abcdef", 404),
        ("/api/claims/nothex", 422),
        ("/api/documents/0000000000", 404),
        ("/api/places/999", 404),
        ("/api/places/99999999999999999999", 422),
        ("/api/claims?limit=0", 422),
        ("/api/claims?limit=100000", 422),
        ("/api/claims?cursor=-1", 422),
        ("/api/claims?since=yesterday", 422),
        ("/api/claims?since=2022-09-10&until=2022-09-01", 422),
        ("/api/claims?kind=rumour", 422),
        ("/api/claims?speaker=%00", 422),
        ("/api/claims?format=xml", 422),
        ("/api/nothing", 404),
        ("/../etc/passwd", 404),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_line(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert "\n" not in answer.json()["error"]


def test_an_answer_has_a_tag_that_holds_until_the_ledger_grows(client: TestClient, ledger: Ledger) -> None:
    first = client.get("/api/claims?kind=control")
    held_tag = {"If-None-Match": first.headers["etag"]}
    again = client.get("/api/claims?kind=control", headers=held_tag)
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(
        "/api/claims?kind=control&format=jsonl", headers={"If-None-Match": first.headers["etag"]}
    )
    assert other.status_code == 200
    doc = document("Ardenian units entered Izmar", "later")
    held = claim(doc, "Ardenian units entered Izmar", "control", places=(5,), time=Period(DAY, DAY))
    ledger.add(doc, b"later", Reading(doc.id, "handmade 1", (held,)), NOW)
    grown = client.get("/api/claims?kind=control", headers=held_tag)
    assert grown.status_code == 200
    assert len(grown.json()["claims"]) == len(first.json()["claims"]) + 1


def test_only_the_token_writes(client: TestClient) -> None:
    text = {"name": "new", "text": "Varnik was shelled.", "outlet": "Courier"}
    assert client.post("/api/documents", json=text).status_code == 401
    wrong = client.post("/api/documents", json=text, headers={"Authorization": "Bearer no"})
    assert wrong.status_code == 401
    stored = client.post("/api/documents", json=text, headers=BEARER)
    assert (stored.status_code, stored.json()["status"]) == (201, "new")
    assert client.post("/api/documents", json=text, headers=BEARER).json()["status"] == "known"
    assert client.get(f"/api/documents/{stored.json()['document']}").json()["text"] == text["text"]
    empty = client.post("/api/documents", json={"name": "new", "text": " "}, headers=BEARER)
    assert (empty.status_code, empty.json()) == (422, {"error": "nothing in it can be read as text"})
    unknown = client.post("/api/documents", json=text | {"side": "AR"}, headers=BEARER)
    assert unknown.status_code == 422
    assert client.delete("/api/documents", headers=BEARER).status_code == 405


def test_without_a_token_nothing_can_be_written(ledger: Ledger) -> None:
    client = TestClient(create_app(serving(ledger, token=None)), base_url="http://localhost")
    answer = client.post(
        "/api/documents", json={"name": "n", "text": "t"}, headers={"Authorization": "Bearer "}
    )
    assert answer.status_code == 401
    assert "/api/documents" in client.get("/api/openapi.json").json()["paths"]
    assert "post" not in client.get("/api/openapi.json").json()["paths"]["/api/documents"]


def test_a_closed_server_takes_the_token_for_everything(ledger: Ledger) -> None:
    client = TestClient(create_app(serving(ledger, closed=True)), base_url="http://localhost")
    for address in ("/api/claims", "/api/openapi.json", "/api/live"):
        assert client.get(address).status_code == 401
    assert client.get("/api/claims", headers=BEARER).status_code == 200


def test_sizes_rates_and_names_are_bounded(ledger: Ledger) -> None:
    small = Limits(body=1000, burst=5, rate=0.001, page=2)
    client = TestClient(create_app(serving(ledger, limits=small)), base_url="http://localhost")
    assert len(client.get("/api/claims").json()["claims"]) == 2
    large = {"name": "n", "text": "x" * 2000}
    assert client.post("/api/documents", json=large, headers=BEARER).status_code == 413

    def parts() -> Iterator[bytes]:  # no length is said beforehand
        for _ in range(30):
            yield b" " * 100

    assert client.post("/api/documents", content=parts(), headers=BEARER).status_code == 413
    assert client.get("/api/claims", headers={"Host": "evil.example"}).status_code == 421
    codes = [client.get("/api/about").status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]
    assert client.get("/api/about").headers["retry-after"]


def test_a_bucket_fills_again_with_time() -> None:
    now = [0.0]
    buckets = Buckets(Limits(rate=2, burst=2), clock=lambda: now[0])
    assert [buckets.wait("a") for _ in range(3)] == [0, 0, 0.5]
    assert buckets.wait("b") == 0
    now[0] = 0.5
    assert [buckets.wait("a") for _ in range(2)] == [0, 0.5]


def test_no_other_site_may_read_and_nothing_is_fetched(client: TestClient) -> None:
    answer = client.get("/api/claims", headers={"Origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["x-content-type-options"] == "nosniff"
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    assert client.options("/api/documents", headers=asked).status_code == 405
    assert client.get("/docs").status_code == 404


def test_the_description_has_an_example_for_all_that_is_asked(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    plain = {"limit", "cursor", "format", "latest", "last-event-id"}  # described by their bounds
    for path, methods in described["paths"].items():
        for one in methods["get"].get("parameters", ()) if "get" in methods else ():
            assert one["name"] in plain or one["schema"].get("examples"), (path, one)
    for name in ("Claim", "NewText"):
        assert described["components"]["schemas"][name]["example"]


def test_the_site_lies_on_top(ledger: Ledger, site: Path) -> None:
    client = TestClient(create_app(serving(ledger, site=site)), base_url="http://localhost")
    first = client.get("/")
    assert "<!doctype html>" in first.text.lower()
    assert "frame-ancestors 'self'" in first.headers["content-security-policy"]
    again = client.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/claims").status_code == 200
    assert client.get("/..%2f..%2fetc/passwd").status_code == 404


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_random_requests_meet_no_error_of_the_server(ledger: Ledger, mode: GenerationMode) -> None:
    app = create_app(serving(ledger, limits=Limits(rate=1e9, burst=10**9)))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"Host": "localhost"})
    tried = {operation.ok().path for operation in schema.get_all_operations()}
    assert "/api/claims/{claim_id}" in tried
    for operation in schema.get_all_operations():
        if operation.ok().path != "/api/live":  # it does not end
            _attack(operation.ok(), mode)


def _attack(operation: schemathesis.APIOperation, mode: GenerationMode) -> None:
    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def run(case: schemathesis.Case) -> None:
        answer = case.call(headers={**BEARER, "Host": "localhost"})
        assert answer.status_code < 500
        operation.validate_response(answer)

    try:
        run()
    except Unsatisfiable:
        assert mode == GenerationMode.NEGATIVE  # nothing of it could be wrong


def test_changes_are_told_as_they_are_recorded(ledger: Ledger) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(create_app(serving(ledger)), host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    head = ledger.head()
    assert head is not None
    events: list[dict[str, Any]] = []
    address = f"http://127.0.0.1:{port}/api/live"
    with httpx.stream("GET", address, timeout=20, headers={"Last-Event-ID": str(head.seq - 1)}) as stream:
        lines = stream.iter_lines()
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert _next(lines)["seq"] == head.seq
        doc = document("Ardenian units entered Izmar", "later")
        ledger.add(doc, b"later", Reading(doc.id, "handmade 1", ()), NOW + dt.timedelta(1))
        events = [_next(lines) for _ in range(3)]
    server.should_exit = True
    thread.join(10)
    assert [e["kind"] for e in events] == ["document", "reading", "claims"]
    assert events[0]["document"] == doc.id
    assert not thread.is_alive()


def _next(lines: Iterator[str]) -> dict[str, Any]:
    data = next(line for line in lines if line.startswith("data: "))
    found: dict[str, Any] = json.loads(data.removeprefix("data: "))
    return found


def test_many_clients_at_once_are_all_answered(client: TestClient) -> None:
    asked = [{"kind": k, "limit": n} for k in ("control", "strike", "losses") for n in range(1, 60)]
    with ThreadPoolExecutor(24) as clients:
        codes = set(clients.map(lambda some: client.get("/api/claims", params=some).status_code, asked))
    assert codes == {200}


def test_a_corrected_document_is_told_as_corrected(client: TestClient, ledger: Ledger) -> None:
    first = client.get("/api/claims", params={"limit": 1}).json()["claims"][0]
    amendment = Amendment(
        action="correction",
        noun="document",
        target=first["document"],
        document=first["document"],
        by="Desk",
        reason="Misspelt.",
        fields={"title": "Another title"},
    )
    ledger.amend(amendment, NOW + dt.timedelta(1))
    again = client.get("/api/claims", params={"limit": 1}).json()["claims"][0]
    assert first["title"] != again["title"] == "Another title"


def test_the_command_refuses_to_open_the_unredacted_record_to_others() -> None:
    from typer.testing import CliRunner

    from oskil.cli.app import app

    done = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0"], env={"OSKIL_TOKEN": ""})
    assert done.exit_code != 0
