"""Whether a call has the form that the Bot API wants; aiogram's models are the judge."""

import ipaddress
import json
import re
from typing import Any
from urllib.parse import urlsplit

from aiogram import methods, types
from aiogram.methods import TelegramMethod
from pydantic import ValidationError

from tests.peers.telegram.refusal import bad

_METHODS: dict[str, type[TelegramMethod[Any]]] = {
    cls.__api_method__.lower(): cls
    for name in methods.__all__
    if isinstance(cls := getattr(methods, name), type)
    and issubclass(cls, TelegramMethod)
    and isinstance(getattr(cls, "__api_method__", None), str)
}
_MARKUPS = {
    "inline_keyboard": types.InlineKeyboardMarkup,
    "keyboard": types.ReplyKeyboardMarkup,
    "remove_keyboard": types.ReplyKeyboardRemove,
    "force_reply": types.ForceReply,
}
_TAGS = frozenset(
    [
        "b",
        "strong",
        "i",
        "em",
        "u",
        "ins",
        "s",
        "strike",
        "del",
        "span",
        "tg-spoiler",
        "a",
        "tg-emoji",
        "code",
        "pre",
        "blockquote",
    ]
)
_TOKEN = re.compile(r"<(/?)([a-zA-Z-]*)((?:\s[^<>]*)?)>|&(#x?[0-9a-fA-F]+|\w+);|<", re.DOTALL)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def known(method: str) -> bool:
    """Whether the Bot API has such a method; its names are not case-sensitive."""
    return method.lower() in _METHODS


def decoded(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a form as JSON values: in a form, objects travel as JSON texts."""
    fields = _METHODS[method.lower()].model_fields
    values = {}
    for name, value in given.items():
        text_field = name in fields and fields[name].annotation in (str, str | None)
        if isinstance(value, str) and not text_field and name not in ("text", "caption"):
            try:
                values[name] = json.loads(value)
                continue
            except ValueError:
                pass
        values[name] = value
    return values


def check(method: str, params: dict[str, Any]) -> None:
    """Refuse what the real one would refuse, and what it would silently ignore, too.

    :param params: JSON values; files as texts.
    :raises Refusal: 400.
    """
    model = _METHODS[method.lower()]
    if unknown := set(params) - set(model.model_fields):
        raise bad(f"unknown fields {sorted(unknown)} (the peer is strict)")
    markup = params.get("reply_markup")
    try:
        model.model_validate(params)
        if markup is not None:
            _check_markup(markup)
    except ValidationError as exc:
        error = exc.errors()[0]
        where = ".".join(str(part) for part in error["loc"])
        raise bad(f"{where}: {error['msg']} (the peer is strict)") from exc


def check_update(update: dict[str, Any]) -> None:
    """An update of ours must be one."""
    types.Update.model_validate(update)


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parsed(text: str, mode: str | None, longest: int) -> tuple[str, list[dict[str, Any]]]:
    """A text without its marks, and the marks as entities.

    :raises Refusal: empty, too long, or marks that do not parse.
    """
    plain, entities = (text, []) if not mode else _parse_html(text, mode)
    if not plain.strip():
        raise bad("message text is empty")
    if units(plain) > longest:
        raise bad("message is too long")
    return plain, entities


def _parse_html(text: str, mode: str) -> tuple[str, list[dict[str, Any]]]:
    if mode != "HTML":
        raise bad(f"parse_mode {mode} is not played by this peer")
    plain, at, stack, entities = "", 0, [], []
    for found in _TOKEN.finditer(text):
        plain += text[at : found.start()]
        at = found.end()
        closing, tag, attributes, entity = found.groups()
        if entity:
            plain += _character(entity) or found[0]
        elif not tag:
            raise bad(f"can't parse entities: Unsupported start tag at byte offset {at}")
        elif tag.lower() not in _TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {at}')
        elif not closing:
            stack.append((tag.lower(), units(plain), attributes))
        else:
            if not stack or stack[-1][0] != tag.lower():
                raise bad(f"can't parse entities: Unexpected end tag at byte offset {at}")
            opened, offset, attributes = stack.pop()
            entities.append(_entity(opened, attributes, offset, units(plain) - offset))
    if stack:
        raise bad(f"can't parse entities: Can't find end tag corresponding to \"{stack[-1][0]}\"")
    return plain + text[at:], sorted(entities, key=lambda entity: entity["offset"])


def _character(entity: str) -> str:
    if entity.startswith("#"):
        return chr(int(entity[2:], 16) if entity[1:2] == "x" else int(entity[1:]))
    return _NAMED.get(entity, "")


def _entity(tag: str, attributes: str, offset: int, length: int) -> dict[str, Any]:
    kinds = {"strong": "b", "em": "i", "ins": "u", "strike": "s", "del": "s"}
    names = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "a": "text_link"}
    kind = names.get(kinds.get(tag, tag), kinds.get(tag, tag))
    entity: dict[str, Any] = {"type": kind, "offset": offset, "length": length}
    if link := re.search(r'href="([^"]*)"', attributes):
        entity["url"] = link[1].replace("&amp;", "&")
    return entity


def _check_markup(markup: object) -> None:
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    model = next((model for name, model in _MARKUPS.items() if name in markup), None)
    if model is None or (unknown := set(markup) - set(model.model_fields)):
        raise bad(f"reply markup is none: {markup if model is None else unknown}")
    model.model_validate(markup)
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_inline(button)
    for row in markup.get("keyboard", []):
        for button in row:
            if not (button if isinstance(button, str) else button.get("text")):
                raise bad("KEYBOARD_BUTTON_TEXT_EMPTY")


def _check_inline(button: dict[str, Any]) -> None:
    if unknown := set(button) - set(types.InlineKeyboardButton.model_fields):
        raise bad(f"inline keyboard button: unknown fields {sorted(unknown)}")
    if not button["text"].strip():
        raise bad("text buttons are unallowed: the text is empty")
    actions = [name for name in ("callback_data", "url", "web_app") if button.get(name)]
    if len(actions) != 1:
        raise bad("Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if url := button.get("url"):
        host = urlsplit(url).hostname or ""
        if url.startswith("tg://"):
            return
        if not url.startswith(("http://", "https://")) or _is_local(host):
            raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return "." not in host
