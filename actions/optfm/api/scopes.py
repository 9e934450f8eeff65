"""What a key may be allowed to do."""

from enum import StrEnum


class Scope(StrEnum):
    """One right of a key; each operation needs exactly one."""

    SEARCH = "search"
    PRICES_READ = "prices:read"
    PRICES_WRITE = "prices:write"
    PRICES_ACTIVATE = "prices:activate"
    REQUESTS_READ = "requests:read"
    REQUESTS_WRITE = "requests:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    DIALOGS_READ = "dialogs:read"
    DIALOGS_WRITE = "dialogs:write"
    WATCHES_READ = "watches:read"
    WATCHES_WRITE = "watches:write"
    REPORTS_READ = "reports:read"
    PERSONS_EXPORT = "persons:export"
    PERSONS_ERASE = "persons:erase"
    WEBHOOKS = "webhooks"
    AUDIT_READ = "audit:read"
    EXCHANGE = "exchange"


#: For people: what each right is good for.
MEANINGS = {
    Scope.SEARCH: "искать в прайс-листе",
    Scope.PRICES_READ: "смотреть прайс-листы",
    Scope.PRICES_WRITE: "загружать прайс-листы",
    Scope.PRICES_ACTIVATE: "включать прайс-лист: откат и подтверждение задержанного",
    Scope.REQUESTS_READ: "читать заявки (с контактами)",
    Scope.REQUESTS_WRITE: "создавать и двигать заявки",
    Scope.ORDERS_READ: "читать заказы",
    Scope.ORDERS_WRITE: "создавать и двигать заказы",
    Scope.DIALOGS_READ: "читать диалоги",
    Scope.DIALOGS_WRITE: "писать в диалоги, передавать менеджеру и возвращать боту",
    Scope.WATCHES_READ: "читать подписки: чего ждут покупатели",
    Scope.WATCHES_WRITE: "подписывать покупателей на появление и цену и прекращать это",
    Scope.REPORTS_READ: "смотреть ненайденное и расход языковой модели",
    Scope.PERSONS_EXPORT: "выгружать всё об одном человеке",
    Scope.PERSONS_ERASE: "стирать всё об одном человеке",
    Scope.WEBHOOKS: "настраивать вебхуки",
    Scope.AUDIT_READ: "читать журнал обращений",
    Scope.EXCHANGE: "обмен с 1С (CommerceML)",
}
