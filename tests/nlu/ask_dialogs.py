"""Hold dialogs with a running bot over REST and judge each turn by what its answer must hold.

    .venv/bin/python tests/nlu/ask_dialogs.py [URL] [--misses] [--clock FILE] FILE…

A dialog (dialogs_*.jsonl, written without sight of the training data) has a kind, turns, and `now`
where its answers hang on the hour. A turn's text must match every pattern of `holds`, none of
`lacks`, and with `differs` be another one than before. Dialogs with `now` are held only with
`--clock`: a file from which the bot under test reads its time.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import uuid
from collections import defaultdict
from pathlib import Path
from typing import Any

import requests


def ask(url: str, sender: str, message: str) -> str:
    """The bot's texts of one turn, with one kind of space."""
    reply = requests.post(
        f"{url}/webhooks/rest/webhook", json={"sender": sender, "message": message}, timeout=60
    )
    reply.raise_for_status()
    said = "\n".join(part.get("text") or "" for part in reply.json())
    return re.sub(r"[^\S\n]", " ", said)


def wrong(turn: dict[str, Any], said: str, before: str) -> list[str]:
    """What a turn's answer lacks, or should not have said."""
    found = [f"нет «{p}»" for p in turn.get("holds", ()) if not re.search(p, said, re.I)]
    found += [f"есть «{p}»" for p in turn.get("lacks", ()) if re.search(p, said, re.I)]
    if said == before and said:
        found.append("то же, что перед этим")
    return found


def main() -> None:
    """Hold the dialogs, print the shares by kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:5005")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--clock", type=Path)
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    files = asked.files or sorted(Path(__file__).parent.glob("dialogs_*.jsonl"))
    for file in files:
        kinds: dict[str, list[bool]] = defaultdict(list)
        for dialog in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            if "now" in dialog and not asked.clock:
                continue
            if asked.clock:
                asked.clock.write_text(dialog.get("now", ""), encoding="utf-8")
            sender, before = uuid.uuid4().hex, ""
            for turn in dialog["turns"]:
                said = ask(asked.url, sender, turn["say"])
                misses = wrong(turn, said, before)
                kinds[dialog["kind"].split("-")[0]].append(not misses)
                if misses and asked.misses:
                    print(f"[{dialog['kind']}] {turn['say']} → {'; '.join(misses)}\n    {said}")
                before = said
        turns = [right for rights in kinds.values() for right in rights]
        if not turns:
            sys.exit(f"{file.name}: ни одного диалога")
        print(f"\n{file.name}: {sum(turns)} of {len(turns)} turns ({sum(turns) / len(turns):.3f})")
        for kind, rights in sorted(kinds.items()):
            print(f"  {kind:10} {sum(rights)} of {len(rights)}")


if __name__ == "__main__":
    main()
