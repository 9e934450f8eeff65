"""`rasa shell` as our customers' chats show it: texts, and buttons by their number.

Rasa's own prints the JSON of `custom` after each answer, and makes of buttons a menu that hides
the text. Put in place where a server gets its store of dialogs; a server without a terminal never
asks for it.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import questionary
import rasa.shared.utils.cli
from rasa.core.channels import console
from rasa.core.constants import DEFAULT_SERVER_URL

_STOP = "/stop"
_PATIENCE_S = 60.0
_PROMPT = "> "

Answer = dict[str, Any]


def install() -> None:
    """Let `rasa shell` talk so."""
    console.record_messages = talk


async def talk(
    sender_id: str,
    server_url: str = DEFAULT_SERVER_URL,
    auth_token: str = "",
    max_message_limit: int | None = None,
    use_response_stream: bool = True,
    request_timeout: int | None = None,
) -> int:
    """Rasa's `record_messages`: read what is typed and print what is said until `/stop`.

    :returns: how many messages were typed.
    """
    rasa.shared.utils.cli.print_success(
        f"Бот слушает. Кнопка — её номером, конец — {_STOP} или Ctrl-D."
    )
    typed, buttons = 0, list[Answer]()
    while max_message_limit is None or typed < max_message_limit:
        said = await _read()
        if said is None or said == _STOP:
            break
        if not said:
            continue
        typed += 1
        text, buttons = pressed(said, buttons), []
        async for answer in _answers(server_url, auth_token, sender_id, text, request_timeout):
            if shown := as_text(answer, first_button=len(buttons) + 1):
                print(shown, flush=True)
            buttons += answer.get("buttons") or []
    return typed


def pressed(said: str, buttons: list[Answer]) -> str:
    """What the bot is sent: a button's payload for its number, else what was typed."""
    if said.isdecimal() and 0 < int(said) <= len(buttons):
        return str(buttons[int(said) - 1]["payload"])
    return said


def as_text(answer: Answer, *, first_button: int = 1) -> str:
    """One message of the bot as a terminal shows it.

    :param first_button: the number of its first button: those of one turn are counted through.
    """
    lines = [str(answer[part]) for part in ("text", "image", "attachment") if answer.get(part)]
    lines += [
        f"  [{number}] {button['title']}"
        for number, button in enumerate(answer.get("buttons") or (), first_button)
    ]
    return "\n".join(lines)


async def _read() -> str | None:
    """A line; None at the end of the input."""
    if not sys.stdin.isatty():
        line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        return line.strip() if line else None
    try:
        typed = await questionary.text("", qmark=_PROMPT).ask_async()
    except EOFError:
        return None
    return None if typed is None else str(typed).strip()


async def _answers(
    server_url: str, token: str, sender: str, text: str, patience_s: int | None
) -> AsyncIterator[Answer]:
    url = f"{server_url}/webhooks/rest/webhook?stream=true&token={token}"
    timeout = aiohttp.ClientTimeout(patience_s or _PATIENCE_S)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        body = {"sender": sender, "message": text}
        async with session.post(url, json=body, raise_for_status=True) as response:
            async for line in response.content:
                if line.strip():
                    yield json.loads(line)
