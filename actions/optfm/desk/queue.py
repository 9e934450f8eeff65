"""Whom the staff see in the queue: who waits, whose dialogs these are, what is found by words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, text

from optfm.leads.waiting import waiting
from optfm.text.morphology import forms

Tab = Literal["waiting", "mine", "new", "all"]

#: A page of the queue.
PAGE = 50
#: Whoever has a dialog open says so this often; after twice as long he is gone.
PRESENT_S = 40
#: A search that takes longer is given up: the queue must not wait for it.
_SEARCH_MS = 3_000
_FOUND = 50
#: «Позовите человека» alone tells nobody what it is about: so many of his words are shown.
_SAID = 2

_MINE = """
SELECT external_id AS dialog FROM dialogs
WHERE mode = 'manager' AND manager = :name GROUP BY external_id LIMIT 500
"""
_MINE_OF_ALL = """
SELECT manager, count(DISTINCT external_id) FROM dialogs
WHERE mode = 'manager' AND manager IS NOT NULL GROUP BY manager
"""
_NEW = """
SELECT d.external_id AS dialog FROM requests r JOIN dialogs d ON d.id = r.dialog_id
WHERE r.status = 'new' ORDER BY r.id DESC LIMIT :limit
"""
# From the newest message back, as optfm/leads/dialog_list.py does it.
_ALL = """
SELECT e.sender_id AS dialog, e.id FROM events AS e
WHERE e.type_name IN ('user', 'bot') AND e.id < :before
    AND NOT EXISTS (SELECT FROM events AS later WHERE later.sender_id = e.sender_id
        AND later.type_name = 'user' AND later.id > e.id)
    AND NOT EXISTS (SELECT FROM events AS later WHERE later.sender_id = e.sender_id
        AND later.type_name = 'bot' AND later.id > e.id)
ORDER BY e.id DESC LIMIT :limit
"""
_ROWS = """
SELECT listed.dialog, state.channel, state.mode, state.manager, state.until,
    last.id AS last_id, last.at AS last_at, last.author AS last_author, last.text AS last_text,
    coalesce(last.channel, state.channel) AS said_in, asked.id AS asked_id,
    said.words AS said, request.id AS request, request.name, request.status, cart.total_kop,
    views.views
FROM unnest(CAST(:dialogs AS text[])) WITH ORDINALITY AS listed (dialog, place)
LEFT JOIN LATERAL (
    SELECT channel, mode, manager, until, id FROM dialogs WHERE external_id = listed.dialog
    ORDER BY mode DESC, id LIMIT 1
) AS state ON true
LEFT JOIN LATERAL (
    SELECT id, at, author, left(text, 300) AS text, channel FROM messages
    WHERE id = (SELECT max(id) FROM (VALUES
        ((SELECT max(id) FROM events WHERE sender_id = listed.dialog AND type_name = 'user')),
        ((SELECT max(id) FROM events WHERE sender_id = listed.dialog AND type_name = 'bot'))
    ) AS newest (id))
) AS last ON true
LEFT JOIN LATERAL (
    SELECT max(id) AS id FROM events WHERE sender_id = listed.dialog AND type_name = 'user'
) AS asked ON true
LEFT JOIN LATERAL (
    SELECT array_agg(left(text, 300) ORDER BY id) AS words FROM messages
    WHERE id = ANY(ARRAY(
        SELECT id FROM events WHERE sender_id = listed.dialog AND type_name = 'user'
        ORDER BY id DESC LIMIT :said
    ))
) AS said ON true
LEFT JOIN LATERAL (
    SELECT r.id, r.name, r.status FROM requests r
    WHERE r.dialog_id IN (SELECT id FROM dialogs WHERE external_id = listed.dialog)
    ORDER BY r.created_at DESC LIMIT 1
) AS request ON true
LEFT JOIN LATERAL (
    SELECT (SELECT sum((line ->> 'price_kop')::bigint * (line ->> 'quantity')::bigint)
        FROM jsonb_array_elements(o.body -> 'lines') AS line
        WHERE line ->> 'state' = 'sure' AND jsonb_typeof(line -> 'quantity') = 'number')
        AS total_kop
    FROM orders o WHERE o.dialog = listed.dialog ORDER BY o.id DESC LIMIT 1
) AS cart ON true
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(v.staff_id, staff.name, v.read_id,
            v.at > now() - make_interval(secs => :present)) ORDER BY staff.name) AS views
    FROM staff_views v JOIN staff ON staff.id = v.staff_id WHERE v.dialog = listed.dialog
) AS views ON true
ORDER BY listed.place
"""
_BY_WORDS = """
SELECT sender_id AS dialog, id AS event_id FROM (
    SELECT DISTINCT ON (sender_id) sender_id, id FROM (
        SELECT sender_id, id FROM events
        WHERE type_name IN ('user', 'bot') AND event_words(data) @@ CAST(:words AS tsquery)
        ORDER BY id DESC LIMIT 2000
    ) AS said ORDER BY sender_id, id DESC
) AS newest ORDER BY id DESC LIMIT :limit
"""
_BY_CONTACT = """
SELECT d.external_id AS dialog FROM requests r JOIN dialogs d ON d.id = r.dialog_id
WHERE (:number > 0 AND r.id = :number)
    OR (CAST(:phone_end AS text) <> '' AND reverse(r.phone) LIKE :phone_end || '%')
    OR (CAST(:words AS text) <> ''
        AND contact_words(r.name, r.about, r.town) @@ CAST(:words AS tsquery))
    OR (CAST(:mail AS text) <> '' AND lower(r.email) = :mail)
ORDER BY r.id DESC LIMIT :limit
"""
_HEADLINES = """
SELECT id, ts_headline('russian', left(text, 20000), CAST(:words AS tsquery),
    'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxWords=18, MinWords=6') AS headline
FROM messages WHERE id = ANY(CAST(:ids AS bigint[]))
"""

#: So many words of a search are looked for; so long a beginning stands for a word.
_WORDS, _SHORTEST_BEGINNING = 12, 3
# A word as it is, or any of its forms: Snowball cuts «дисплеи» and «дисплеев» differently.
_LEXEMES = """
SELECT '(' || concat_ws(' | ', nullif(CAST(plainto_tsquery('russian', word) AS text), ''),
    (SELECT string_agg(quote_literal(lexeme), ' | ')
        FROM unnest(tsvector_to_array(to_tsvector('russian', form))) AS lexeme)) || ')' AS part
FROM unnest(CAST(:words AS text[]), CAST(:forms AS text[])) WITH ORDINALITY AS said (word, form, n)
WHERE numnode(plainto_tsquery('russian', word)) > 0
ORDER BY n
"""


class View(NamedTuple):
    """How one of the staff knows a dialog."""

    staff_id: int
    name: str
    read_id: int  #: the last message that he has read
    is_here: bool  #: he has it open


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A dialog as the queue shows it: to everybody, or `seen_by` one of the staff."""

    dialog: str  #: Rasa's sender id
    channel: str | None
    mode: str  #: "bot" or "manager": who speaks
    manager: str | None  #: who has it; None in mode "manager": he was called, nobody has come
    until: datetime | None  #: after this the bot speaks again
    last_id: int | None
    last_at: datetime | None
    last_author: str | None  #: "customer", "bot" or "manager"
    last_text: str | None
    asked_id: int  #: of the customer's last message; 0: none
    views: tuple[View, ...]
    name: str | None  #: as he gave it with his last request
    request: int | None
    status: str | None  #: of that request
    total_kop: int | None  #: of his last order's sure lines
    said: tuple[str, ...]  #: the last words of the customer's, the newest at the end
    waits_since: datetime | None = None
    headline: str | None = None  #: what was found, the words between \2 and \3
    unread: bool = False  #: the customer has written since he looked
    viewers: tuple[str, ...] = ()  #: his colleagues who have it open

    def seen_by(self, staff_id: int) -> "Row":
        """As one of the staff sees it."""
        read = next((view.read_id for view in self.views if view.staff_id == staff_id), 0)
        unread = self.mode == "manager" and self.asked_id > read
        others = tuple(v.name for v in self.views if v.is_here and v.staff_id != staff_id)
        return replace(self, unread=unread, viewers=others) if unread or others else self


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many stand in the tabs; «all» is not counted."""

    waiting: int
    mine: Mapping[str, int]  #: by the manager's name
    new: int

    def of(self, name: str) -> dict[Tab, int]:
        """As one of the staff sees them."""
        return {"waiting": self.waiting, "mine": self.mine.get(name, 0), "new": self.new}


def listed(
    connection: Connection, tab: Tab, *, name: str, before: int = 2**62
) -> tuple[list[Row], Counts, int | None]:
    """A page of a tab, as everybody may see it.

    :param name: whose dialogs «mine» are.
    :param before: of «all»: the last message has a smaller number.
    :returns: the rows, how many stand in each tab, and what the next page is `before`; None: there
        is none.
    """
    since = {w.dialog: w.since for w in waiting(connection)}
    counts = _counts(connection, len(since))
    if tab == "waiting":
        # All of them, not a page: nobody who waits may be out of sight.
        return rows(connection, list(since), since=since), counts, None
    if tab == "all":
        found = connection.execute(text(_ALL), {"before": before, "limit": PAGE + 1}).all()
        dialogs = [row.dialog for row in found[:PAGE]]
        shown = rows(connection, dialogs, since=since)
        return shown, counts, found[PAGE - 1].id if len(found) > PAGE else None
    query = _MINE if tab == "mine" else _NEW
    values = {"name": name, "limit": 2 * PAGE}
    dialogs = list(dict.fromkeys(connection.execute(text(query), values).scalars()))
    shown = rows(connection, dialogs, since=since)
    if tab == "mine":
        shown.sort(key=lambda row: -(row.last_id or 0))
    return shown, counts, None


def counts(connection: Connection) -> Counts:
    """How many stand in the tabs."""
    return _counts(connection, len(waiting(connection)))


def _counts(connection: Connection, waiting: int) -> Counts:
    mine = connection.execute(text(_MINE_OF_ALL)).all()
    new = connection.execute(text("SELECT count(*) FROM requests WHERE status = 'new'"))
    return Counts(waiting=waiting, mine={m: n for m, n in mine}, new=new.scalar_one())


def rows(
    connection: Connection, dialogs: Sequence[str], *, since: dict[str, datetime] | None = None
) -> list[Row]:
    """What the queue shows of dialogs, in their order.

    :param since: when those that wait began to.
    """
    values = {"dialogs": list(dialogs), "present": PRESENT_S, "said": _SAID}
    found = connection.execute(text(_ROWS), values).mappings()
    return [_row(row, (since or {}).get(row["dialog"])) for row in found]


def search(connection: Connection, typed: str) -> list[Row]:
    """Dialogs by a phone, a name, words in any form, a code, a request's number.

    :returns: those that a contact names first, then the newest messages.
    :raises OperationalError: it took too long.
    """
    connection.execute(text(f"SET LOCAL statement_timeout = {_SEARCH_MS}"))
    words = query_of(connection, typed)
    asked = {**_contacts(typed), "words": words, "limit": _FOUND}
    dialogs = list(connection.execute(text(_BY_CONTACT), asked).scalars())
    said = connection.execute(text(_BY_WORDS), asked).all() if words else []
    events = {row.dialog: row.event_id for row in said}
    since = {w.dialog: w.since for w in waiting(connection)}
    ordered = list(dict.fromkeys([*dialogs, *events]))[:_FOUND]
    lines = connection.execute(
        text(_HEADLINES), {"ids": list(events.values()), "words": words}
    ).all() if events else []  # fmt: skip
    headlines = {line.id: line.headline for line in lines}
    found = rows(connection, ordered, since=since)
    return [_with_headline(row, headlines.get(events.get(row.dialog, 0))) for row in found]


def query_of(connection: Connection, typed: str) -> str:
    """What somebody typed as Postgres' tsquery: all words in any form, the last one maybe begun."""
    said = re.findall(r"[^\W_]+(?:[-./][^\W_]+)*", typed.lower().replace("ё", "е"))[:_WORDS]
    if not said:
        return ""
    values = {"words": said, "forms": [" ".join(forms(word)) for word in said]}
    parts = [row.part for row in connection.execute(text(_LEXEMES), values) if row.part]
    if said[-1].isalnum() and len(said[-1]) >= _SHORTEST_BEGINNING:
        begun = f"'{said[-1]}':*"
        if len(parts) == len(said):
            parts[-1] = f"({parts[-1]} | {begun})"
        else:
            parts.append(begun)
    return " & ".join(parts)


def _contacts(typed: str) -> dict[str, Any]:
    digits = re.sub(r"\D", "", typed)
    is_phone = len(digits) >= 4 and not re.search(r"[^\d\s()+.-]", typed)
    if len(digits) == 11 and digits[0] in "78":
        digits = digits[1:]
    number = re.fullmatch(r"\s*(?:№|#|заявка|заявки)?\s*№?\s*(\d{1,12})\s*", typed.lower())
    return {
        "number": int(number[1]) if number else 0,
        "phone_end": digits[::-1] if is_phone else "",
        "mail": typed.strip().lower() if "@" in typed else "",
    }


def _row(row: Any, since: datetime | None) -> Row:  # noqa: ANN401 - a row mapping
    return Row(
        dialog=row["dialog"], channel=row["said_in"], mode=row["mode"] or "bot",
        manager=row["manager"], until=row["until"], last_id=row["last_id"],
        asked_id=row["asked_id"] or 0, last_at=row["last_at"],
        last_author=row["last_author"], last_text=row["last_text"],
        views=tuple(View(*view) for view in row["views"] or ()), name=row["name"],
        request=row["request"], status=row["status"], total_kop=row["total_kop"],
        said=tuple(filter(None, row["said"] or ())), waits_since=since,
    )  # fmt: skip


def _with_headline(row: Row, headline: str | None) -> Row:
    return replace(row, headline=headline) if headline else row
