"""Ten little dialogs with a server that no customer has met yet."""

import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import requests
import yaml
from sqlalchemy import Engine, text

from optfm.catalog import revisions
from optfm.search.query_log import MOMENT_S

_DIALOGS = Path(__file__).with_name("smoke.yml")
_PATIENCE_S = 30.0
#: Letters of a name that says enough to be found by it.
_USUAL_NAME = 45
#: Of senders that are no customers; their dialogs are removed.
_PREFIX = "smoke-"


def smoke(rasa: str, engine: Engine) -> list[str]:
    """Hold the dialogs of smoke.yml.

    :param rasa: the server's address.
    :param engine: the shop's database: a row of its active list is asked for.
    :returns: what went wrong, a line each; empty: all is well.
    """
    row = _a_row(engine)
    dialogs = yaml.safe_load(_DIALOGS.read_text(encoding="utf-8"))
    try:
        return [fault for dialog in dialogs if (fault := _hold(rasa, dialog, row))]
    finally:
        time.sleep(2 * MOMENT_S)  # what is written aside has been written then
        _forget(engine)


def _hold(rasa: str, dialog: Mapping[str, Any], row: Mapping[str, str] | None) -> str:
    """One dialog; "" where it went well."""
    sender = f"{_PREFIX}{uuid.uuid4().hex}"
    for turn in dialog["turns"]:
        if row is None and turn["must"] == "row":
            return ""  # a shop without a list
        asked = str(turn["say"]).format(**(row or {}))
        try:
            said = _ask(rasa, sender, asked)
        except (requests.RequestException, ValueError) as exc:
            return f"{dialog['title']}: нет ответа ({type(exc).__name__})"
        if not _is_met(turn["must"], said, row):
            words = " ".join(str(part.get("text", "")) for part in said)[:200]
            return f"{dialog['title']}: на «{asked}» отвечено «{words}»"
    return ""


def _ask(rasa: str, sender: str, message: str) -> Sequence[Mapping[str, Any]]:
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(
            f"{rasa}/webhooks/rest/webhook",
            json={"sender": sender, "message": message},
            timeout=_PATIENCE_S,
        )
    answer.raise_for_status()
    return list(answer.json())


def _is_met(must: str, said: Sequence[Mapping[str, Any]], row: Mapping[str, str] | None) -> bool:
    custom = [part.get("custom") or {} for part in said]
    if must == "form":
        return any(part.get("form", {}).get("field") for part in custom)
    if must == "row" and row is not None:
        shown = [shown for part in custom for shown in part.get("rows", ())]
        return any(row["code"] in (one.get("code"), *one.get("codes", ())) for one in shown)
    words = " ".join(str(part.get("text", "")) for part in said)
    return bool(words.strip()) and "не получилось ответить" not in words


def _a_row(engine: Engine) -> Mapping[str, str] | None:
    """A row whose code and name no other row shares."""
    if (active := revisions.active(engine)) is None:
        return None
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "SELECT min(code) AS code, name FROM price_rows"
                " WHERE list_id = :list AND NOT is_group AND price IS NOT NULL AND code <> ''"
                " GROUP BY name HAVING count(*) = 1 ORDER BY abs(length(name) - :usual), name"
                " LIMIT 1"
            ),
            {"list": active.id, "usual": _USUAL_NAME},
        ).one_or_none()
    return None if found is None else {"code": found.code, "name": found.name}


def _forget(engine: Engine) -> None:
    with engine.begin() as connection:
        for table, column in (
            ("events", "sender_id"),
            ("dialogs", "external_id"),
            ("price_searches", "dialog"),
        ):
            connection.execute(
                text(f"DELETE FROM {table} WHERE {column} LIKE :those"), {"those": f"{_PREFIX}%"}
            )
