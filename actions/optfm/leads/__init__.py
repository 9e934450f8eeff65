"""What customers leave for a manager: contacts, the consent to keep them, requests."""

from optfm.leads.consent import Consent, document, wording
from optfm.leads.contact import Contact, email, is_first_name, person_name, phones, read_contact
from optfm.leads.requests import Draft, Request, list_requests, submit

__all__ = [
    "Consent",
    "Contact",
    "Draft",
    "Request",
    "document",
    "email",
    "is_first_name",
    "list_requests",
    "person_name",
    "phones",
    "read_contact",
    "submit",
    "wording",
]
