"""The description of the API: OpenAPI 3.1 with its errors, and the pages that show it."""

from functools import cache
from typing import Any

import yaml
from fastapi.openapi.utils import get_openapi

from optfm.api.price_files import PriceListIn
from optfm.api.problems import KINDS, MEDIA_TYPE, ProblemBody
from optfm.api.routes import ROUTERS

ABOUT: dict[str, Any] = {
    "title": "OptFM API",
    "version": "1",
    "summary": "Прайс-лист, заявки, заказы и диалоги бота OptFM для систем компании",
    "description": (
        "Ключ выпускает `./optfm api keys add ИМЯ --scopes …`; он передаётся заголовком "
        "`Authorization: Bearer optfm_…`. Ошибки — RFC 9457 с полем `code`. Изменения можно "
        "повторять с заголовком `Idempotency-Key`: ответ будет тем же."
    ),
}
#: Subjects of operations: generated clients make modules and classes of the names, people read
#: the descriptions.
_TAGS = [
    {"name": name, "description": description}
    for name, description in {
        "goods": "Товары: поиск и строки прайс-листа",
        "price-lists": "Прайс-листы: загрузить, сравнить, включить, вернуть",
        "requests": "Заявки покупателей",
        "orders": "Заказы: составить, прочитать, отправить",
        "dialogs": "Диалоги: прочитать, написать, передать менеджеру",
        "watches": "Подписки: чего ждут покупатели",
        "reports": "Отчёты: чего не нашли, сколько стоила модель",
        "persons": "Персональные данные: выгрузить, стереть",
        "webhooks": "Вебхуки: получатели событий и доставки",
        "audit": "Журнал обращений",
        "health": "Состояние",
    }.items()
]
#: A change that is sent again with it is done once.
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Любая своя строка: повтор с ней в течение суток получит тот же ответ",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$", "title": "Idempotency-Key"},
}
_HEADERS = {
    "ETag": {
        "description": "Метка ответа: с ней в If-None-Match тот же ответ придёт как 304 без тела",
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Через сколько секунд повторить",
        "schema": {"type": "integer"},
    },
}
#: Errors that every operation below /v1 may answer.
_EVERYWHERE = ("unauthorized", "forbidden", "invalid", "too_many")
#: Statuses that say when to try again.
_LATER = ("429", "503")
_WITH_BODY = ("bad_request", "too_large", "unsupported_type", "timeout")


@cache
def described() -> dict[str, Any]:
    """All operations as OpenAPI 3.1."""
    routes = [route for router in ROUTERS for route in router.routes]
    made = get_openapi(**ABOUT, routes=routes, tags=_TAGS, openapi_version="3.1.0")
    return _with_problems(made)


def as_yaml() -> str:
    """The description as docs/openapi-v1.yaml keeps it."""
    return str(yaml.safe_dump(described(), allow_unicode=True, sort_keys=False, width=100))


def _with_problems(made: dict[str, Any]) -> dict[str, Any]:
    schemas = made["components"]["schemas"]
    for ours in ("HTTPValidationError", "ValidationError"):
        schemas.pop(ours, None)
    problem = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    given = PriceListIn.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(given.pop("$defs"))
    schemas["PriceListIn"] = given
    made["components"]["parameters"] = {"Idempotency-Key": _IDEMPOTENCY_KEY}
    made["components"]["headers"] = _HEADERS
    for path, item in made["paths"].items():
        for method, operation in item.items():
            if path.startswith("/v1"):
                named = "{" in path or _names_a_dialog(operation)
                changes = method != "get"
                _add_problems(operation, has_number=named, changes=changes)
                if changes:
                    operation.setdefault("parameters", []).append(
                        {"$ref": "#/components/parameters/Idempotency-Key"}
                    )
                _add_headers(operation["responses"], reads=not changes)
                operation["responses"] = dict(sorted(operation["responses"].items()))
    return made


def _names_a_dialog(operation: dict[str, Any]) -> bool:
    """A dialog's id may hold what no path can."""
    given = operation.get("parameters", ())
    return any(one["name"] == "dialog" and one["required"] for one in given)


def _add_problems(operation: dict[str, Any], *, has_number: bool, changes: bool) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    codes = [*_EVERYWHERE, "unavailable"]
    if "requestBody" in operation:
        codes += _WITH_BODY
    if has_number:
        codes.append("not_found")
    if changes:
        codes += ["bad_request", "conflict", "not_found"]
    for code in codes:
        status, title, _ = KINDS[code]
        responses.setdefault(str(status), problem_response(title))


def _add_headers(responses: dict[str, Any], *, reads: bool) -> None:
    for status in _LATER:
        responses[status]["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    if reads and "application/json" in responses["200"].get("content", {}):
        responses["200"]["headers"] = {"ETag": {"$ref": "#/components/headers/ETag"}}
        responses["304"] = {"description": "То же, что в ответе, чья метка в If-None-Match"}


def problem_response(title: str) -> dict[str, Any]:
    """How an error looks in the description."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": title, "content": {MEDIA_TYPE: {"schema": schema}}}
