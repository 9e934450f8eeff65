"""The order of a request as a workbook, for whoever is told of the request."""

from sqlalchemy import Engine

from optfm.orders import offer, store

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How a supplement begins that is of the order (dialogue.sent_request, orders/telling.yml).
_OF_ORDER = "Заказ"


def workbook_of(engine: Engine, request_id: int, *, added: str = "") -> tuple[str, bytes] | None:
    """A name and a workbook; None where there is no order, or what was added is not of it.

    :param added: what joined the request after it was told of; "": the request is new.
    """
    if added and _OF_ORDER not in added:
        return None
    kept = store.of_request(engine, request_id)
    if kept is None:
        return None
    made = kept.updated.date()
    return f"Заказ {kept.id}.xlsx", offer.xlsx(kept.order, number=kept.id, made=made)
