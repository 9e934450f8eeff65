"""What the worker watches for everybody: it is one program a database, with time to spare."""

import requests
from prometheus_client import CollectorRegistry
from sqlalchemy import Engine

from optfm.monitoring import Machine
from optfm.monitoring.probes import Probes, certificate_seconds_left
from optfm.settings import Settings


def watch(configured: Settings, engine: Engine, registry: CollectorRegistry) -> None:
    """Add disk, database, backups, certificate and Telegram to what a process shows."""
    folders = {
        "var": configured.optfm_var,
        "logs": configured.optfm_logs,
        "backups": configured.optfm_backups,
    }
    registry.register(Machine(engine, folders, month_limit_rub=configured.ai_monthly_rub))
    asked = {}
    if configured.public_url.startswith("https://"):
        asked["certificate_seconds_left"] = (
            "Until the site's certificate ends.",
            lambda: certificate_seconds_left(configured.public_url),
        )
    if configured.telegram_bot_token.get_secret_value():
        asked["telegram_up"] = (
            "Whether the Bot API answers and knows the bot.",
            lambda: float(telegram_answers(configured)),
        )
    probes = Probes(asked)
    registry.register(probes)
    probes.start()


def telegram_answers(configured: Settings) -> bool:
    """Whether the Bot API knows the bot, by the way that the bot itself goes."""
    token = configured.telegram_bot_token.get_secret_value()
    proxy = configured.telegram_proxy.get_secret_value()
    try:
        answer = requests.get(
            f"{configured.telegram_api_url}/bot{token}/getMe",
            proxies={"http": proxy, "https": proxy} if proxy else None,
            timeout=5,
        )
    except requests.RequestException:  # its words name the address, and the token is in it
        return False
    return answer.ok
