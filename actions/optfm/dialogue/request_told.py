"""What one message of the form tells, part by part: contacts, a town, refusals, wishes."""

import re
from dataclasses import dataclass, field, replace

from optfm.dialogue import request_corrections as corrections
from optfm.dialogue import request_words as words
from optfm.leads import Contact, is_first_name, read_contact
from optfm.leads.contact_words import contact_words
from optfm.leads.towns import names_a_town
from optfm.text.phrases import plain

_PARTS = re.compile(r"\s*[,;\n]+\s*|\.\s+|\s+и\s+(?=(?:без|нет)\s)")
_TOWN_WORDS = 3
_BEFORE_TOWN = re.compile(r"^(?:город|г)\b\.?\s*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A message taken apart."""

    contact: Contact
    town: str | None = None
    refused: frozenset[str] = frozenset()  #: fields that he has nothing for
    remarks: tuple[str, ...] = ()  #: of calls: «звонить после 18»
    subject: str = ""  #: what is left

    @property
    def reaches(self) -> bool:
        """Whether it holds a way to reach him."""
        return bool(self.contact.ways or self.contact.email)


@dataclass
class _Sorted:
    town: str | None = None
    refused: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    subject: list[str] = field(default_factory=list)


def told(text: str, *, asked: str = "") -> Told:
    """Take a message apart.

    :param asked: the field that is asked for: a bare «нет» is of it.
    """
    contact = read_contact(text)
    placed = contact.name if asked not in ("", "name") else None
    if placed and names_a_town(placed) and not is_first_name(placed):
        contact = replace(contact, name=None, town=placed)
    found = _Sorted(town=corrections.town(contact.town) if contact.town else None)
    reaches = bool(contact.ways or contact.email)
    for part in filter(None, (p.strip(" .!-–—") for p in _PARTS.split(contact.rest))):
        if refused(part) or not (reaches and _says_nothing(part)):
            _sort(part, asked, found)
    return Told(
        contact=contact,
        town=found.town,
        refused=frozenset(found.refused),
        remarks=tuple(found.remarks),
        subject=", ".join(found.subject),
    )


def _sort(part: str, asked: str, found: _Sorted) -> None:
    if fields := refused(part):
        found.refused |= fields
    elif asked and words.is_skip(part):
        found.refused.add(asked)
    elif place := None if found.town else _town(part, asked):
        found.town = place
    elif contact_words().of_calls.search(plain(part)) and "?" not in part:
        found.remarks.append(part)
    else:
        found.subject.append(part)


def _says_nothing(part: str) -> bool:
    """Whether words beside a contact only say that it is one: «у меня только», «в максе»."""
    if not words.beside_contacts(part):
        return True
    left = plain(part)
    for named in contact_words().messengers.values():
        left = named.sub(" ", left)
    return all(contact_words().beside.fullmatch(word) for word in left.split())


def refused(text: str) -> frozenset[str]:
    """The fields that a text says there is nothing for: «без почты», «телефона нет»."""
    if not words.lacks(text):
        return frozenset()
    low = plain(text)
    return frozenset(n for n, named in contact_words().fields.items() if named.search(low))


def _town(part: str, asked: str) -> str | None:
    marked = _BEFORE_TOWN.match(part) is not None
    if len(part.split()) > _TOWN_WORDS or not (marked or names_a_town(part)):
        return None
    if asked == "about" and not marked and len(part.split()) > 1:
        return None
    return corrections.town(part)
