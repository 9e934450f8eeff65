"""What the API answers where it cannot do what was asked: RFC 9457, in Russian, with a code.

- Problem: raised by anything below the routes; becomes the answer.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"

#: code → status, title, what to do about it.
KINDS: dict[str, tuple[int, str, str]] = {
    "bad_request": (400, "Запрос не разобран", "Проверьте тело и заголовки запроса."),
    "unauthorized": (
        401,
        "Нужен действующий ключ",
        "Передайте ключ заголовком «Authorization: Bearer optfm_…».",
    ),
    "forbidden": (403, "Ключу это не разрешено", "Выпустите ключ с нужным правом."),
    "not_found": (404, "Такого нет", "Проверьте адрес и номер."),
    "method_not_allowed": (405, "Метод не подходит", "Список методов — в заголовке Allow."),
    "timeout": (408, "Тело запроса шло слишком долго", "Повторите запрос."),
    "conflict": (409, "Сейчас нельзя", "Прочитайте текущее состояние и повторите."),
    "in_progress": (
        409,
        "Запрос с этим Idempotency-Key ещё выполняется",
        "Повторите немного позже: ответ будет тем же.",
    ),
    "nobody_answers": (
        409,
        "Отвечать некому",
        "Нет ни группы менеджеров (TELEGRAM_MANAGERS_CHAT), ни сотрудников, открывших своё "
        "приглашение (./optfm staff add): диалог остался у бота.",
    ),
    "changed": (412, "Объект изменился", "Прочитайте его заново: If-Match больше не подходит."),
    "too_large": (413, "Слишком большое тело", "Уменьшите запрос или разбейте его на части."),
    "unsupported_type": (
        415,
        "Такой Content-Type не принимается",
        "Тип указан в описании операции.",
    ),
    "invalid": (422, "Запрос не подходит", "Исправьте поля из списка errors."),
    "key_reused": (
        422,
        "Idempotency-Key уже был с другим запросом",
        "Для нового запроса возьмите новый ключ.",
    ),
    "price_list_refused": (422, "Это не прайс-лист", "Исправьте файл и загрузите ещё раз."),
    "price_list_unclear": (
        422,
        "Файл читается не однозначно",
        "Ответьте на вопросы из questions параметрами запроса.",
    ),
    "too_many": (429, "Слишком много запросов", "Подождите, сколько сказано в Retry-After."),
    "headers_too_large": (431, "Слишком большие заголовки", "Уберите лишние заголовки."),
    "internal": (500, "Ошибка сервера", "Повторите позже; номер запроса — в request_id."),
    "unavailable": (503, "Временно недоступно", "Повторите позже."),
}


class FieldError(BaseModel):
    """What is wrong with one part of the request."""

    where: str = Field(description="Место: query.limit, body.phone, …", examples=["query.limit"])
    message: str = Field(description="Что не так", examples=["нужно число не больше 100"])


class ProblemBody(BaseModel):
    """An error as RFC 9457 has it."""

    model_config = ConfigDict(title="Problem", extra="allow")

    type: str = Field(description="Адрес описания ошибки", examples=["/problems/not_found"])
    title: str = Field(description="Что это за ошибка", examples=["Такого нет"])
    status: int = Field(ge=400, le=599, examples=[404])
    code: str = Field(description="Код для программы", examples=["not_found"])
    detail: str = Field(description="Что именно не так", examples=["Заявки № 7 нет."])
    request_id: str = Field(description="Номер запроса в журналах", examples=["5f2b7c1e0a9d4f6b"])
    errors: list[FieldError] = Field(default=[], description="Что не так по полям")


class Problem(HTTPException):
    """The request is not done, and nothing was changed.

    One of Starlette's errors, since FastAPI makes a 400 of any other that a body's reader raises.

    :param code: one of KINDS.
    :param detail: one line in Russian; "" gives the kind's own.
    :param more: further members of the answer's object.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        headers: Mapping[str, str] | None = None,
        *,
        errors: Sequence[FieldError] = (),
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(KINDS[code][0], detail or KINDS[code][2], headers)
        self.code = code
        self.errors = errors
        self.more = more or {}

    def body(self, request_id: str) -> dict[str, Any]:
        """As JSON."""
        return {
            "type": f"/problems/{self.code}",
            "title": KINDS[self.code][1],
            "status": self.status_code,
            "code": self.code,
            "detail": self.detail,
            "request_id": request_id,
            "errors": [error.model_dump() for error in self.errors],
            **self.more,
        }


#: Which kind stands for a status that a library raised.
_BY_STATUS = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "timeout",
    409: "conflict",
    413: "too_large",
    415: "unsupported_type",
    422: "invalid",
    429: "too_many",
    503: "unavailable",
}


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """The problem that says no more than a status does."""
    known = status if status in _BY_STATUS else 400 if status < HTTPStatus(500) else 500
    return Problem(_BY_STATUS.get(known, "internal"), headers=headers)


#: Errors of pydantic in Russian; `{…}` are of the error's own context.
_WORDS = {
    "missing": "обязательное поле",
    "extra_forbidden": "такого поля нет",
    "json_invalid": "это не JSON",
    "int_parsing": "нужно целое число",
    "int_type": "нужно целое число",
    "int_from_float": "нужно целое число",
    "float_parsing": "нужно число",
    "float_type": "нужно число",
    "finite_number": "нужно конечное число",
    "bool_parsing": "нужно true или false",
    "bool_type": "нужно true или false",
    "string_type": "нужна строка",
    "string_unicode": "нужен текст в Юникоде",
    "string_too_short": "нужно не меньше знаков: {min_length}",
    "string_too_long": "нужно не больше знаков: {max_length}",
    "string_pattern_mismatch": "не тот вид",
    "greater_than": "нужно больше {gt}",
    "greater_than_equal": "нужно не меньше {ge}",
    "less_than": "нужно меньше {lt}",
    "less_than_equal": "нужно не больше {le}",
    "list_type": "нужен список",
    "dict_type": "нужен объект",
    "model_type": "нужен объект",
    "model_attributes_type": "нужен объект JSON (и заголовок Content-Type: application/json)",
    "too_short": "нужно не меньше элементов: {min_length}",
    "too_long": "нужно не больше элементов: {max_length}",
    "enum": "возможны только: {expected}",
    "literal_error": "возможны только: {expected}",
    "datetime_parsing": "нужно время вида 2026-11-29T10:00:00+03:00",
    "datetime_from_date_parsing": "нужно время вида 2026-11-29T10:00:00+03:00",
    "datetime_type": "нужно время вида 2026-11-29T10:00:00+03:00",
    "timezone_aware": "нужно время с часовым поясом",
    "date_parsing": "нужна дата вида 2026-11-29",
    "date_from_datetime_parsing": "нужна дата вида 2026-11-29",
    "url_parsing": "нужен адрес вида https://example.ru/hook",
}


def field_errors(errors: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    """What pydantic found, for people, without what was sent: that may be somebody's own."""
    return [
        FieldError(where=".".join(str(part) for part in error["loc"]), message=_message(error))
        for error in errors[:20]
    ]


def _message(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    if error["type"] == "value_error":
        return str(context.get("error", "не подходит"))
    words = _WORDS.get(error["type"], "не подходит")
    try:
        return words.format(**{name: _in_russian(value) for name, value in context.items()})
    except KeyError:
        return words


def _in_russian(value: object) -> object:
    """pydantic lists what is possible as «'a', 'b' or 'c'»."""
    return value.replace(" or ", ", ") if isinstance(value, str) else value
