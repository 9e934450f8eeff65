"""Questions far from the wording of any topic, through a whole bot: what a model behind it earns.

    .venv/bin/python benchmarks/far_questions.py [--as none,good,liar,obedient] [--misses] [FILE]

A line of the file (tests/nlu/far_questions.jsonl) has the question, the topics whose answer it
asks for, and what an answer must hold, any of it; nothing where no fact of ours answers. The models
stand behind the real wire: *good* knows the topic of each question from the file and repeats the
sentence of the facts that holds the answer; *liar* names topics at random, makes up goods and says
sentences of tests/llm/sayings.yml that no fact says; *obedient* repeats the question as a fact;
*none* is the bot without a model. Counted: facts told, questions that end worse than without a
model, sentences shown that stand nowhere in our texts, questions answered by a topic that is not
theirs, and tokens (letters / 3) by question. Needs a trained model (`make train`).
"""

import argparse
import hashlib
import json
import re
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "actions"), str(ROOT)]

from conftest import Bot, run_folder  # noqa: E402
from tests.peers.models import KEY, Body, ModelServer, obedient, parts, serving  # noqa: E402

QUESTIONS = ROOT / "tests" / "nlu" / "far_questions.jsonl"
SAYINGS = ROOT / "actions" / "tests" / "llm" / "sayings.yml"
_LETTERS_A_TOKEN = 3
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_WORDS = re.compile(r"\w+")
_TOPIC = re.compile(r"^([a-z_]+): ", re.MULTILINE)
_UNDERSTANDS = "topics"
_FAQ = "faq_"


@dataclass(frozen=True, kw_only=True)
class Question:
    """A line of the file."""

    text: str
    topics: list[str]
    holds: list[str]  #: any of these tells the fact; none: there is no such fact


@dataclass(kw_only=True)
class Run:
    """What one model made of all questions."""

    told: list[bool] = field(default_factory=list)  #: of those that have a fact
    invented: list[tuple[str, str]] = field(default_factory=list)
    by_model: int = 0  #: questions whose answer is a model's sentence
    asked: int = 0  #: questions for which a model was called
    tokens: int = 0
    said: list[str] = field(default_factory=list)


def main() -> None:
    """Play all and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=QUESTIONS)
    parser.add_argument("--as", dest="manners", default="none,good,liar,obedient")
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    questions = [
        Question(**json.loads(line)) for line in asked.file.read_text(encoding="utf-8").splitlines()
    ]
    runs = {manner: play(manner, questions) for manner in asked.manners.split(",")}
    report(questions, runs, misses=asked.misses)


def play(manner: str, questions: Sequence[Question]) -> Run:
    """Ask a bot of its own, each question in a dialog of its own."""
    answer = {"good": good, "liar": liar, "obedient": lambda _: obedient}
    make = answer.get(manner)
    server = ModelServer(answer=make(questions) if make else lambda body: "")
    with run_folder() as folder, serving(server) as model:
        bot = Bot(folder, _settings(model.url) if make else {"AI_PROVIDER": ""}).start()
        try:
            return _asked_all(bot, model, questions)
        finally:
            bot.stop()


def _settings(url: str) -> dict[str, str]:
    wire = {"AI_PROVIDER": "openai", "AI_MODEL": "m", "AI_API_KEY": KEY, "AI_BASE_URL": url}
    no_limits = {"AI_DIALOG_TOKENS": "0", "AI_DAILY_TOKENS": "0", "AI_MONTHLY_RUB": "0"}
    return {**wire, **no_limits, "AI_USE": "answer,understand"}


def _asked_all(bot: Bot, model: ModelServer, questions: Sequence[Question]) -> Run:
    run, ours = Run(), our_words()
    for question in questions:
        before = len(model.bodies)
        answers = bot.say(question.text, uuid.uuid4().hex)
        text = "\n".join(one.get("text", "") for one in answers)
        run.said.append(text)
        run.asked += len(model.bodies) > before
        run.tokens += sum(map(_tokens, model.bodies[before:]))
        if question.holds:
            run.told.append(_is_told(question, text))
        of_model = [a for a in answers if (a.get("custom") or {}).get("source") == "llm"]
        run.by_model += bool(of_model)
        for one in of_model:
            run.invented += [(question.text, said) for said in _foreign(one.get("text", ""), ours)]
    return run


def _is_told(question: Question, text: str) -> bool:
    said = text.casefold()
    return any(one.casefold() in said for one in question.holds)


def _tokens(body: Body) -> int:
    return sum(len(message["content"]) for message in body["messages"]) // _LETTERS_A_TOKEN


def our_words() -> list[set[str]]:
    """The words of each sentence that the company says: its pages and the bot's answers."""
    texts = [page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "knowledge").glob("*")]
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    texts += [way.get("text", "") for ways in domain["responses"].values() for way in ways]
    return [set(_WORDS.findall(one.casefold())) for text in texts for one in _SENTENCE.split(text)]


def _foreign(text: str, ours: Sequence[set[str]]) -> Iterator[str]:
    """Sentences that have a word which no single sentence of ours has beside its others.

    What is printed of the price list is not the model's.
    """
    for sentence in _SENTENCE.split(text.partition("\n\n")[0]):
        words = set(_WORDS.findall(sentence.casefold()))
        if words and not any(words <= known for known in ours):
            yield sentence


def good(questions: Sequence[Question]) -> Callable[[Body], str]:
    """A model that understands as well as can be."""
    known = {one.text: one for one in questions}

    def answer(body: Body) -> str:
        question = _asked(body, known)
        if question is None:
            return json.dumps({"text": "", "ids": [], "sure": False})
        if _UNDERSTANDS in body["messages"][0]["content"]:
            return json.dumps({"topics": [one.removeprefix(_FAQ) for one in question.topics[:1]]})
        for block in re.split(r"\n\n(?=\[F)", parts(body).get("ФАКТЫ", "")):
            name, *lines = block.splitlines()
            for line in lines:
                for sentence in [line, *_SENTENCE.split(line)]:
                    if question.holds and _is_told(question, sentence):
                        said = {"text": sentence.strip(" -•"), "ids": [name[1 : name.find("]")]]}
                        return json.dumps({**said, "sure": True}, ensure_ascii=False)
        return json.dumps({"text": "", "ids": [], "sure": False})

    return answer


def liar(questions: Sequence[Question]) -> Callable[[Body], str]:
    """A model that is wrong at all times, each time in another way, always in the same order."""
    known = {one.text: one for one in questions}
    sayings = yaml.safe_load(SAYINGS.read_text(encoding="utf-8"))["invented"]

    def answer(body: Body) -> str:
        question = _asked(body, known)
        dice = int(hashlib.sha256(json.dumps(body).encode()).hexdigest(), 16)
        if _UNDERSTANDS in body["messages"][0]["content"]:
            right = set(question.topics) if question else set()
            wrong = [t for t in _TOPIC.findall(parts(body)["ФАКТЫ"]) if f"{_FAQ}{t}" not in right]
            lies = [
                {"topics": [wrong[dice % len(wrong)]]},
                {"query": "дисплей iphone 13 за 100 рублей"},
                {"topics": [wrong[dice % len(wrong)], wrong[dice // 7 % len(wrong)]]},
                {"alien": True},
            ]
            return json.dumps(lies[dice // 100 % len(lies)], ensure_ascii=False)
        ids = re.findall(r"^\[([FP]\d+)\]", parts(body).get("ФАКТЫ", ""), re.MULTILINE)
        said = {"text": sayings[dice % len(sayings)], "ids": ids, "sure": True}
        return json.dumps(said, ensure_ascii=False)

    return answer


def _asked(body: Body, known: dict[str, Question]) -> Question | None:
    said = next((text for name, text in parts(body).items() if name.startswith("ВОПРОС")), "")
    return known.get(said) or next((one for text, one in known.items() if text in said), None)


def report(questions: Sequence[Question], runs: dict[str, Run], *, misses: bool) -> None:
    """The table, and what was not told."""
    with_fact = [one for one in questions if one.holds]
    print(f"\n{len(with_fact)} вопросов с ответом в фактах, {len(questions) - len(with_fact)} без")
    print(f"{'':<10}{'сказан факт':>14}{'хуже, чем без':>15}{'к модели':>10}{'её словами':>12}"
          f"{'выдумано':>10}{'токенов на вопрос':>19}{'на спрошенный':>15}")  # fmt: skip
    without = runs.get("none")
    for manner, run in runs.items():
        worse = (
            sum(b and not n for b, n in zip(without.told, run.told, strict=True)) if without else 0
        )
        share = f"{sum(run.told) / len(run.told):.3f}"
        print(f"{manner:<10}{share:>14}{worse:>15}{run.asked:>10}{run.by_model:>12}"
              f"{len(run.invented):>10}{run.tokens / len(questions):>19.0f}"
              f"{run.tokens / max(1, run.asked):>15.0f}")  # fmt: skip
        for question, sentence in run.invented:
            print(f"   выдумано: {question} → {sentence}")
        if misses:
            for question, text in zip(questions, run.said, strict=True):
                if question.holds and not _is_told(question, text):
                    print(f"   не сказано: {question.text} → {text[:160]!r}")


if __name__ == "__main__":
    main()
