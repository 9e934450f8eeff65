"""A request in words, for letters and CRM comments."""

from datetime import datetime

from common.money import price
from optfm.leads.card import Card

_CHANNELS = {
    "rest": "REST", "api": "API", "telegram": "Telegram", "socketio": "чат на сайте",
}  # fmt: skip
_AUTHORS = {"customer": "Клиент", "bot": "Бот", "manager": "Менеджер"}


def channel_words(channel: str) -> str:
    """A channel as people call it."""
    return _CHANNELS.get(channel, channel)


def headline(card: Card, *, added: bool = False) -> str:
    """One line: the number, who, and where from."""
    what = "Дополнение к заявке" if added else "Заявка"
    return f"{what} № {card.id}: {card.name}, {channel_words(card.channel)}"


def card_text(card: Card, *, added: str = "") -> str:
    """All of a request as plain lines.

    :param added: what joined it after it was told of; stands first.
    """
    contacts = [
        ("Имя", card.name),
        ("Телефон", card.phone),
        ("Связь", card.reach_by),
        ("Почта", card.email),
        ("Город", card.town),
    ]
    parts = [headline(card, added=bool(added))]
    if added:
        parts.append(f"Добавлено: {added}")
    parts.append("\n".join(f"{name}: {value}" for name, value in contacts if value))
    parts.append(f"Вопрос: {card.about}")
    if card.summary:
        parts.append(f"Коротко о диалоге (составила модель):\n{card.summary}")
    if card.rows:
        parts.append(_rows(card))
    if card.lines:
        parts.append("Последние сообщения:\n" + "\n".join(dialog_lines(card)))
    return "\n\n".join(parts)


def dialog_lines(card: Card) -> list[str]:
    """The dialog, a line a message."""
    return [
        f"{line.at:%d.%m %H:%M} {_AUTHORS.get(line.author, line.author)}: "
        f"{' '.join(line.text.split())}"
        for line in card.lines
    ]


def _rows(card: Card) -> str:
    when = ""
    if card.list_date:
        when = f" (прайс-лист от {datetime.fromisoformat(card.list_date):%d.%m.%Y})"
    rows = [
        f"  {row['name']}, {price(round(row['price'] * 100))}, код {row['code']}"
        + (f", {row['status']}" if row.get("status") else "")
        for row in card.rows
    ]
    return f"Показаны позиции{when}:\n" + "\n".join(rows)
