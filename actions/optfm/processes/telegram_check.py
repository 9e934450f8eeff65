"""Whether Telegram knows the bot and reaches it: what `optfm doctor` asks."""

from typing import Any

import requests

from optfm.settings import Settings

_PATIENCE_S = 10.0


def check_telegram(settings: Settings) -> tuple[bool, str]:
    """Ask the Bot API who the bot is and how its updates come.

    :returns: whether all is well, and what was found or how to mend it; never the token.
    """
    try:
        me = _call(settings, "getMe")
        hook = _call(settings, "getWebhookInfo")
    except requests.RequestException as exc:
        # Its own words name the address, and the token is a part of it.
        return False, (
            f"не отвечает ({type(exc).__name__}): проверьте сеть, TELEGRAM_API_URL, TELEGRAM_PROXY"
        )
    except ValueError as exc:
        return False, str(exc)
    name = f"@{me.get('username')}"
    if settings.telegram_mode == "webhook":
        return _webhook(name, hook)
    if hook.get("url"):
        return True, f"{name}: опрос; старый вебхук будет снят при запуске"
    return True, f"{name}: опрос, ждёт сообщений: {hook.get('pending_update_count', 0)}"


def check_group(settings: Settings) -> tuple[bool, str]:
    """Ask whether the bot may make topics in the managers' group.

    :returns: as `check_telegram`.
    """
    chat_id = settings.telegram_managers_chat
    try:
        me = _call(settings, "getMe")
        chat = _call(settings, "getChat", chat_id=chat_id)
        bot = _call(settings, "getChatMember", chat_id=chat_id, user_id=me["id"])
    except requests.RequestException as exc:
        return False, f"Telegram не отвечает ({type(exc).__name__})"
    except ValueError as exc:
        return False, (
            f"TELEGRAM_MANAGERS_CHAT={chat_id}: {exc}; проверьте номер и добавьте бота в группу"
        )
    if chat.get("type") != "supergroup":
        return False, f"TELEGRAM_MANAGERS_CHAT={chat_id}: это не группа, нужна группа с темами"
    if not chat.get("is_forum"):
        return False, "в группе не включены темы (настройки группы → Темы)"
    rights = bot.get("status") == "creator" or bot.get("can_manage_topics")
    if not rights:
        return False, "сделайте бота администратором с правом «Управление темами»"
    return True, f"«{chat.get('title')}», темы включены"


def _webhook(name: str, hook: dict[str, Any]) -> tuple[bool, str]:
    if not hook.get("url"):
        return True, f"{name}: вебхук будет поставлен при запуске"
    if error := hook.get("last_error_message"):
        return False, f"{name}: вебхук не принимает сообщений: {error}"
    return True, f"{name}: вебхук, ждёт сообщений: {hook.get('pending_update_count', 0)}"


def _call(settings: Settings, method: str, **params: object) -> dict[str, Any]:
    """:raises ValueError: a refusal, in words for the owner."""
    token = settings.telegram_bot_token.get_secret_value()
    proxy = settings.telegram_proxy.get_secret_value()
    answer = requests.post(
        f"{settings.telegram_api_url.rstrip('/')}/bot{token}/{method}",
        json=params,
        timeout=_PATIENCE_S,
        proxies={"http": proxy, "https": proxy} if proxy else None,
    )
    if answer.status_code in (401, 404):
        raise ValueError("токен не подходит: возьмите новый у @BotFather")
    try:
        body = answer.json()
        if answer.status_code in (400, 403):
            raise ValueError(str(body.get("description")))
        result: dict[str, Any] = body["result"]
    except (requests.JSONDecodeError, KeyError) as exc:
        raise ValueError(f"ответ {answer.status_code}: это не Bot API") from exc
    return result
