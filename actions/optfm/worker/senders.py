"""Who delivers which kind of entry, by what is configured."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from optfm.crm import Crm, crm_of
from optfm.db.tables import outbox
from optfm.events.addresses import Allowed
from optfm.events.delivering import Webhooks
from optfm.leads.card import Card, card
from optfm.leads.requests import keep_crm_id
from optfm.leads.words import card_text
from optfm.outbox.entries import Entry, Later, Never, Sender, enqueue
from optfm.settings import Settings
from optfm.worker import pushing, unanswered
from optfm.worker.held_lists import tell_of_held_list
from optfm.worker.mail import send_line, send_mail
from optfm.worker.order_files import workbook_of
from optfm.worker.rasa_server import RasaServer

#: What the channels deliver: topics of the managers' group, words to customers.
_IN_CHANNELS = (
    "request_topic",
    "call_topic",
    "relay",
    "customer",
    "topic_note",
    "erase_topic",
    "group_note",
)


def senders(
    settings: Settings, engine: Engine, summarised: Callable[[Card], Card] = lambda card: card
) -> Mapping[str, Sender]:
    """The senders of this worker, by kind.

    :param summarised: adds what a language model makes of the dialog, if one does.
    """
    zone = ZoneInfo(settings.timezone)
    rasa = RasaServer(settings, engine, summarised)
    known: dict[str, Sender] = {kind: rasa.deliver for kind in _IN_CHANNELS}
    known["webhook"] = Webhooks(engine, Allowed(settings.webhook_inner_list)).deliver
    ways = {"request_topic": "group_note", "request_email": "staff_email"}
    staff = tuple(way for notice, way in ways.items() if notice in settings.notices)
    known["list_held"] = partial(tell_of_held_list, engine, staff)
    if settings.notify_email:
        known[unanswered.KIND] = lambda entry: unanswered.send(settings, entry)
        known["staff_email"] = lambda entry: send_line(
            settings.smtp_url.get_secret_value(),
            settings.notify_email,
            entry.payload["subject"],
            entry.payload["text"],
            key=entry.key,
        )
        known["request_email"] = lambda entry: _to_mail(settings, engine, entry, summarised)
    if settings.push_private_key.get_secret_value():
        known[pushing.KIND] = pushing.pushes(settings, engine).deliver
    if crm := crm_of(settings):
        known["request_crm"] = lambda entry: _to_crm(crm, engine, entry, zone, summarised)
        known["erase_crm"] = lambda entry: _erased(crm, entry)
    return known


def _to_mail(
    settings: Settings, engine: Engine, entry: Entry, summarised: Callable[[Card], Card]
) -> Mapping[str, Any]:
    request, added = (
        _card(engine, entry, ZoneInfo(settings.timezone)),
        entry.payload.get("added", ""),
    )
    return send_mail(
        settings.smtp_url.get_secret_value(),
        settings.notify_email,
        summarised(request),
        key=entry.key,
        added=added,
        workbook=workbook_of(engine, request.id, added=added),
    )


def _card(engine: Engine, entry: Entry, zone: ZoneInfo) -> Card:
    found = card(engine, entry.request_id, zone) if entry.request_id else None
    if found is None:
        raise Never("заявки больше нет")
    return found


def _to_crm(
    crm: Crm, engine: Engine, entry: Entry, zone: ZoneInfo, summarised: Callable[[Card], Card]
) -> Mapping[str, Any]:
    request = _card(engine, entry, zone)
    added = entry.payload.get("added")
    if added and request.crm_id:
        crm.comment(request.crm_id, card_text(request, added=added), key=entry.key)
        return {"crm_id": request.crm_id}
    if added and _lead_is_on_its_way(engine, request.id):
        raise Later("заявки ещё нет в CRM", after_s=5)
    crm_id = crm.add(summarised(request), key=entry.key)  # whole, with what was added
    with engine.begin() as connection:
        if not keep_crm_id(connection, request.id, crm_id):  # erased while it was told
            enqueue(connection, "erase_crm", key=f"erase_crm {crm_id}", payload={"crm_id": crm_id})
    return {"crm_id": crm_id}


def _lead_is_on_its_way(engine: Engine, request_id: int) -> bool:
    key = f"request_crm {request_id} new"
    with engine.connect() as connection:
        status = connection.execute(
            select(outbox.c.status).where(outbox.c.key == key)
        ).scalar_one_or_none()
    return status == "pending"


def _erased(crm: Crm, entry: Entry) -> Mapping[str, Any]:
    text = "Клиент отозвал согласие: удалите его персональные данные (152-ФЗ)."
    crm.comment(entry.payload["crm_id"], text, key=entry.key)
    return {"crm_id": entry.payload["crm_id"]}
