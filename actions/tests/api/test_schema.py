"""Schemathesis against every operation: no request gets a 5xx, every answer is as described."""

import os
from collections.abc import Iterator

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from optfm.api.describing import as_yaml, described
from optfm.settings import ROOT
from tests.api.conftest import Server

#: More by hand: OPTFM_EXAMPLES=500.
EXAMPLES = int(os.environ.get("OPTFM_EXAMPLES", "15"))

#: What the API promises of each answer.
_CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture(scope="module")
def key(server: Server) -> Iterator[str]:
    """A key that may do everything: what it does must be right, or refused."""
    yield server.key()


def _operations() -> list[APIOperation]:
    schema = schemathesis.openapi.from_path(ROOT / "docs" / "openapi-v1.yaml")
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", _operations(), ids=lambda operation: operation.label)
def test_no_request_breaks_an_operation(
    operation: APIOperation, mode: GenerationMode, server: Server, key: str
):
    """Whatever comes is done or refused in the described form."""

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(
            base_url=server.url,
            headers={"Authorization": f"Bearer {key}"},
            checks=_CHECKS,
            timeout=60,
        )

    try:
        ask()
    except Unsatisfiable:
        pytest.skip("there is nothing to say wrongly")


def test_every_change_may_be_sent_again():
    """`Idempotency-Key` is described where it counts: also for who knows `/docs` alone."""
    for item in described()["paths"].values():
        for method, operation in item.items():
            named = {
                one.get("$ref", "").rpartition("/")[2] for one in operation.get("parameters", ())
            }
            assert ("Idempotency-Key" in named) == (method != "get"), operation["operationId"]


def test_the_description_is_the_one_in_the_repository():
    """docs/openapi-v1.yaml is made by `optfm api describe`."""
    assert as_yaml() == (ROOT / "docs" / "openapi-v1.yaml").read_text(encoding="utf-8")
