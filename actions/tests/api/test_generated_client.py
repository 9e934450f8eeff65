"""A client that somebody's generator makes of the description works against the server."""

import importlib
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from optfm.api.describing import described
from optfm.settings import ROOT
from tests.api.conftest import Server

_NAME = "optfm_client"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client, made of the file that integrators get."""
    folder: Path = tmp_path_factory.mktemp("client")
    (folder / "config.yml").write_text("post_hooks: []\n", encoding="utf-8")
    command = [
        *(str(Path(sys.executable).with_name("openapi-python-client")), "generate"),
        *("--path", str(ROOT / "docs" / "openapi-v1.yaml"), "--meta", "none"),
        *("--output-path", str(folder / _NAME), "--config", str(folder / "config.yml")),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module(_NAME)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == _NAME]:
            del sys.modules[name]


@pytest.fixture
def client(made: ModuleType, server: Server):
    """With every right."""
    return made.AuthenticatedClient(base_url=server.url, token=server.key(), timeout=30)


def _operation(subject: str, name: str) -> ModuleType:
    return importlib.import_module(f"{_NAME}.api.{subject}.{name}")


def test_every_operation_is_in_the_client(made: ModuleType):
    """Under its subject, by its id: nothing was left out as too odd to generate."""
    for item in described()["paths"].values():
        for operation in item.values():
            (subject,) = operation["tags"]
            _operation(subject.replace("-", "_"), operation["operationId"])


def test_rows_are_found_and_ordered(client):
    """Values come typed: sums as numbers, dates as dates."""
    models = importlib.import_module(f"{_NAME}.models")
    found = _operation("goods", "search").sync(client=client, q="дисплей iphone 11", limit=3)
    assert found.answer == "found" and found.list_date.year >= 2025
    row = next(row for row in found.rows if len(row.codes) == 1)
    line = models.LineIn(code=row.code, quantity=2)
    order = _operation("orders", "create_order").sync(
        client=client, body=models.OrderIn(lines=[line])
    )
    assert (order.lines[0].state, order.total) == ("sure", row.price * 2)
    consent = models.ConsentIn(given_at=datetime.now(UTC), wording="Согласен", version="t-1")
    contacts = models.Contacts(name="Проба", phone="8 910 000-00-21", consent=consent)
    sent = _operation("orders", "send_order").sync(client=client, id=order.id, body=contacts)
    assert sent.state == "sent" and isinstance(sent.request, int)
    page = _operation("requests", "list_requests").sync(client=client, limit=1)
    assert page.items[0].id == sent.request
    offer = _operation("orders", "order_as_xlsx").sync_detailed(client=client, id=order.id)
    assert offer.content.startswith(b"PK")


def test_an_error_comes_as_a_problem(client):
    """With its code and its words, parsed as any other answer."""
    problem = _operation("requests", "get_request").sync(client=client, id=999_999)
    assert (problem.status, problem.code) == (404, "not_found") and "999999" in problem.detail
    missing = _operation("goods", "get_row").sync(client=client, code="нет такого кода")
    assert missing.code == "not_found"


def test_a_price_list_is_loaded_from_a_file(made: ModuleType, client):
    """The bytes go as they are."""
    data = io.BytesIO((ROOT / "prices" / "demo.xls").read_bytes())
    file = importlib.import_module(f"{_NAME}.types").File(payload=data)
    load = _operation("price_lists", "put_price_list")
    done = load.sync(client=client, body=file, dry_run=True)
    assert (done.outcome, done.dry_run) == ("unchanged", True)
