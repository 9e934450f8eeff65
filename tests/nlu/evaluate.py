"""Judge the understanding of messages by utterances that stand in no training data.

    .venv/bin/python -W ignore tests/nlu/evaluate.py [--model FILE] [--misses] [--floors] [FILE…]

Trains a model in a temporary folder (unless one is given), reads the utterances in
tests/nlu/*.yml and prints what `make eval` shows. Writes nothing else; `--misses` also
prints the utterances that went wrong, which whoever writes training examples should not read.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
import yaml

if TYPE_CHECKING:
    from rasa.core.agent import Agent

ROOT = Path(__file__).parents[2]
REFUSALS = {"out_of_scope", "nlu_fallback"}
#: Answered without a fact of the shop: small talk, «о вакансиях не знаю», a hand-over to people,
#: «этого в моих данных нет».
NO_FACTS = {"small_talk", "jobs", "complaint", "shop_other"}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One utterance: what it is and what the model made of it."""

    text: str
    wanted: str  #: the topic its author gave it
    got: str  #: the intent the model answers by; nlu_fallback when it is not sure
    confidence: float  #: of the best intent, 0..1


def read_utterances(files: Iterable[Path]) -> list[tuple[str, str]]:
    """(utterance, intent) of files in Rasa's NLU format."""
    found = []
    for file in files:
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    found.append((line[2:].strip(), block["intent"]))
    return found


def train(folder: Path) -> Path:
    """Train the NLU model of the working tree.

    :returns: the model file.
    """
    from rasa.model_training import train_nlu

    model = train_nlu("config.yml", "data", str(folder), fixed_model_name="nlu")
    if model is None:
        sys.exit("the training made no model")
    return Path(model)


def listener(model: Path) -> Agent:
    """What hears by a model; it remembers the meanings of texts that it heard before."""
    from rasa.core.agent import Agent

    return Agent.load(str(model))


async def judge(agent: Agent, utterances: Sequence[tuple[str, str]]) -> list[Verdict]:
    """What the model makes of each utterance."""
    verdicts = []
    for text, wanted in utterances:
        parsed = await agent.parse_message(text)
        best = [rank for rank in parsed["intent_ranking"] if rank["name"] != "nlu_fallback"][0]
        verdicts.append(
            Verdict(
                text=text,
                wanted=wanted,
                got=answered_as(parsed),
                confidence=best["confidence"],
            )
        )
    return verdicts


def answered_as(parsed: Mapping[str, Any]) -> str:
    """The topic that answers a message: `action_answer_other` says a likely one all the same.

    :param parsed: as Rasa parsed it; the rule and its numbers: optfm.dialogue.fallback.
    """
    first, second = [r for r in parsed["intent_ranking"] if r["name"] != "nlu_fallback"][:2]
    likely = first["confidence"] >= 0.3 and first["confidence"] - second["confidence"] >= 0.02
    unsure = parsed["intent"]["name"] == "nlu_fallback" and first["name"].startswith("faq_")
    return str(first["name"] if unsure and likely else parsed["intent"]["name"])


def share(verdicts: Sequence[Verdict], wanted: str, got: Iterable[str] = ()) -> float:
    """Of the utterances whose intent begins with `wanted`, how many are right (or among `got`)."""
    chosen = [v for v in verdicts if v.wanted.startswith(wanted)]
    allowed = set(got)
    return sum(v.got in allowed if allowed else v.got == v.wanted for v in chosen) / len(chosen)


def below_floors(verdicts: Sequence[Verdict]) -> list[str]:
    """What a model that customers meet must not fall short of, and does; a line each.

    A regression below these shares is not an accident of one utterance.
    """
    harmless = {*REFUSALS, *NO_FACTS, "price_question"}
    facts = sum(v.wanted == "out_of_scope" and v.got.startswith("faq_") for v in verdicts)
    checks = (
        ("topics right", share(verdicts, "faq_"), ">=", 0.93),
        ("topics refused", share(verdicts, "faq_", REFUSALS), "<=", 0.04),
        ("goods right", share(verdicts, "price_question"), ">=", 0.95),
        ("other people's business harmless", share(verdicts, "out_of_scope", harmless), ">=", 0.94),
        ("other people's business answered by a fact", facts, "<=", 2),
    )
    return [
        f"{name}: {value:.3f}, floor {sign} {floor}"
        for name, value, sign, floor in checks
        if (value < floor if sign == ">=" else value > floor)
    ]


def report(verdicts: Sequence[Verdict], *, misses: bool) -> None:
    """Print the totals, the worst topics and the confusions."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[_group(verdict.wanted)].append(verdict)
    for name, group in groups.items():
        right = sum(v.got == v.wanted for v in group)
        refused = sum(v.got in REFUSALS for v in group)
        if name == "out of scope":
            searched = sum(v.got == "price_question" for v in group)
            print(
                f"{name:14} refused {_share(refused, len(group))}   to the price search, which "
                f"says that the list has no such thing {searched}"
            )
        else:
            print(
                f"{name:14} right {_share(right, len(group))}   false refusals "
                f"{_share(refused, len(group))}"
            )
    by_intent: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_intent[verdict.wanted].append(verdict)
    print("\nworst topics")
    ranked = sorted(by_intent.items(), key=lambda item: _right(item[1]) / len(item[1]))
    for intent, group in ranked[:12]:
        if _right(group) < len(group):
            print(f"  {intent:24} {_share(_right(group), len(group))}")
    print("\nconfusions (wanted → got)")
    confused = Counter((v.wanted, v.got) for v in verdicts if not _is_right(v))
    for (wanted, got), times in confused.most_common(30):
        print(f"  {times:3}  {wanted} → {got}")
    if misses:
        print("\nmisses")
        for v in verdicts:
            if not _is_right(v):
                print(f"  {v.wanted} → {v.got} ({v.confidence:.2f}): {v.text}")


def _group(intent: str) -> str:
    if intent.startswith("faq_"):
        return "topics"
    if intent in {"price_question", "show_more"}:
        return "goods"
    return "out of scope" if intent in REFUSALS else "small talk"


def _is_right(verdict: Verdict) -> bool:
    return verdict.got == verdict.wanted or {verdict.got, verdict.wanted} <= REFUSALS


def _right(group: Sequence[Verdict]) -> int:
    return sum(map(_is_right, group))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})"


def main() -> None:
    """Train if need be, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="utterances (tests/nlu/*.yml)")
    parser.add_argument("--model", type=Path, help="judge this model, train none")
    parser.add_argument("--floors", action="store_true", help="exit 1 below what is demanded")
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    asked = parser.parse_args()
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    files = [file.resolve() for file in asked.files] or sorted(ROOT.glob("tests/nlu/*.yml"))
    utterances = read_utterances(files)
    if not utterances:
        sys.exit("no utterances in tests/nlu/*.yml")
    given = asked.model and asked.model.resolve()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    if given:  # the rest of Rasa is what a training needs
        from components.lean import leave_out

        leave_out()
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        model = given or train(Path(folder))
        took_s = time.monotonic() - started
        verdicts = asyncio.run(judge(listener(model), utterances))
        if not given:
            print(f"trained in {took_s:.0f} s")
        print(f"model {model.stat().st_size / 1e6:.1f} MB, {len(utterances)} utterances\n")
    report(verdicts, misses=asked.misses)
    if asked.floors and (missed := below_floors(verdicts)):
        sys.exit("below the floors: " + "; ".join(missed))


if __name__ == "__main__":
    main()
