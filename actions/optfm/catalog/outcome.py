"""What comes of reading a file: a list, questions that staff must answer, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from optfm.catalog.rows import PriceList

#: At most so many wrong rows are shown.
SHOWN = 20

Kind = Literal["price", "columns", "date", "sheet", "hidden", "currency", "code_width", "rows"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListOptions:
    """Answers to the questions that a list may raise; each is asked only where it matters."""

    price: tuple[str, ...] = ()  #: head or letter of the price column, the first that a sheet has
    sheet: tuple[str, ...] = ()  #: names of the sheets to read
    list_date: date | None = None
    columns: Mapping[str, str] = field(
        default_factory=dict
    )  #: "name" → "B", for lists without head
    code_width: int = 0  #: digits of a code, 0: as they stand
    hidden: Literal["take", "skip", ""] = ""
    currency: Literal["RUB", ""] = ""  #: RUB: the prices are roubles whatever their sign
    rates: Mapping[str, float] = field(default_factory=dict)  #: roubles for one "USD", and so on
    skip_wrong: bool = False  #: leave out rows that cannot be understood, however many


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """One way to answer a question; whoever asks puts it into the words of its own reader."""

    answer: str = ""  #: of `ListOptions`; "": it is not answered, but mended
    values: tuple[str, ...] = ()
    is_name: bool = False  #: the value is a name out of the list
    note: str = ""  #: in Russian

    def as_option(self) -> str:
        """What to add to the command, e.g. "--price «Опт 1»"."""
        option = {"": "", "list_date": "--date", "rates": "--rate"}.get(
            self.answer, f"--{self.answer.replace('_', '-')}"
        )
        value = ",".join(self.values)
        return " ".join(filter(None, (option, f"«{value}»" if self.is_name else value, self.note)))


@dataclass(frozen=True, kw_only=True, slots=True)
class ListQuestion:
    """Something that only the shop knows."""

    kind: Kind
    text: str  #: in Russian, may have several lines
    suggestions: tuple[Suggestion, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """What to add to the command: any of these."""
        return tuple(one.as_option() for one in self.suggestions)


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongRow:
    """A row that is left out."""

    sheet: str
    row: int  #: 1-based
    why: str  #: in Russian


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A row as it was understood."""

    code: str
    name: str
    price: float
    group: str  #: path in one line


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Everything that one look should say."""

    goods: int = 0  #: with a price
    groups: int = 0
    unpriced: int = 0
    title: str = ""
    list_date: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  #: "название" → "«Товар» (B)"
    missing: tuple[str, ...] = ()  #: columns that the list lacks, e.g. "код"
    notes: tuple[str, ...] = ()  #: in Russian, one line each
    wrong: tuple[WrongRow, ...] = ()  #: all of them
    samples: tuple[Sample, ...] = ()
    heads: tuple[str, ...] = ()  #: of the columns, by which a list of the same shape is known

    def as_json(self) -> dict[str, object]:
        """For `optfm prices check --json` and the integration API."""
        return {
            "goods": self.goods,
            "groups": self.groups,
            "unpriced": self.unpriced,
            "title": self.title,
            "list_date": self.list_date.isoformat() if self.list_date else None,
            "columns": dict(self.columns),
            "missing": list(self.missing),
            "notes": list(self.notes),
            "wrong_rows": [
                {"sheet": row.sheet, "row": row.row, "why": row.why} for row in self.wrong[:SHOWN]
            ],
            "wrong_rows_total": len(self.wrong),
            "samples": [
                {"code": row.code, "name": row.name, "price": row.price, "group": row.group}
                for row in self.samples
            ],
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadList:
    """A list that may be imported."""

    price_list: PriceList
    report: Report


@dataclass(frozen=True, kw_only=True, slots=True)
class Questions:
    """A list that waits for answers; nothing of it is guessed."""

    questions: tuple[ListQuestion, ...]
    report: Report

    @property
    def message(self) -> str:
        """All questions with their options."""
        return "\n".join(
            f"{question.text}\n    {'  или  '.join(question.options)}"
            for question in self.questions
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """No price list, or one that nobody can read."""

    message: str  #: one line in Russian: what it is and what helps
    report: Report = field(default_factory=Report)


type Outcome = ReadList | Questions | Refused


def as_json(outcome: Outcome) -> dict[str, object]:
    """The outcome in one object: {"outcome": "read"|"ask"|"refuse", …}."""
    match outcome:
        case ReadList():
            told: dict[str, object] = {"outcome": "read", "questions": []}
        case Questions():
            told = {
                "outcome": "ask",
                "questions": [
                    {"kind": one.kind, "text": one.text, "options": list(one.options)}
                    for one in outcome.questions
                ],
            }
        case Refused():
            told = {"outcome": "refuse", "message": outcome.message, "questions": []}
    return {**told, **outcome.report.as_json()}
