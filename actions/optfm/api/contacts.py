"""Who a request is for, as another system tells it, with the proof of his consent."""

import uuid
from typing import Annotated

from pydantic import Field

from optfm.api.fields import Body, Line, Moment, Text
from optfm.api.problems import FieldError, Problem
from optfm.leads import Consent, Draft
from optfm.leads.contact import email as read_email
from optfm.leads.contact import phones


class ConsentIn(Body):
    """The proof that the customer agreed to the keeping of his data (152-FZ, article 9)."""

    given_at: Annotated[Moment, Field(description="Когда согласился")]
    wording: Annotated[Text, Field(description="Слова, которые ему были показаны")]
    version: Annotated[Line, Field(description="Версия этих слов у вас", examples=["site-2026-11"])]


class Contacts(Body):
    """Who it is for, and his consent."""

    name: Line
    phone: Annotated[Line | None, Field(examples=["8 910 000-00-00"])] = None
    email: Line | None = None
    about: Annotated[Text | None, Field(description="Чего он хочет")] = None
    town: Line | None = None
    consent: ConsentIn


def draft_of(body: Contacts, *, dialog: str | None, about: str) -> Draft:
    """A request to be submitted.

    :param dialog: None: one of its own.
    :raises Problem: neither a phone nor an address, or none that can be reached.
    """
    phone = _phone(body.phone) if body.phone else None
    email = _email(body.email) if body.email else None
    if phone is None and email is None:
        raise Problem("invalid", "Нужен телефон или почта.")
    consent = Consent(
        version=body.consent.version,
        wording=body.consent.wording,
        given_at=body.consent.given_at,
        channel="api",
        message_id=None,
    )
    return Draft(
        dialog=dialog or f"api:{uuid.uuid4().hex}",
        channel="api",
        name=body.name,
        phone=phone,
        email=email,
        about=about,
        town=body.town,
        consent=consent,
    )


def _phone(said: str) -> str:
    found = phones(said)
    if len(found) != 1:
        raise _wrong("phone", "нужен один телефон, например 8 910 000-00-00")
    return found[0]


def _email(said: str) -> str:
    found = read_email(said)
    if not found:
        raise _wrong("email", "нужен адрес почты, например name@example.ru")
    return found


def _wrong(field: str, message: str) -> Problem:
    return Problem("invalid", errors=[FieldError(where=f"body.{field}", message=message)])
