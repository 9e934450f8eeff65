"""The form that a model answers in, read leniently and judged strictly."""

import json

from pydantic import BaseModel, ConfigDict, ValidationError

from optfm.llm.gateway.errors import BadAnswer

_DECODER = json.JSONDecoder()


class Form(BaseModel):
    """A base for forms: a wrong type is not turned into the right one."""

    model_config = ConfigDict(strict=True, extra="ignore")


class AnswerForm(Form):
    """An answer from facts."""

    text: str
    ids: list[str]
    sure: bool


class UnderstandingForm(Form):
    """What an unclear message asks for."""

    query: str = ""
    topics: list[str] = []
    topic: str = ""  #: some models name one where up to three are asked for
    alien: bool = False


def read[F: Form](form: type[F], text: str) -> F:
    """The JSON object in the text, whatever fence or chatter stands around it.

    :raises BadAnswer: there is none, or it is not of the form.
    """
    wrong: Exception | None = None
    at = text.find("{")
    while at >= 0:
        try:
            value, end = _DECODER.raw_decode(text, at)
            return form.model_validate(value)
        except ValidationError as exc:
            wrong, at = exc, text.find("{", end)
        except (json.JSONDecodeError, RecursionError) as exc:
            wrong, at = wrong or exc, text.find("{", at + 1)
    raise BadAnswer("не та форма ответа" if wrong else "не JSON") from wrong
