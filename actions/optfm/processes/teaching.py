"""Moves what `rasa interactive` wrote into the files of the topics it belongs to.

Rasa appends every example to one data/nlu.yml and writes domain.yml anew, without comments and
in an order of its own; our data has a file a topic, and a domain that people read.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

_INTENT = re.compile(r"^(\s*)- intent:\s*(\S+)\s*$")
_EXAMPLE = re.compile(r"^(\s+)- (.*\S)\s*$")


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What one conversation taught."""

    added: dict[str, int]  #: new examples by the intent they went to
    left: tuple[str, ...]  #: intents that no file has yet: their examples stay in data/nlu.yml


def file_by_topic(data: Path) -> Lesson:
    """Put the examples of `data/nlu.yml` into `data/nlu/<topic>.yml`, each once.

    :param data: the folder of the training data.
    :raises yaml.YAMLError: data/nlu.yml is not what Rasa writes.
    """
    learnt = data / "nlu.yml"
    if not learnt.exists():
        return Lesson(added={}, left=())
    blocks = yaml.safe_load(learnt.read_text(encoding="utf-8")).get("nlu") or []
    homes = _homes(data / "nlu")
    added: dict[str, int] = {}
    left = []
    for block in blocks:
        intent = block.get("intent", "")
        if intent not in homes:
            left.append(block)
            continue
        examples = [m[2] for m in map(_EXAMPLE.match, _indented(block["examples"])) if m]
        added[intent] = added.get(intent, 0) + _append(homes[intent], intent, examples)
    if left:
        text = yaml.safe_dump({"version": "3.1", "nlu": left}, allow_unicode=True, sort_keys=False)
        learnt.write_text(text, encoding="utf-8")
    else:
        learnt.unlink()
    return Lesson(added=added, left=tuple(block.get("intent", "?") for block in left))


def keep_layout(domain: Path, before: str) -> bool:
    """Give domain.yml its old text back if Rasa changed only how it is laid out.

    :param before: the text before the conversation.
    :returns: whether the domain itself is new, so that a person must look at the difference.
    """
    now = domain.read_text(encoding="utf-8")
    if now == before:
        return False
    if _meaning(now) != _meaning(before):
        return True
    domain.write_text(before, encoding="utf-8")
    return False


def _homes(folder: Path) -> dict[str, Path]:
    """The file of each intent."""
    homes: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := _INTENT.match(line):
                homes.setdefault(found[2], path)
    return homes


def _append(path: Path, intent: str, examples: list[str]) -> int:
    """Add what is not there yet below the last example of the intent."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if (m := _INTENT.match(line)) and m[2] == intent)
    end = start
    indent = "      "
    known = set()
    for i in range(start + 1, len(lines)):
        if _INTENT.match(lines[i]):
            break
        if found := _EXAMPLE.match(lines[i]):
            indent, end = found[1], i
            known.add(found[2])
    fresh = [text for text in dict.fromkeys(examples) if text not in known]
    lines[end + 1 : end + 1] = [f"{indent}- {text}" for text in fresh]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(fresh)


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]


def _meaning(text: str) -> dict[str, object]:
    """A domain without what is only layout: order, and the defaults that Rasa writes out."""
    domain = yaml.safe_load(text)
    return {
        "intents": {i if isinstance(i, str) else next(iter(i)) for i in domain.get("intents", [])},
        # Rasa lists the responses that it said among the actions.
        "actions": {a for a in domain.get("actions", []) if not a.startswith("utter_")},
        "responses": {
            name: [variant.get("text") for variant in variants]
            for name, variants in (domain.get("responses") or {}).items()
        },
        "slots": set(domain.get("slots") or {}),
        "forms": set(domain.get("forms") or {}),
    }
