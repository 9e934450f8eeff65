"""Ask a running bot over REST and judge its answers by the facts in them.

    .venv/bin/python tests/nlu/ask_replies.py [URL] [--questions FILE] [--brief]

Each question of tests/nlu/replies.jsonl is asked by a new customer. A question with `facts`
is answered right when every fact stands in the reply (a list of facts: one of them); case, ё,
kinds of spaces and of dashes do not count. A question with `refused` must get no answer to a
frequent question and no price. Prints both shares and what went wrong; `--brief` only the shares.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests
import yaml

ROOT = Path(__file__).parents[2]
_DASHES = re.compile(r"\s*[‐-―−-]\s*")  # with the spaces about them: «10 — 12» is «10-12»


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked and what the reply is judged by."""

    text: str
    facts: tuple[tuple[str, ...], ...]  #: of each inner tuple one must stand in the reply
    refused: bool  #: it is not our business: no answer, no price


def read_questions(file: Path) -> list[Question]:
    """The questions of a file of JSON lines."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        facts = [[fact] if isinstance(fact, str) else fact for fact in given.get("facts", [])]
        found.append(
            Question(
                text=given["question"],
                facts=tuple(map(tuple, facts)),
                refused=given.get("refused", False),
            )
        )
    return found


def normalised(text: str) -> str:
    """One case, one kind of space and of dash, no ё."""
    return _DASHES.sub("-", " ".join(text.casefold().replace("ё", "е").split()))


def lacking(question: Question, reply: str) -> list[str]:
    """The facts that the reply does not hold."""
    said = normalised(reply)
    return [
        " | ".join(either)
        for either in question.facts
        if not any(normalised(fact) in said for fact in either)
    ]


def topic_of(reply: str, answers: dict[str, str]) -> str | None:
    """The frequent question that the reply answers, "price" for a priced row, or None."""
    said = normalised(reply)
    for topic, text in answers.items():
        if normalised(text) in said:
            return topic
    return "price" if "₽" in reply else None


def frequent_answers(domain: Path) -> dict[str, str]:
    """Text of each utter_faq_… by its topic."""
    responses = yaml.safe_load(domain.read_text(encoding="utf-8"))["responses"]
    return {
        name.removeprefix("utter_"): variant["text"]
        for name, variants in responses.items()
        if name.startswith("utter_faq_")
        for variant in variants
    }


def ask(url: str, text: str) -> str:
    """All texts of the bot's reply to a customer that it does not know.

    :raises requests.RequestException: the bot cannot be reached or answers with an error.
    """
    answer = requests.post(
        f"{url}/webhooks/rest/webhook",
        json={"sender": f"replies-{uuid.uuid4().hex}", "message": text},
        timeout=60,
    )
    answer.raise_for_status()
    return "\n".join(part.get("text", "") for part in answer.json())


def misses(
    url: str, questions: Sequence[Question], answers: dict[str, str]
) -> Iterator[tuple[Question, str]]:
    """The questions that went wrong, with what is wrong."""
    for question in questions:
        reply = ask(url, question.text)
        topic = topic_of(reply, answers)
        if question.refused and topic:
            yield question, f"answered by {topic}"
        elif lack := lacking(question, reply):
            yield question, f"lacks {', '.join(lack)}; answered by {topic or reply[:60]!r}"
        elif not reply.strip():
            yield question, "no answer"


def main() -> None:
    """Ask all, print the shares and the misses; exit 1 when the bot cannot be reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:5005")
    parser.add_argument("--questions", type=Path, default=ROOT / "tests/nlu/replies.jsonl")
    parser.add_argument("--brief", action="store_true", help="only the shares")
    asked = parser.parse_args()
    questions = read_questions(asked.questions)
    answers = frequent_answers(ROOT / "domain.yml")
    try:
        wrong = list(misses(asked.url, questions, answers))
    except requests.RequestException as error:
        sys.exit(f"the bot does not answer at {asked.url}: {error}")
    for refused, name in ((False, "answered right"), (True, "refused       ")):
        asked_here = [q for q in questions if q.refused is refused]
        failed = sum(q.refused is refused for q, _ in wrong)
        if asked_here:
            right = len(asked_here) - failed
            print(f"{name}  {right / len(asked_here):.3f} ({right} of {len(asked_here)})")
    if not asked.brief:
        for question, why in wrong:
            print(f"  {question.text} — {why}")


if __name__ == "__main__":
    main()
