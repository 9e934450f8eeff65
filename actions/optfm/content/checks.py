"""Whether a text may stand in place of what a document says: the product's own readers try it."""

from collections.abc import Callable, Iterator, Sequence

import pydantic
import yaml

from common import answer_texts, published
from optfm.content import examples
from optfm.content.documents import (
    ASPECTS,
    COMPUTED,
    FACTS,
    ORDER_NOTES,
    ORDERS,
    REST,
    Document,
    file_wordings,
)
from optfm.conversation.attributes import properties
from optfm.conversation.cues import cue_reader
from optfm.conversation.words import act_words
from optfm.errors import Refused
from optfm.facts.aspects import aspects
from optfm.facts.terms import terms
from optfm.orders.edit_words import edit_words
from optfm.orders.words import order_words
from optfm.text import load_vocabulary
from optfm.text.yaml_text import read_yaml

_LONGEST = 300_000
#: Buttons whose title comes back as the customer's message.
_PRESSED = "buttons."


class WrongContent(Refused):
    """A text that must not be published; one line says why and where."""


def check(document: Document, text: str) -> None:
    """Let whoever reads the document read this in its place.

    :raises WrongContent: it cannot.
    """
    if "\0" in text or len(text) > _LONGEST:
        raise WrongContent("текст слишком велик или в нём есть нулевой символ")
    if not text.strip():
        raise WrongContent("текст пуст: чтобы вернуть прежний, выберите его в истории")
    if document.chapter == "examples":
        if unfit := examples.problem(document.part, text):
            raise WrongContent(unfit)
        return
    if document.part:
        if wrong := answer_texts.problem(text, file_wordings(document.name)):
            raise WrongContent(wrong)
        return
    reader = _READERS.get(document.name) or _reader_of(document)
    if reader is None:
        return
    try:
        with published.tried({document.name: text}):
            reader()
    except Refused as exc:
        raise WrongContent(exc.message) from exc
    except pydantic.ValidationError as exc:
        raise WrongContent(_in_words(exc)) from exc
    except yaml.YAMLError as exc:
        place = getattr(exc, "problem_mark", None)
        line = f"строка {place.line + 1}: " if place else ""
        raise WrongContent(f"{line}не похоже на YAML: лишний отступ, скобка или кавычка") from exc


def _reader_of(document: Document) -> Callable[[], object] | None:
    if "/text/vocabulary/" in document.name:
        return load_vocabulary
    if "/conversation/vocabulary/" in document.name:
        return _acts
    if "/orders/vocabulary/" in document.name:
        return _words_of_orders
    return None


def _acts() -> None:
    cue_reader()
    properties()
    act_words()


def _words_of_orders() -> None:
    order_words()
    edit_words()


def _computed() -> None:
    for name, old, new in _pairs(COMPUTED):
        _stands(name, [f"{old} {{manager}}"], new, all_fields=False)


def _with_its_fields(document: str) -> Callable[[], None]:
    """A price keeps its list's date, a line its code: no field of these may go."""

    def reader() -> None:
        for name, old, new in _pairs(document):
            if name.startswith(_PRESSED) and new != old:
                raise WrongContent(f"«{name}»: эту кнопку бот узнаёт по словам, оставьте «{old}»")
            _stands(name, [old], new)

    return reader


def _pairs(document: str) -> Iterator[tuple[str, str, str]]:
    """The sentences of a file: the name of each, as the repository has it, as it would be."""
    path = published.ROOT / document
    file = _sentences(read_yaml(path.read_text(encoding="utf-8")))
    new = _sentences(read_yaml(published.read(path)))
    if missing := file.keys() - new.keys():
        raise WrongContent(f"нет фразы «{sorted(missing)[0]}»")
    if odd := new.keys() - file.keys():
        raise WrongContent(f"фразу «{sorted(odd)[0]}» бот не говорит")
    yield from ((name, file[name], text) for name, text in new.items())


def _stands(name: str, file: Sequence[str], new: str, *, all_fields: bool = True) -> None:
    if wrong := answer_texts.problem(new, file, all_fields=all_fields):
        raise WrongContent(f"«{name}»: {wrong}")


def _sentences(found: object, within: str = "") -> dict[str, str]:
    if isinstance(found, str):
        return {within: found}
    if not isinstance(found, dict):
        raise WrongContent(f"«{within}»: нужен текст")
    sentences: dict[str, str] = {}
    for name, value in found.items():
        sentences |= _sentences(value, f"{within}.{name}".lstrip("."))
    return sentences


_READERS: dict[str, Callable[[], object]] = {
    FACTS: terms,
    COMPUTED: _computed,
    ASPECTS: aspects,
    REST: _with_its_fields(REST),
    ORDERS: _with_its_fields(ORDERS),
    ORDER_NOTES: _with_its_fields(ORDER_NOTES),
}
_SAID = {
    "missing": "не хватает этой строки",
    "extra_forbidden": "такой строки бот не знает",
    "greater_than": "нужно число больше нуля",
    "int_parsing": "нужно целое число",
    "int_type": "нужно целое число",
    "int_from_float": "нужно целое число",
    "time_parsing": 'нужно время, например "09:00"',
    "time_type": 'нужно время в кавычках, например "09:00"',
    "string_type": "нужен текст",
    "model_type": "нужны строки «имя: значение»",
}


def _in_words(exc: pydantic.ValidationError) -> str:
    first = exc.errors()[0]
    where = " → ".join(str(part) for part in first["loc"]) or "файл"
    if first["type"] == "value_error":
        return f"{where}: {first['ctx']['error']}"
    return f"{where}: {_SAID.get(first['type'], 'значение не подходит')}"
