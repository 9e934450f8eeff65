"""The form that a model answers in, read leniently and judged strictly."""

import json
import re

from pydantic import BaseModel, ConfigDict, ValidationError

from optfm.llm.gateway.errors import BadAnswer

_OBJECT = re.compile(r"\{.*\}", re.DOTALL)


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
    found = _OBJECT.search(text)
    if not found:
        raise BadAnswer("не JSON")
    try:
        return form.model_validate(json.loads(found[0]))
    except (json.JSONDecodeError, ValidationError, RecursionError) as exc:
        raise BadAnswer("не та форма ответа") from exc
