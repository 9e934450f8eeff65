"""Dialogs with the request form, written before the form was seen to answer them."""

import json
import re
import uuid
from typing import Any

from conftest import ROOT, Bot

_DIALOGS = ROOT / "tests" / "system" / "forms.jsonl"
#: 41 of 44 when they were first held after the form was mended.
_LEAST = 0.9


def test_the_form_keeps_what_was_said(bot: Bot):
    """Contacts in any shape, corrections, asides, letting go, and talk after sending."""
    dialogs = [json.loads(line) for line in _DIALOGS.read_text(encoding="utf-8").splitlines()]
    wrong = [found for dialog in dialogs if (found := _wrong(bot, dialog))]
    assert len(wrong) <= (1 - _LEAST) * len(dialogs), wrong


def _wrong(bot: Bot, dialog: dict[str, Any]) -> list[str]:
    """What the answers of a dialog lack, or should not have said."""
    customer, whole, wrong = uuid.uuid4().hex, "", []
    for turn in dialog["turns"]:
        said = re.sub(r"[^\S\n]", " ", bot.text(turn["say"], customer))
        whole += f"\n{said}"
        wrong += [f"{turn['say']}: нет «{p}»" for p in turn.get("holds", ()) if not _in(p, said)]
        wrong += [f"{turn['say']}: есть «{p}»" for p in turn.get("lacks", ()) if _in(p, said)]
    return wrong + [f"нигде нет «{p}»" for p in dialog.get("ever", ()) if not _in(p, whole)]


def _in(pattern: str, said: str) -> bool:
    return re.search(pattern, said, re.IGNORECASE) is not None
