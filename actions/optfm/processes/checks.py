"""What a bot needs and what of it is there: the questions `optfm doctor` asks."""

import contextlib
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from optfm.bootstrap import database
from optfm.catalog import revisions
from optfm.crm import crm_of
from optfm.db.connection import reason
from optfm.errors import Refused
from optfm.leads.consent import open_places
from optfm.llm.providers.readiness import check_models
from optfm.outbox.entries import undelivered
from optfm.processes.control import runs
from optfm.processes.loop_ages import loop_ages
from optfm.processes.notices import NOBODY_IS_TOLD
from optfm.processes.services import ACTIONS_PYTHON, RASA_PYTHON, answers
from optfm.processes.telegram_check import check_group, check_telegram
from optfm.processes.training import model_is_stale
from optfm.search.chroma.engine import answers as chroma_answers
from optfm.settings import ROOT, Settings
from optfm.worker.mail import check_mail
from optfm.worker.readiness import is_ready


@dataclass(frozen=True, kw_only=True)
class Check:
    """One answer of the doctor."""

    subject: str
    passed: bool | None  #: None: not configured, and not needed
    words: str  #: what was found, or what is wrong and how to mend it
    needed: bool = True  #: whether the bot cannot serve without it


def checks(settings: Settings) -> Iterator[Check]:
    """Look at everything, in the order in which a start needs it."""
    if not settings.rasa_url:  # else each part has a machine, or a container, of its own
        yield _environments()
    yield _disk(settings)
    yield from _database(settings)
    if not settings.rasa_url:
        yield _model()
    yield _consent()
    yield from _processes(settings)
    yield from _loops(settings)
    yield _weaviate(settings)
    yield _chroma(settings)
    yield _telegram(settings)
    if "request_topic" in settings.notices:
        passed, words = check_group(settings)
        yield Check(subject="Группа менеджеров", passed=passed, words=words, needed=False)
    yield from _models(settings)
    yield from _notices(settings)


def _environments() -> Check:
    missing = [
        str(path.relative_to(ROOT)) for path in (RASA_PYTHON, ACTIONS_PYTHON) if not path.exists()
    ]
    words = f"нет {', '.join(missing)}: выполните make install" if missing else "оба на месте"
    return Check(subject="Окружения Python", passed=not missing, words=words)


def _disk(settings: Settings) -> Check:
    free_mb = {}
    for what, folder in (("данные", settings.optfm_var), ("журналы", settings.optfm_logs)):
        folder.mkdir(parents=True, exist_ok=True)
        free_mb[what] = shutil.disk_usage(folder).free // 2**20
    words = ", ".join(f"{what}: свободно {free} МБ" for what, free in free_mb.items())
    return Check(subject="Место на диске", passed=min(free_mb.values()) >= 300, words=words)


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


def _consent() -> Check:
    """Warns of a template that no lawyer has filled in."""
    places = open_places()
    words = f"юрист ещё не заполнил мест: {places} (actions/optfm/leads/consent_texts)"
    return Check(
        subject="Текст согласия",
        passed=not places,
        words=words if places else "заполнен",
        needed=False,
    )


def _processes(settings: Settings) -> Iterator[Check]:
    start = _start_of(settings)
    for name, place, path in (
        ("Rasa", settings.rasa_server, "/webhooks/rest/"),
        ("Сервер действий", settings.action_server, "/health"),
        ("API и страницы сотрудников", settings.api_server, "/health"),
    ):
        up = answers(f"{place}{path}")
        words = f"отвечает ({place})" if up else f"не отвечает ({place}): {start}"
        yield Check(subject=name, passed=up, words=words, needed=False)


def _start_of(settings: Settings) -> str:
    """What brings a part back that does not answer."""
    if settings.rasa_url:
        return "docker compose ps"
    # Its launcher starts again what ended; what stands still makes room for a new generation.
    return "./optfm deploy" if runs(settings.optfm_var) else "make run"


def _loops(settings: Settings) -> Iterator[Check]:
    """Of every process that answers: whether its background loops go round."""
    places = {
        "Rasa": settings.rasa_server,
        "сервер действий": settings.action_server,
        "рассылка": _worker_of(settings),
        "API": settings.api_server,
    }
    for name, place in places.items():
        ages = loop_ages(f"{place}/metrics", settings.metrics_token.get_secret_value())
        late = [f"{loop} ({age_s:.0f} с)" for loop, age_s, is_late in ages if is_late]
        words = f"стоят: {', '.join(late)}; перезапустите" if late else f"идут: {len(ages)}"
        if ages:
            subject = f"Фоновые циклы, {name}"
            yield Check(subject=subject, passed=not late, words=words, needed=False)


def _weaviate(settings: Settings) -> Check:
    if not settings.weaviate_url:
        return Check(subject="Weaviate", passed=None, words="не настроен: поиск внутри бота")
    up = answers(f"{settings.weaviate_url}/v1/.well-known/ready")
    words = "отвечает" if up else f"не отвечает ({settings.weaviate_url}): поиск внутри бота"
    return Check(subject="Weaviate", passed=up, words=words, needed=False)


def _chroma(settings: Settings) -> Check:
    if not settings.chroma_url:
        return Check(subject="Chroma", passed=None, words="не настроена: вектора внутри бота")
    up = chroma_answers(settings.chroma_url)
    words = "отвечает" if up else f"не отвечает ({settings.chroma_url}): вектора внутри бота"
    return Check(subject="Chroma", passed=up, words=words, needed=False)


def _models(settings: Settings) -> Iterator[Check]:
    if not settings.models():
        words = "не настроена: ответы из вопросов-ответов и прайса, дальше контакты"
        yield Check(subject="Языковая модель", passed=None, words=words)
    for name, wrong in check_models(settings):
        words = wrong or f"{name} отвечает"
        yield Check(subject="Языковая модель", passed=not wrong, words=words, needed=False)


def _telegram(settings: Settings) -> Check:
    if not settings.telegram_bot_token.get_secret_value():
        return Check(subject="Telegram", passed=None, words="не настроен: TELEGRAM_BOT_TOKEN")
    passed, words = check_telegram(settings)
    return Check(subject="Telegram", passed=passed, words=words, needed=False)


def _worker(settings: Settings) -> Check:
    """A process that stands still has its number still."""
    up = is_ready(settings.optfm_var)
    hears = up and answers(f"{_worker_of(settings)}/health")
    words = "работает" if hears else f"не запущена, оповещения ждут: {_start_of(settings)}"
    if up and not hears:
        words = f"запущена, но не отвечает ({_worker_of(settings)}): {_start_of(settings)}"
    return Check(subject="Рассылка", passed=hears, words=words, needed=False)


def _worker_of(settings: Settings) -> str:
    near = "127.0.0.1" if settings.worker_host == "0.0.0.0" else settings.worker_host
    return f"http://{near}:{settings.worker_port}"


def _notices(settings: Settings) -> Iterator[Check]:
    if not settings.notices:
        yield Check(subject="Оповещения о заявках", passed=None, words=NOBODY_IS_TOLD)
    if settings.notify_email:
        wrong = check_mail(settings.smtp_url.get_secret_value())
        words = wrong or f"письма для {settings.notify_email}"
        yield Check(subject="Почта", passed=not wrong, words=words, needed=False)
    if crm := crm_of(settings):
        wrong = crm.check()
        words = wrong or f"{settings.crm_kind} отвечает"
        yield Check(subject="CRM", passed=not wrong, words=words, needed=False)
    yield _worker(settings)
    with contextlib.suppress(Refused, SQLAlchemyError), database(settings) as engine:
        counts = Counter(entry.status for entry in undelivered(engine))
        words = f"в очереди {counts['pending']}, не доставлено {counts['given_up']}"
        if counts["given_up"]:
            words = f"{words}: optfm outbox list"
        yield Check(
            subject="Очередь оповещений",
            passed=not counts["given_up"],
            words=words,
            needed=False,
        )
