"""`optfm llm …`: try the model, see what it cost."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from optfm.bootstrap import database, settings
from optfm.errors import Refused
from optfm.llm.gateway.cost import price_of
from optfm.llm.gateway.errors import BadAnswer, ModelError
from optfm.llm.gateway.task import Restore, Task
from optfm.llm.gateway.usage import By, usage
from optfm.llm.providers.models import BY_HAND, open_models

_BY: tuple[By, ...] = ("day", "purpose", "model")


@click.group()
def llm() -> None:
    """Языковая модель: проверить и посмотреть расход."""


@llm.command("ask")
@click.argument("question")
def ask(question: str) -> None:
    """Спросить настроенную модель (без фактов и проверки: только чтобы увидеть, что она жива)."""
    if not question.strip():
        raise Refused("вопрос пуст")
    configured = settings()
    with database(configured) as engine, open_models(configured, engine) as models:
        if models is None:
            raise Refused("модель не настроена: задайте AI_PROVIDER в .env")
        task = Task(
            purpose=BY_HAND,
            prompt_version="ask",
            system='Отвечай кратко, по-русски, объектом JSON: {"text": "…"}.',
            question=question,
            check=_any_text,
            max_tokens=300,
            json=True,  # the very call that a conversation makes
            cached=False,
        )
        try:
            click.echo(models.thread.wait(models.gateway.ask(task)))
        except ModelError as exc:
            raise Refused(f"модель не ответила ({exc.outcome}): {exc}") from exc


@llm.command("usage")
@click.option("--by", type=click.Choice(_BY), default="day", show_default=True)
def show_usage(by: By) -> None:
    """Показать расход: вызовы, токены, рубли."""
    configured = settings()
    zone = ZoneInfo(configured.timezone)
    with database(configured) as engine:
        lines = usage(engine, by=by, zone=zone)
    if not lines:
        click.echo("Вызовов не было.")
        return
    click.echo(f"{'':<32}{'вызовов':>9}{'ответов':>9}{'токенов':>10}{'рублей':>10}{'сек':>8}")
    for line in lines:
        name = line.name if by != "day" else f"{datetime.fromisoformat(line.name):%d.%m.%Y}"
        click.echo(
            f"{name:<32}{line.calls:>9}{line.answered:>9}{line.tokens:>10}"
            f"{line.cost_rub:>10.2f}{line.mean_s:>8.1f}"
        )
    if any(not price_of(m.provider, m.model).source for m in configured.models()):
        click.echo(
            "Рубли — оценка сверху: впишите цены своего договора в "
            "actions/optfm/llm/gateway/prices.yml."
        )


def _any_text(text: str, restore: Restore) -> str:
    said = restore(text).strip()
    if not said:
        raise BadAnswer("пустой ответ")
    return said
