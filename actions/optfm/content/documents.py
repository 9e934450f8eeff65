"""The documents that may be edited: a file of the repository, an answer, the phrases of a topic."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import yaml

from common import answer_texts, published
from optfm.content import examples
from optfm.errors import Refused
from optfm.text.yaml_text import compose_yaml, read_yaml

ROOT = published.ROOT
DOMAIN = "domain.yml"
FACTS = "actions/optfm/facts/facts.yml"
COMPUTED = "actions/optfm/facts/texts.yml"
ASPECTS = "actions/optfm/facts/aspects.yml"
REST = "actions/optfm/facts/rest.yml"
ORDERS = "actions/optfm/orders/telling.yml"
ORDER_NOTES = "actions/optfm/orders/notes.yml"
SLANG = "actions/optfm/text/vocabulary/slang.yml"
_KNOWLEDGE = "docs/knowledge/"
#: Explained word by word, and no fact of the shop.
_GLOSSARY = "словарь.md"

Chapter = Literal["answers", "facts", "vocabulary", "examples"]
CHAPTERS: tuple[Chapter, ...] = get_args(Chapter)

#: A text that YAML holds as it is, unless it reads as something else: «12:30», «no».
_PLAIN = re.compile(r"\w[^:#{}\[\]\"'\n]*")
#: A question of several words, none in another layout.
_RUSSIAN = re.compile(r"[а-яё]+(?: [а-яё]+){2,}\??")

_WORDS = {
    SLANG: "Слова покупателей: что они могут значить",
    "actions/optfm/text/vocabulary/synonyms.yml": "Одно и то же разными словами",
    "actions/optfm/text/vocabulary/fillers.yml": "Слова, которые ничего не ищут",
    "actions/optfm/text/vocabulary/openers.yml": "С чего начинают: приветствия и обращения",
    "actions/optfm/text/vocabulary/brands.yml": "Марки",
    "actions/optfm/text/vocabulary/devices.yml": "Линейки и модели устройств",
    "actions/optfm/text/vocabulary/colours.yml": "Цвета",
    "actions/optfm/text/vocabulary/quality.yml": "Качество: оригинал, копия",
    "actions/optfm/text/vocabulary/units.yml": "Единицы измерения",
    "actions/optfm/text/vocabulary/limits.yml": "Цена, скидка и количество словами",
    "actions/optfm/text/vocabulary/negation.yml": "Отрицания: «кроме», «без»",
    "actions/optfm/text/vocabulary/facets.yml": "Свойства товара на кнопках",
    "actions/optfm/conversation/vocabulary/acts.yml": "Слова действий: «ещё», «беру», «чем лучше»",
    "actions/optfm/conversation/vocabulary/words.yml": "Малые слова: «вместо», «он», «есть»",
    "actions/optfm/conversation/vocabulary/numbers.yml": "Числа словами: «второй», «пару»",
    "actions/optfm/orders/vocabulary/orders.yml": "Слова заказа: «штук», «по», «каждого», столбцы",
    "actions/optfm/orders/vocabulary/edits.yml": "Слова правки заказа: «убери», «вместо», «ещё»",
    "actions/optfm/conversation/vocabulary/attributes.yml": "О чём спрашивают: ёмкость, цвет",
}


class UnknownDocument(Refused):
    """There is no such document."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """Something that staff may edit."""

    name: str  #: as it is published under: a path from the root, `#` and a part of the file
    title: str  #: for staff
    chapter: Chapter

    @property
    def path(self) -> Path:
        """The file of the repository; of phrases the folder of their files."""
        return ROOT / self.name.partition("#")[0]

    @property
    def part(self) -> str:
        """The answer of domain.yml or the intent; "" where the document is a whole file."""
        return self.name.partition("#")[2]

    def in_file(self) -> str:
        """What the repository says.

        :raises UnknownDocument: it says nothing of it any more.
        """
        if self.chapter == "examples":
            if self.part not in examples.phrases():
                raise UnknownDocument(f"{self.name}: такой темы больше нет")
            return "\n".join(examples.phrases()[self.part])
        if self.part:
            return answer_texts.joined(file_wordings(self.name))
        try:
            return self.path.read_text(encoding="utf-8")
        except OSError as exc:
            raise UnknownDocument(f"{self.name}: не читается ({exc.strerror})") from exc

    def to_file(self, text: str) -> None:
        """Let the repository's file say this.

        :raises OSError: the file cannot be written.
        """
        if self.chapter == "examples":
            examples.write(self.path, self.part, examples.lines(text))
            return
        if self.part:
            source = self.path.read_text(encoding="utf-8")
            text = with_wordings(source, self.part, answer_texts.wordings(text))
        self.path.write_text(text, encoding="utf-8")


def all_documents() -> list[Document]:
    """All of them, by chapter."""
    whole = [
        Document(name=FACTS, title="Условия: доставка, часы, праздники, сроки", chapter="facts"),
        Document(name=COMPUTED, title="Фразы ответов, которые бот вычисляет", chapter="facts"),
        Document(name=ASPECTS, title="Частые уточнения к теме и ответы на них", chapter="facts"),
        Document(name=REST, title="Что сказать, когда об этом в условиях нет", chapter="facts"),
        Document(name=ORDERS, title="Фразы о заказе: строки, суммы, вопросы", chapter="facts"),
        Document(name=ORDER_NOTES, title="Пометки у строк заказа", chapter="facts"),
        *(
            Document(name=f"{_KNOWLEDGE}{page.name}", title=_heading(page), chapter="facts")
            for page in sorted((ROOT / _KNOWLEDGE).glob("*.md"))
            if page.name != _GLOSSARY
        ),
        *(Document(name=n, title=title, chapter="vocabulary") for n, title in _WORDS.items()),
    ]
    answers = [
        Document(name=f"{DOMAIN}#{name}", title=_beginning(said), chapter="answers")
        for name, said in _responses(published.stamp(ROOT / DOMAIN)).items()
    ]
    taught = [
        Document(name=f"{examples.FOLDER}#{intent}", title=_shortest(said), chapter="examples")
        for intent, said in sorted(examples.phrases().items())
    ]
    return [*answers, *whole, *taught]


def document(name: str) -> Document:
    """The document of a name.

    :raises UnknownDocument: there is none.
    """
    for found in all_documents():
        if found.name == name:
            return found
    raise UnknownDocument(f"{name}: такого документа нет: ./optfm content list")


def file_wordings(name: str) -> tuple[str, ...]:
    """What domain.yml has as the wordings of an answer.

    :param name: of the document.
    :raises UnknownDocument: there is no such answer any more.
    """
    path, _, part = name.partition("#")
    said = _responses(published.stamp(ROOT / path)).get(part)
    if said is None:
        raise UnknownDocument(f"{name}: такого ответа в {path} больше нет")
    return said


@lru_cache(maxsize=2)
def _responses(stamp: published.Stamp) -> dict[str, tuple[str, ...]]:
    """The answers that have a text in each of their wordings."""
    read = read_yaml((ROOT / DOMAIN).read_text(encoding="utf-8"))["responses"]
    return {
        name: tuple(wording["text"] for wording in said)
        for name, said in read.items()
        if said and all(wording.get("text") for wording in said)
    }


def with_wordings(source: str, answer: str, wordings: Iterable[str]) -> str:
    """The file's text with other wordings of an answer; all else stays as it is written.

    :param source: of domain.yml.
    """
    root = compose_yaml(source)
    assert root is not None, "domain.yml is not empty"
    responses = _value(root, "responses")
    places = [
        (key.start_mark.column, value)
        for one in _value(responses, answer).value
        for key, value in one.value
        if key.value == "text"
    ]
    for (column, node), wording in reversed(list(zip(places, wordings, strict=True))):
        begin, end = node.start_mark.index, node.end_mark.index
        old = source[begin:end]
        after = old[len(old.rstrip("\n")) :]  # a block's empty lines are not its own
        source = source[:begin] + _scalar(wording, column + 2) + after + source[end:]
    return source


def _value(node: yaml.Node, key: str) -> yaml.Node:
    found: yaml.Node = next(value for name, value in node.value if name.value == key)
    return found


def _scalar(text: str, indent: int) -> str:
    if _PLAIN.fullmatch(text) and read_yaml(text) == text:
        return text
    lines = (f"{' ' * indent}{line}".rstrip() for line in text.split("\n"))
    return "|-\n" + "\n".join(lines)


def _heading(page: Path) -> str:
    first = page.read_text(encoding="utf-8").lstrip().partition("\n")[0]
    return f"Страница знаний: {first.lstrip('# ').strip() or page.stem}"


def _shortest(phrases: tuple[str, ...]) -> str:
    """A topic as its shortest phrases of several words tell it."""
    plain = [phrase for phrase in phrases if _RUSSIAN.fullmatch(phrase)]
    return " · ".join(sorted(plain or phrases, key=len)[:2])


def _beginning(said: tuple[str, ...]) -> str:
    words = " ".join(said[0].split())
    return words if len(words) <= 70 else f"{words[:70].rsplit(' ', 1)[0]}…"
