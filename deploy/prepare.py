"""Hands the owner's .env to the containers, with keys that nobody has to think of.

`settings` of docker-compose.yml: what is made is made once and kept, and stands on volumes that
only those services read that need it: no secret is in an image, an inspect or a process list.

    /owner/.env (read) → /run/optfm/env           the bot's own programs
                         /run/optfm/made.json     what was made, for the next start
                         /run/postgres/password   the server of the data
                         /run/weaviate/key        profile weaviate
                         /run/monitoring/…        profile monitoring: who reads, who is told
                         /run/data/…              volumes that it gives to the bot's user
"""

import json
import os
import re
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import yaml
from dotenv import dotenv_values

#: The bot's own user in its images.
BOT = 10001
#: Prometheus', Alertmanager's and Grafana's images have users of their own: read by all in there.
_FOR_ALL = 0o444
_FOR_BOT = 0o400
_STATE = '{{ if eq .Status "firing" }}Тревога{{ else }}Прошло{{ end }}'
_WORDS = (
    f"{{{{ range .Alerts }}}}{_STATE}: {{{{ .Annotations.summary }}}}\n"
    "{{ .Annotations.runbook }}\n{{ end }}"
)
_SUBJECT = f"Бот OptFM: {_STATE} ({{{{ .Alerts | len }}}})"
_MADE = (
    "INTERNAL_TOKEN",
    "METRICS_TOKEN",
    "WEAVIATE_API_KEY",
    "POSTGRES_PASSWORD",
    "GRAFANA_PASSWORD",
)
#: Made by earlier versions: what it signed is still believed. The bot itself makes a new shop's
#: key, where backups find it, so that chats of the site outlive a machine.
_MADE_BEFORE = ("SESSION_KEYS",)


def settings(owner: Mapping[str, str], made: Mapping[str, str]) -> dict[str, str]:
    """What .env does not say and a container needs.

    :param owner: .env; what it sets is never changed.
    :param made: a value for each of `_MADE`, and those of `_MADE_BEFORE` that there are.
    :returns: names and values to add, in a stable order.
    """
    profiles = {part.strip() for part in owner.get("COMPOSE_PROFILES", "").split(",")}
    kept = [name for name in _MADE_BEFORE if name in made]
    added = {name: made[name] for name in ("INTERNAL_TOKEN", "METRICS_TOKEN", *kept)}
    added["DB_URL"] = f"postgresql://optfm:{made['POSTGRES_PASSWORD']}@postgres:5432/optfm"
    if page := _page(owner):
        added["PUBLIC_URL"] = page
    if "weaviate" in profiles:
        added["WEAVIATE_URL"] = "http://weaviate:8080"
        added["WEAVIATE_API_KEY"] = made["WEAVIATE_API_KEY"]
    if "chroma" in profiles:
        added["CHROMA_URL"] = "http://chroma:8000"
        added["EMBEDDINGS_PROVIDER"] = "local"  # else there is nothing to hold
    if "scale" in profiles:
        added["REDIS_URL"] = "redis://redis:6379/0"
    if owner.get("AI_PROVIDER", "").lower() == "ollama" and "ollama" in profiles:
        added["AI_BASE_URL"] = "http://ollama:11434"
    return {name: value for name, value in added.items() if not owner.get(name)}


def _page(owner: Mapping[str, str]) -> str:
    """Where the proxy shows the bot's pages, the customers' consent among them; "": not known."""
    site = re.split(r"[,\s]+", owner.get("SITE_ADDRESS", "").strip())[0]
    if site and not site.startswith(":"):
        return site if "://" in site else f"https://{site}"
    if owner.get("TELEGRAM_MODE", "").lower() == "webhook":
        return ""  # Telegram does not reach this machine by this name: the bot asks for another
    return f"http://localhost:{(owner.get('HTTP_PORT') or '8080').rpartition(':')[2]}"


def alertmanager(owner: Mapping[str, str], secrets_at: Path) -> dict[str, object]:
    """Who is told of an alert: a chat (ALERTS_TELEGRAM_CHAT), a mailbox (ALERTS_EMAIL), or nobody.

    :param secrets_at: where Alertmanager finds the bot's token and the mail's password.
    :raises ValueError: a line for the owner: what is wrong.
    """
    receiver: dict[str, object] = {"name": "owner"}
    chat, mailbox = (
        owner.get(name, "").strip() for name in ("ALERTS_TELEGRAM_CHAT", "ALERTS_EMAIL")
    )
    if chat:
        receiver["telegram_configs"] = [_to_chat(owner, chat, secrets_at / "telegram-token")]
    if mailbox:
        receiver["email_configs"] = [_to_mailbox(owner, mailbox, secrets_at / "mail-password")]
    return {
        "route": {
            "receiver": "owner",
            "group_by": ["alertname"],
            "group_wait": "30s",
            "group_interval": "5m",
            "repeat_interval": "4h",
        },
        "receivers": [receiver],
        # One cause, one call: a bot that is down explains everything below.
        "inhibit_rules": [
            {
                "source_matchers": ['alertname="OptfmDown"'],
                "target_matchers": ['severity="warning"'],
            }
        ],
    }


def _to_chat(owner: Mapping[str, str], chat: str, token_file: Path) -> dict[str, object]:
    if not owner.get("TELEGRAM_BOT_TOKEN"):
        raise ValueError("ALERTS_TELEGRAM_CHAT: нужен и TELEGRAM_BOT_TOKEN, тревоги шлёт этот бот")
    if not re.fullmatch(r"-?\d+", chat):
        raise ValueError("ALERTS_TELEGRAM_CHAT: нужен номер чата, например -1001234567890")
    return {
        "bot_token_file": str(token_file),
        "chat_id": int(chat),
        "api_url": owner.get("TELEGRAM_API_URL") or "https://api.telegram.org",
        "parse_mode": "",
        "message": _WORDS,
        **_through(owner.get("TELEGRAM_PROXY", "")),
    }


def _through(proxy: str) -> dict[str, object]:
    return {"http_config": {"proxy_url": proxy}} if proxy else {}


def _to_mailbox(owner: Mapping[str, str], mailbox: str, password_file: Path) -> dict[str, object]:
    server = urlsplit(owner.get("SMTP_URL", ""))
    if not server.hostname:
        raise ValueError("ALERTS_EMAIL: нужен и SMTP_URL, сервер, через который уходит почта")
    implicit = server.scheme == "smtps"
    starttls = parse_qs(server.query, keep_blank_values=True).get("starttls", ["0"])[0]
    user = unquote(server.username or "")
    account = {"auth_username": user, "auth_password_file": str(password_file)} if user else {}
    return {
        "to": mailbox,
        # A mail service refuses whoever writes in another name than that of his account.
        "from": user if "@" in user else mailbox.split(",")[0].strip(),
        "smarthost": f"{server.hostname}:{server.port or (465 if implicit else 25)}",
        # Its word for STARTTLS; a port for TLS alone has TLS without it.
        "require_tls": not implicit and starttls in ("", "1", "true", "yes"),
        "headers": {"Subject": _SUBJECT},
        "html": "",
        "text": _WORDS,
        "send_resolved": True,
        **account,
    }


def main(owner_file: Path, run: Path) -> None:
    """Write everything.

    :param run: the folder of the volumes, /run in a container.
    """
    text = owner_file.read_text(encoding="utf-8")
    owner = {name: value or "" for name, value in dotenv_values(owner_file).items()}
    for volume in (run / "data").glob("*"):
        _give(volume)
    kept = run / "optfm" / "made.json"
    before = json.loads(kept.read_text()) if kept.exists() else {}
    made = {name: before.get(name) or secrets.token_urlsafe(32) for name in _MADE}
    made |= {name: before[name] for name in _MADE_BEFORE if name in before}
    _write(kept, json.dumps(made), _FOR_BOT)
    added = settings(owner, made)
    lines = "".join(f"{name}='{value}'\n" for name, value in added.items())
    _write(run / "optfm" / "env", f"{text.rstrip()}\n{lines}", _FOR_BOT)
    _write(run / "postgres" / "password", made["POSTGRES_PASSWORD"], _FOR_ALL)
    key = owner.get("WEAVIATE_API_KEY") or made["WEAVIATE_API_KEY"]
    _write(run / "weaviate" / "key", key, _FOR_ALL)
    monitoring = run / "monitoring"
    token = owner.get("METRICS_TOKEN") or made["METRICS_TOKEN"]
    _write(monitoring / "metrics-token", token, _FOR_ALL)
    _write(monitoring / "grafana-password", made["GRAFANA_PASSWORD"], _FOR_ALL)
    _write(monitoring / "telegram-token", owner.get("TELEGRAM_BOT_TOKEN", ""), _FOR_ALL)
    password = unquote(urlsplit(owner.get("SMTP_URL", "")).password or "")
    _write(monitoring / "mail-password", password, _FOR_ALL)
    receivers = alertmanager(owner, monitoring)
    _write(monitoring / "alertmanager.yml", yaml.safe_dump(receivers, allow_unicode=True), _FOR_ALL)


def _write(path: Path, text: str, mode: int) -> None:
    """Replace a file whole; a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(mode)
    _give(fresh)
    fresh.replace(path)


def _give(path: Path) -> None:
    """Make it the bot's user's."""
    if os.geteuid() == 0:
        os.chown(path, BOT, BOT)


if __name__ == "__main__":
    try:
        main(Path("/owner/.env"), Path("/run"))
    except (OSError, ValueError) as exc:
        sys.exit(f"настройки контейнеров: {exc}")
    print("Настройки готовы.")
