"""What a bot needs and what of it is there: the questions `optfm doctor` asks."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from optfm.bootstrap import database
from optfm.catalog import revisions
from optfm.db.connection import reason
from optfm.errors import Refused
from optfm.processes.services import ACTIONS_PYTHON, RASA_PYTHON, answers
from optfm.processes.training import model_is_stale
from optfm.settings import ROOT, Settings


@dataclass(frozen=True, kw_only=True)
class Check:
    """One answer of the doctor."""

    subject: str
    passed: bool | None  #: None: not configured, and not needed
    words: str  #: what was found, or what is wrong and how to mend it
    needed: bool = True  #: whether the bot cannot serve without it


def checks(settings: Settings) -> Iterator[Check]:
    """Look at everything, in the order in which a start needs it."""
    yield _environments()
    yield _disk(settings)
    yield from _database(settings)
    yield _model()
    yield from _processes(settings)
    yield _weaviate(settings)
    yield Check(
        subject="Оповещения менеджеров",
        passed=None,
        words="не настроены: о новой заявке никто не узнает, смотрите optfm requests list",
    )


def _environments() -> Check:
    missing = [
        str(path.relative_to(ROOT)) for path in (RASA_PYTHON, ACTIONS_PYTHON) if not path.exists()
    ]
    words = f"нет {', '.join(missing)}: выполните make install" if missing else "оба на месте"
    return Check(subject="Окружения Python", passed=not missing, words=words)


def _disk(settings: Settings) -> Check:
    settings.optfm_var.mkdir(parents=True, exist_ok=True)
    free_mb = shutil.disk_usage(settings.optfm_var).free // 2**20
    return Check(subject="Место на диске", passed=free_mb >= 300, words=f"свободно {free_mb} МБ")


def _database(settings: Settings) -> Iterator[Check]:
    whose = "из DB_URL" if settings.db_url.get_secret_value() else "встроенный Postgres"
    try:
        with database(settings) as engine:
            yield Check(subject="База данных", passed=True, words=whose)
            active = revisions.active(engine)
    except (Refused, SQLAlchemyError) as exc:
        words = exc.message if isinstance(exc, Refused) else reason(exc)
        yield Check(subject="База данных", passed=False, words=f"{whose}: {words}")
        return
    if active is None:
        words = "нет: он загрузится при первом запуске, или optfm prices import FILE"
        yield Check(subject="Прайс-лист", passed=False, words=words, needed=False)
    else:
        words = f"№ {active.id} от {active.list_date:%d.%m.%Y}, позиций: {active.items}"
        yield Check(subject="Прайс-лист", passed=True, words=words)


def _model() -> Check:
    if model_is_stale():
        words = "нет или старее данных: обучится при запуске, или make train"
        return Check(subject="Модель Rasa", passed=False, words=words, needed=False)
    return Check(subject="Модель Rasa", passed=True, words="обучена")


def _processes(settings: Settings) -> Iterator[Check]:
    for name, port, path in (
        ("Rasa", settings.rasa_port, "/webhooks/rest/"),
        ("Сервер действий", settings.actions_port, "/health"),
    ):
        up = answers(f"http://127.0.0.1:{port}{path}")
        words = f"отвечает на порту {port}" if up else f"не запущен (порт {port}): make run"
        yield Check(subject=name, passed=up, words=words, needed=False)


def _weaviate(settings: Settings) -> Check:
    if not settings.weaviate_url:
        return Check(subject="Weaviate", passed=None, words="не настроен: поиск внутри бота")
    up = answers(f"{settings.weaviate_url}/v1/.well-known/ready")
    words = "отвечает" if up else f"не отвечает ({settings.weaviate_url}): поиск внутри бота"
    return Check(subject="Weaviate", passed=up, words=words, needed=False)
