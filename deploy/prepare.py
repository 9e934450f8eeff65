"""Hands the owner's .env to the containers, with keys that nobody has to think of.

`settings` of docker-compose.yml: what is made is made once and kept, and stands on volumes that
only those services read that need it: no secret is in an image, an inspect or a process list.

    /owner/.env (read) → /run/optfm/env           the bot's own programs
                         /run/optfm/made.json     what was made, for the next start
                         /run/postgres/password   the server of the data
                         /run/weaviate/key        profile weaviate
                         /run/monitoring/…        profile monitoring: who reads, who is told
"""

import json
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml
from dotenv import dotenv_values

#: The bot's own user in its images.
BOT = 10001
#: Prometheus', Alertmanager's and Grafana's images have users of their own: read by all in there.
_FOR_ALL = 0o444
_FOR_BOT = 0o400
_MADE = (
    "INTERNAL_TOKEN",
    "SESSION_KEYS",
    "METRICS_TOKEN",
    "WEAVIATE_API_KEY",
    "POSTGRES_PASSWORD",
    "GRAFANA_PASSWORD",
)


def settings(owner: Mapping[str, str], made: Mapping[str, str]) -> dict[str, str]:
    """What .env does not say and a container needs.

    :param owner: .env; what it sets is never changed.
    :param made: a value for each of `_MADE`.
    :returns: names and values to add, in a stable order.
    """
    profiles = {part.strip() for part in owner.get("COMPOSE_PROFILES", "").split(",")}
    added = {name: made[name] for name in ("INTERNAL_TOKEN", "SESSION_KEYS", "METRICS_TOKEN")}
    added["DB_URL"] = f"postgresql://optfm:{made['POSTGRES_PASSWORD']}@postgres:5432/optfm"
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


def alertmanager(owner: Mapping[str, str], token_file: str) -> dict[str, object]:
    """Who is told of an alert: a chat of Telegram (ALERTS_TELEGRAM_CHAT), else nobody but the page.

    :param token_file: where Alertmanager finds the bot's token.
    """
    receiver: dict[str, object] = {"name": "owner"}
    chat = owner.get("ALERTS_TELEGRAM_CHAT", "").strip()
    if chat and owner.get("TELEGRAM_BOT_TOKEN"):
        receiver["telegram_configs"] = [
            {
                "bot_token_file": token_file,
                "chat_id": int(chat),
                "api_url": owner.get("TELEGRAM_API_URL") or "https://api.telegram.org",
                "parse_mode": "",
                "message": "{{ range .Alerts }}{{ .Status }}: {{ .Annotations.summary }}\n"
                "{{ .Annotations.runbook }}\n{{ end }}",
            }
        ]
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


def main(owner_file: Path, run: Path) -> None:
    """Write everything.

    :param run: the folder of the volumes, /run in a container.
    """
    text = owner_file.read_text(encoding="utf-8")
    owner = {name: value or "" for name, value in dotenv_values(owner_file).items()}
    kept = run / "optfm" / "made.json"
    before = json.loads(kept.read_text()) if kept.exists() else {}
    made = {name: before.get(name) or secrets.token_urlsafe(32) for name in _MADE}
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
    receivers = alertmanager(owner, str(monitoring / "telegram-token"))
    _write(monitoring / "alertmanager.yml", yaml.safe_dump(receivers, allow_unicode=True), _FOR_ALL)


def _write(path: Path, text: str, mode: int) -> None:
    """Replace a file whole; a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(mode)
    if os.geteuid() == 0:
        os.chown(fresh, BOT, BOT)
    fresh.replace(path)


if __name__ == "__main__":
    try:
        main(Path("/owner/.env"), Path("/run"))
    except (OSError, ValueError) as exc:
        sys.exit(f"настройки контейнеров: {exc}")
    print("Настройки готовы.")
