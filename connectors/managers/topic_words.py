"""What stands in a topic of the managers' group, as Telegram's HTML.

All that a customer wrote stands in quotations, escaped and in one line where it is a field: no
customer can write what looks like a line of the bot's.
"""

import html
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from connectors.managers.words import ManagerWords

Fields = Mapping[str, Any]

#: Telegram's limit is 4,096 UTF-16 units after its entities; some are kept for what is around.
LONGEST = 3_500
_LONGEST_TITLE = 120
_LONGEST_LINE = 300
_LONGEST_FIELD = 1_000


def plain(text: object, longest: int = _LONGEST_FIELD) -> str:
    """One line without invisible characters, escaped."""
    kept = "".join(
        c for c in str(text) if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c.isspace()
    )
    line = " ".join(kept.split())
    return html.escape(line if len(line) <= longest else line[: longest - 1] + "…", quote=False)


def quotation(text: str) -> str:
    """Somebody's words, as they are."""
    kept = "".join(
        c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c == "\n"
    )
    return f"<blockquote>{html.escape(kept, quote=False)}</blockquote>"


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """A text cut into parts that Telegram takes.

    :param longest: UTF-16 units of a part.
    """
    parts, part, length = list[str](), "", 0
    for char in text:
        size = 2 if ord(char) > 0xFFFF else 1
        if length + size > longest:
            parts.append(part)
            part, length = "", 0
        part, length = part + char, length + size
    return [*parts, part] if part or not parts else parts


class TopicWords:
    """Wording of topics.

    :param zone: the shop's time zone.
    """

    def __init__(self, words: ManagerWords, zone: ZoneInfo) -> None:
        self._words = words
        self._zone = zone

    def title(self, card: Fields) -> str:
        """Of a topic, not escaped: titles know no HTML."""
        if number := card.get("id"):
            title = self._words.say("card", "title_request", number=number, name=card["name"])
            title = f"{title}: {str(card['about']).splitlines()[0]}"
        else:
            channel = self._channel(card.get("channel"))
            title = self._words.say("card", "title_call", channel=channel)
        line = html.unescape(plain(title, _LONGEST_TITLE))
        return pieces(line, _LONGEST_TITLE)[0]

    def added(self, card: Fields, entry: Fields) -> str:
        """What joined a request later.

        :param entry: `added`, and the `dialog` and `channel` that it came by.
        """
        head = self._words.say("card", "added", number=card["id"])
        whole = f"{head}\n{quotation(pieces(entry['added'])[0])}"
        if entry["dialog"] == card["dialog"]:
            return whole
        channel = plain(self._channel(entry.get("channel")))
        return f"{whole}\n{self._words.say('card', 'elsewhere', channel=channel)}"

    def request(self, card: Fields) -> str:
        """A request: who wants what, what was said and shown.

        :param card: as the worker sends it (actions: leads.card.Card).
        """
        head = self._words.say("card", "request", number=card["id"])
        names = self._words.names("card")
        fields = [
            f"{names[field]}: <b>{plain(card[field])}</b>"
            for field in ("name", "phone", "reach_by", "email", "town")
            if card.get(field)
        ]
        fields.append(f"{names['channel']}: {plain(self._channel(card.get('channel')))}")
        about = f"{names['about']}:\n{quotation(plain_text(card['about']))}"
        if card.get("summary"):
            summary = quotation(html.unescape(plain(card["summary"], 400)))
            about = f"{about}\n{names['summary']}:\n{summary}"
        return self._whole(head, "\n".join(fields), about, card)

    def call(self, card: Fields, why: str) -> str:
        """A customer who wants a person and has left no contacts.

        :param why: `call`, `calm` or `failure`; `again`: the topic was deleted.
        """
        head = self._words.say("card", why)
        channel = (
            f"{self._words.names('card')['channel']}: {plain(self._channel(card.get('channel')))}"
        )
        said = quotation(plain_text(card["said"])) if card.get("said") else ""
        return self._whole(head, channel, said, card)

    def relayed(self, payload: Fields) -> list[str]:
        """What a customer wrote to a manager; [] where there are no words."""
        text = str(payload.get("text") or "")
        if not text:
            return []
        return [f"{self.header(payload)}\n{quotation(part)}" for part in pieces(text)]

    def header(self, payload: Fields) -> str:
        """The line above a customer's words or file."""
        channel = self._channel(payload.get("channel"))
        head = self._words.say("topic", "writes", channel=plain(channel))
        if payload.get("edited"):
            head = f"{head} {self._words.say('topic', 'edited')}"
        if quoted := payload.get("quoted"):
            head = f"{head}\n<blockquote>↪ {plain(quoted, 100)}</blockquote>"
        return head

    def _whole(self, head: str, fields: str, about: str, card: Fields) -> str:
        parts = [f"{head}\n{fields}", about, self._rows(card), self._said(card)]
        hint = self._words.say("card", "hint")
        whole = "\n\n".join(part for part in (*parts, hint) if part)
        if len(pieces(whole)) > 1:  # of what is long here the dialog says the least
            whole = "\n\n".join(part for part in (*parts[:3], hint) if part)
        return whole

    def _rows(self, card: Fields) -> str:
        rows: Sequence[Fields] = card.get("rows") or ()
        if not rows:
            return ""
        head = self._words.names("card")["rows"]
        if day := card.get("list_date"):
            when = datetime.fromisoformat(str(day)).strftime("%d.%m.%Y")
            head = f"{head} ({self._words.say('card', 'list_date', date=when)})"
        lines = [
            f"• {plain(row['name'], 150)}: {self._price(row['price'])}, {plain(row['code'], 40)}"
            for row in rows[:10]
        ]
        return "\n".join([f"{head}:", *lines])

    def _price(self, price: object) -> str:
        text = f"{float(str(price)):,.2f}".replace(",", " ").replace(".", ",").removesuffix(",00")
        return self._words.say("card", "price", price=text)

    def _said(self, card: Fields) -> str:
        lines: Sequence[Fields] = card.get("lines") or ()
        if not lines:
            return ""
        authors = self._words.names("authors")
        said = [
            f"{self._time(line['at'])} {authors.get(line['author'], '')}: "
            f"{plain(line['text'], _LONGEST_LINE if len(lines) < 6 else _LONGEST_LINE // 2)}"
            for line in lines
        ]
        body = "\n".join(said)
        return f"{self._words.names('card')['said']}:\n<blockquote expandable>{body}</blockquote>"

    def _time(self, at: object) -> str:
        moment = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
        return moment.astimezone(self._zone).strftime("%H:%M")

    def _channel(self, channel: object) -> str:
        return self._words.names("channels").get(str(channel), str(channel or ""))


def plain_text(text: object) -> str:
    """What a field said, line by line, not too long, not yet escaped."""
    lines = [html.unescape(plain(line)) for line in str(text).splitlines()]
    return pieces("\n".join(filter(None, lines)), _LONGEST_FIELD)[0]
