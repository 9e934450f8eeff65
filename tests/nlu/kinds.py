"""Judge the understanding by kind of failure: `kinds_*.jsonl`, written without sight of data/.

    .venv/bin/python -W ignore tests/nlu/kinds.py [--model FILE] [--misses FILE…] [FILE…]

A line has the text, its kind and the topics it asks for, all of which must be understood, or any
of `one_of`. For a `fair` question, which no fact answers, any answer but "not our business"
counts. `--misses` prints what went wrong in one file: kinds_test.jsonl is there to be counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sys
import warnings
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from rasa.core.agent import Agent

ROOT = Path(__file__).parents[2]
REFUSALS = {"out_of_scope", "nlu_fallback"}
#: As in optfm.dialogue.fallback.
_LIKELY = 0.3
#: Names of the sets → intents that answer them.
ANSWERED_BY = {
    "trade": {"trade_terms"},
    "faq_cooperation": {"faq_cooperation", "jobs"},
    "call_manager": {"call_manager", "leave_request", "complaint"},
    "smalltalk": {"small_talk", "bye", "thanks", "greet"},
    "decline": {"stop", "deny", "bye", "thanks"},
    "out_of_scope": REFUSALS,
}


def is_right(wanted: list[str], kind: str, parsed: dict[str, object]) -> bool:
    """Whether what was understood answers all that was asked."""
    intent = parsed["intent"]["name"]  # type: ignore[index]
    if intent == "nlu_fallback":  # an unsure topic is answered, if nothing else answers
        likely = [r for r in parsed["intent_ranking"] if r["name"] != intent][:1]  # type: ignore[attr-defined]
        if likely and likely[0]["name"].startswith("faq_") and likely[0]["confidence"] >= _LIKELY:
            intent = likely[0]["name"]
    if kind == "fair":
        return intent not in REFUSALS
    got = {intent, *(parsed.get("also") or ())}  # type: ignore[misc]
    return all(got & ANSWERED_BY.get(topic, {topic}) for topic in wanted)


def is_line_right(line: dict[str, Any], parsed: dict[str, object]) -> bool:
    """Whether all of a line's topics are understood, or any of its `one_of`."""
    wanted = [[topic] for topic in line["one_of"]] if "one_of" in line else [line["topics"]]
    return any(is_right(topics, line["kind"], parsed) for topics in wanted)


async def rights(agent: Agent, file: Path) -> list[tuple[str, bool]]:
    """The kind of each line of a file, and whether it is understood."""
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [(o["kind"], is_line_right(o, await agent.parse_message(o["text"]))) for o in lines]


async def judge(model: Path, files: list[Path], misses: set[Path]) -> None:
    """Print a table for each file, and its misses where they may be read."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    for file in files:
        kinds: dict[str, list[bool]] = defaultdict(list)
        wrong = []
        for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            parsed = await agent.parse_message(line["text"])
            right = is_line_right(line, parsed)
            kinds[line["kind"]].append(right)
            if not right:
                best = parsed["intent_ranking"][:3]
                ranked = ", ".join(f"{r['name']} {r['confidence']:.2f}" for r in best)
                wrong.append(
                    f"  [{line['kind']}] {'+'.join(line['topics'] or line['one_of'])}"
                    f" ← {line['text']}  ({ranked})"
                )
        total = [right for each in kinds.values() for right in each]
        print(f"\n{file.name}: {sum(total)} of {len(total)} ({sum(total) / len(total):.3f})")
        for kind, rights in sorted(kinds.items()):
            print(f"  {kind:10} {sum(rights) / len(rights):.2f}  ({sum(rights)} of {len(rights)})")
        if file.resolve() in misses:
            print("\n".join(wrong))


def main() -> None:
    """Judge the model in models/, or the one given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "optfm.tar.gz")
    parser.add_argument("--misses", action="append", type=Path, default=[])
    asked = parser.parse_args()
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    files = [f.resolve() for f in asked.files] or sorted(ROOT.glob("tests/nlu/kinds_*.jsonl"))
    misses = {file.resolve() for file in asked.misses}
    model = asked.model.resolve()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    asyncio.run(judge(model, files, misses))


if __name__ == "__main__":
    main()
