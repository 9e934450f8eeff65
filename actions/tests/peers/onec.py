"""A 1C that pushes its list, as strict as the real one: it stops at any answer it does not know.

The steps and their answers: v8.1c.ru, «Протокол обмена с сайтом».
"""

import io
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import httpx


class Stopped(Exception):
    """1C ended the exchange: the site answered `failure`, or something that is no answer."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A good of the 1C."""

    id: str
    code: str
    name: str
    price: float
    group: str = "g1"
    stock: float | None = 5
    feature: str = ""


GROUPS = {"g1": ("Дисплеи", None), "g2": ("Дисплеи Apple", "g1"), "g3": ("Кабели", None)}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация'
    ' xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="{version}" ДатаФормирования="2026-11-29">'
)


def import_xml(items: Sequence[Item], *, changes: bool = False, version: str = "2.08") -> bytes:
    """The catalogue: groups and goods."""
    return b"".join(_import_parts(items, changes=changes, version=version))


def _import_parts(items: Sequence[Item], *, changes: bool, version: str) -> Iterator[bytes]:
    yield _HEAD.format(version=version).encode()
    yield f"<Классификатор><Ид>c</Ид>{_groups(None)}</Классификатор>".encode()
    only = str(changes).lower()
    yield f'<Каталог СодержитТолькоИзменения="{only}"><Ид>k</Ид><Товары>'.encode()
    for item in {item.id: item for item in items}.values():
        yield (
            f"<Товар><Ид>{item.id}</Ид><Артикул>A-{item.code}</Артикул>"
            f"<Наименование>{escape(item.name)}</Наименование>"
            f"<Группы><Ид>{item.group}</Ид></Группы><ЗначенияРеквизитов><ЗначениеРеквизита>"
            f"<Наименование>Код</Наименование><Значение>{item.code}</Значение>"
            "</ЗначениеРеквизита></ЗначенияРеквизитов></Товар>"
        ).encode()
    yield "</Товары></Каталог></КоммерческаяИнформация>".encode()


def _groups(parent: str | None) -> str:
    inside = "".join(
        f"<Группа><Ид>{number}</Ид><Наименование>{name}</Наименование>{_groups(number)}</Группа>"
        for number, (name, above) in GROUPS.items()
        if above == parent
    )
    return f"<Группы>{inside}</Группы>" if inside else ""


def offers_xml(
    items: Sequence[Item],
    *,
    changes: bool = False,
    version: str = "2.08",
    names: bool = True,
    prices: bool = True,
    stock: bool = True,
    types: Sequence[tuple[str, str]] = (("t1", "Розничная"),),
) -> bytes:
    """A package of offers; without names it is `prices.xml` or `rests.xml` of newer versions."""
    only = str(changes).lower()
    kinds = "".join(
        f"<ТипЦены><Ид>{number}</Ид><Наименование>{name}</Наименование><Валюта>руб</Валюта>"
        "</ТипЦены>"
        for number, name in types
    )
    parts = [
        _HEAD.format(version=version),
        f'<ПакетПредложений СодержитТолькоИзменения="{only}"><Ид>p</Ид>',
        f"<ТипыЦен>{kinds}</ТипыЦен><Предложения>",
    ]
    for item in items:
        number = f"{item.id}#{item.feature}" if item.feature else item.id
        parts.append(f"<Предложение><Ид>{number}</Ид>")
        if names:
            parts.append(f"<Наименование>{escape(item.name)}</Наименование>")
        if names and item.feature:
            parts.append(
                "<ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Цвет</Наименование>"
                f"<Значение>{item.feature}</Значение></ХарактеристикаТовара></ХарактеристикиТовара>"
            )
        if prices:
            said = "".join(
                f"<Цена><ИдТипаЦены>{kind}</ИдТипаЦены><ЦенаЗаЕдиницу>{item.price * (at + 1):.2f}"
                "</ЦенаЗаЕдиницу><Валюта>руб</Валюта></Цена>"
                for at, (kind, _) in enumerate(types)
            )
            parts.append(f"<Цены>{said}</Цены>")
        if stock and item.stock is not None:
            parts.append(
                f"<Количество>{item.stock:g}</Количество>"
                if version < "2.08"
                else f"<Остатки><Остаток><Склад><Ид>s</Ид><Количество>{item.stock:g}</Количество>"
                "</Склад></Остаток></Остатки>"
            )
        parts.append("</Предложение>")
    parts.append("</Предложения></ПакетПредложений></КоммерческаяИнформация>")
    return "".join(parts).encode()


_HEAD_3 = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация'
    ' xmlns="urn:1C.ru:commerceml_3" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ВерсияСхемы="3.1"'
    ' ДатаФормирования="2026-11-29T10:00:00" Ид="1">'
)


def files_3(
    items: Sequence[Item],
    *,
    changes: bool | None = None,
    currency: str = "RUB",
    only: Sequence[str] = (),
) -> dict[str, bytes]:
    """An exchange of version 3.1: each kind of thing in a file of its own, in folders.

    :param changes: what the packages say of themselves; None: nothing.
    :param currency: of the type of prices; the prices name none.
    :param only: the kinds of files; none: all.
    """
    said = "" if changes is None else f' СодержитТолькоИзменения="{str(changes).lower()}"'
    package = f"<ПакетПредложений{said}><Ид>k#</Ид><ИдКаталога>k</ИдКаталога><Предложения>"
    end = "</Предложения></ПакетПредложений>"
    kept = [item for item in items if item.stock is not None]
    told = {
        "groups": f"<Классификатор{said}><Ид>c</Ид>{_groups(None)}</Классификатор>",
        "priceLists": (
            f"<Классификатор{said}><Ид>c</Ид><ТипыЦен><ТипЦены><Ид>t1</Ид>"
            "<ПометкаУдаления>false</ПометкаУдаления><Наименование>Розничная</Наименование>"
            f"<Валюта>{currency}</Валюта></ТипЦены></ТипыЦен></Классификатор>"
        ),
        "units": (
            f"<Классификатор{said}><Ид>c</Ид><ЕдиницыИзмерения><ЕдиницаИзмерения><Ид>u</Ид>"
            "<Код>796</Код></ЕдиницаИзмерения></ЕдиницыИзмерения></Классификатор>"
        ),
        "contragents": "<Контрагенты><Контрагент><Ид>z</Ид></Контрагент></Контрагенты>",
        "import": f"<Каталог{said}><Ид>k</Ид><Товары>"
        + "".join(
            f"<Товар><Ид>{item.id}</Ид><НомерВерсии>AAAA</НомерВерсии>"
            "<ПометкаУдаления>false</ПометкаУдаления><Артикул>x</Артикул>"
            f"<Код>{item.code}</Код><Наименование>{escape(item.name)}</Наименование>"
            f"<Группы><Ид>{item.group}</Ид></Группы></Товар>"
            for item in items
        )
        + "</Товары></Каталог>",
        "offers": package
        + "".join(
            f"<Предложение><Ид>{item.id}</Ид><ПометкаУдаления>false</ПометкаУдаления>"
            f"<Наименование>{escape(item.name)}</Наименование></Предложение>"
            for item in items
        )
        + end,
        "prices": package
        + "".join(
            f"<Предложение><Ид>{item.id}</Ид><Цены><Цена><Представление>{item.price:g} за шт"
            f"</Представление><ИдТипаЦены>t1</ИдТипаЦены><ЦенаЗаЕдиницу>{item.price:g}"
            "</ЦенаЗаЕдиницу><Коэффициент>1</Коэффициент></Цена></Цены></Предложение>"
            for item in items
        )
        + end,
        "rests": package
        + "".join(
            f"<Предложение><Ид>{item.id}</Ид><Остатки><Остаток><Склад><Ид>s</Ид>"
            f"<Количество>{item.stock:g}</Количество></Склад></Остаток></Остатки></Предложение>"
            for item in kept
        )
        + end,
    }
    return {
        f"goods/1/{kind}___5f1c.xml": f"{_HEAD_3}{body}</КоммерческаяИнформация>".encode()
        for kind, body in told.items()
        if not only or kind in only
    }


@dataclass
class OneC:
    """One 1C with its settings.

    :param part: bytes of a part; 0: as much as the site allows.
    """

    url: str
    user: str
    password: str
    part: int = 0
    repeat: bool = False  #: every step is sent twice, as after a lost answer
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=60, trust_env=False)
        self.file_limit = 0

    def begin(self) -> None:
        """Log in, ask for the terms."""
        lines = self._ask("GET", mode="checkauth")
        if lines[0] != "success" or len(lines) < 3:
            raise Stopped(lines)
        self.http.cookies.clear()
        self.http.headers["Cookie"] = f"{lines[1]}={lines[2]}"
        terms = self._ask("GET", mode="init")
        said = dict(line.split("=", 1) for line in terms[:2])
        if set(said) != {"zip", "file_limit"} or said["zip"] not in ("yes", "no"):
            raise Stopped(terms)
        self.file_limit = int(said["file_limit"])

    def send(self, name: str, data: bytes) -> None:
        """A file in parts."""
        size = self.part or self.file_limit
        for start in range(0, len(data), size):
            lines = self._ask(
                "POST", mode="file", filename=name, content=data[start : start + size]
            )
            if lines[0] != "success":
                raise Stopped(lines)

    def load(self, name: str) -> None:
        """Let the site read a file."""
        self._until_done(mode="import", filename=name)

    def end(self, *, deactivate: bool = True) -> list[str]:
        """The end of a whole exchange; what the site says to it."""
        if deactivate:
            self._until_done(mode="deactivate", timestamp="1")
        return self._until_done(mode="complete")

    def push(
        self, files: dict[str, bytes], *, zipped: bool = False, deactivate: bool = True
    ) -> list[str]:
        """A whole exchange."""
        self.begin()
        if zipped:
            self.send("v8_1.zip", packed(files))
        else:
            for name, data in files.items():
                self.send(name, data)
        for name in files:
            self.load(name)
        return self.end(deactivate=deactivate)

    def _until_done(self, **query: str) -> list[str]:
        for _ in range(200):
            lines = self._ask("GET", **query)
            if lines[0] == "success":
                return lines
            if lines[0] != "progress":
                raise Stopped(lines)
            time.sleep(0.2)
        raise Stopped("1C has no more patience")

    def _ask(self, method: str, content: bytes | None = None, **query: str) -> list[str]:
        self.steps.append(query["mode"])
        answer = self._once(method, content, query)
        if self.repeat and query["mode"] in ("file", "import", "init", "deactivate", "complete"):
            answer = self._once(method, content, query)
        lines = answer.text.strip().splitlines()
        if answer.status_code not in (200, 401) or not lines:
            raise Stopped(f"{answer.status_code} {answer.text[:300]}")
        return lines

    def _once(self, method: str, content: bytes | None, query: dict[str, str]) -> httpx.Response:
        return self.http.request(
            method,
            "/1c/exchange",
            params={"type": "catalog", **query},
            content=content,
            auth=(self.user, self.password),
        )


def packed(files: dict[str, bytes]) -> bytes:
    """The files in an archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return archive.getvalue()
