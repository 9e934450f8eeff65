"""The wordings of one answer of domain.yml as one text to edit, and what such a text may not be."""

import re
from collections.abc import Sequence

#: Between two wordings.
_BETWEEN = "\n---\n"
_LONGEST = 3500  #: a message of Telegram has room for 4096
_FIELD = re.compile(r"\{([A-Za-z_]+)\}")


def joined(wordings: Sequence[str]) -> str:
    """All wordings as one text."""
    return _BETWEEN.join(wording.strip("\n") for wording in wordings)


def wordings(text: str) -> list[str]:
    """The wordings of such a text."""
    return [part.strip("\n") for part in text.replace("\r\n", "\n").split(_BETWEEN)]


def problem(text: str, file: Sequence[str], *, all_fields: bool = True) -> str | None:
    """Why a text cannot stand in place of the wordings in the file; None: it can.

    :param all_fields: whether each field of the file must stand in it.
    """
    new = wordings(text)
    if len(new) != len(file):
        return (
            f"вариантов ответа должно остаться {len(file)}, а их {len(new)}:"
            " они разделены строкой из трёх дефисов"
        )
    fields = {field for wording in file for field in _FIELD.findall(wording)}
    for number, wording in enumerate(new, 1):
        where = f"вариант {number}: " if len(new) > 1 else ""
        if not wording.strip():
            return f"{where}ответ пуст"
        if len(wording) > _LONGEST:
            return f"{where}{len(wording)} знаков, а в сообщение помещается {_LONGEST}"
        if odd := set(_FIELD.findall(wording)) - fields:
            return f"{where}поля {{{sorted(odd)[0]}}} у этого ответа нет"
        if "{" in (rest := _FIELD.sub("", wording)) or "}" in rest:
            return f"{where}лишняя фигурная скобка: в скобках бывают только поля"
        missing = set(_FIELD.findall(file[number - 1])) - set(_FIELD.findall(wording))
        if missing and all_fields:
            return f"{where}пропало поле {{{sorted(missing)[0]}}}, его заполняет бот"
    return None
