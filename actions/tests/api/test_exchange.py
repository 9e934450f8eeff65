"""The exchange with 1C, played by a strict stand-in of it."""

import io
import socket
import struct
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from optfm.api.scopes import Scope
from optfm.catalog import revisions
from optfm.db.tables import price_lists
from optfm.exchange.commerceml import BadFile
from optfm.exchange.files import Files
from tests.api.conftest import Server
from tests.peers.onec import Item, OneC, Stopped, files_3, import_xml, offers_xml, packed

ITEMS = [
    Item(
        id=f"id-{n}",
        code=f"УТ-{n:08}",
        name=f"Дисплей для iPhone {n} (черный)",
        price=1000 + n,
        group="g2" if n % 2 else "g3",
    )
    for n in range(1, 41)
]


@pytest.fixture
def onec(server: Server) -> OneC:
    """A 1C with a key of its own, and no list active before."""
    with server.engine.begin() as connection:
        connection.execute(price_lists.delete())
        for table in ("goods", "offers", "prices", "groups", "price_types"):
            connection.exec_driver_sql(f"DELETE FROM exchange_{table}")
        connection.exec_driver_sql("UPDATE exchanges SET state = 'done' WHERE state = 'open'")
    key = server.key(Scope.EXCHANGE)
    return OneC(server.url, key.split("_")[1], key)


def active(server: Server) -> dict[str, tuple[str, int, tuple[str, ...]]]:
    """The goods that customers see."""
    loaded = revisions.load_active(server.engine)
    return {row.code: (row.name, row.price_kop, row.path) for row in loaded.rows} if loaded else {}


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("part", [0, 997])
def test_a_whole_exchange_becomes_the_active_list(
    server: Server, onec: OneC, zipped: bool, part: int
):
    """Goods, groups and prices as 1C has them, in parts or whole, zipped or not."""
    onec.part = part
    onec.push({"import.xml": import_xml(ITEMS), "offers.xml": offers_xml(ITEMS)}, zipped=zipped)
    goods = active(server)
    assert len(goods) == 40
    assert goods["УТ-00000001"] == (ITEMS[0].name, 100_100, ("Дисплеи", "Дисплеи Apple"))


def test_every_step_may_come_twice(server: Server, onec: OneC):
    """After a lost answer 1C sends the same again: nothing is doubled or broken."""
    onec.repeat, onec.part = True, 1500
    onec.push({"import.xml": import_xml(ITEMS), "offers.xml": offers_xml(ITEMS)})
    assert len(active(server)) == 40


def test_the_end_is_told_again_after_its_answer_was_lost(server: Server, onec: OneC):
    """With the same words, though the exchange is over; another's cookie hears nothing."""
    files = {"import.xml": import_xml(ITEMS), "offers.xml": offers_xml(ITEMS)}
    told = onec.push(files)
    assert onec.end(deactivate=False) == told
    onec.http.headers["Cookie"] = "optfm_exchange=other"
    with pytest.raises(Stopped):
        onec.end(deactivate=False)


def test_a_cut_exchange_changes_nothing_and_the_next_one_is_whole(server: Server, onec: OneC):
    """A catalogue without its offers is not shown; 1C begins again from the start."""
    onec.push({"import.xml": import_xml(ITEMS), "offers.xml": offers_xml(ITEMS)})
    before = active(server)
    onec.begin()
    onec.send("import.xml", import_xml(ITEMS[:20])[:3000])
    with pytest.raises(Stopped, match="XML"):
        onec.load("import.xml")
    onec.begin()
    onec.send("import.xml", import_xml(ITEMS[:20]))
    onec.load("import.xml")  # and then the line is cut
    assert active(server) == before
    dearer = [replace(item, price=item.price + 1) for item in ITEMS[:36]]
    onec.push({"import.xml": import_xml(dearer), "offers.xml": offers_xml(dearer)})
    held = revisions.revisions(server.engine)[0]
    assert held.held and "другие цены" in held.held and active(server) == before


def test_changes_only_touch_what_they_name(server: Server, onec: OneC):
    """One price, one stock and one new good; all the rest stays."""
    onec.push({"import.xml": import_xml(ITEMS), "offers.xml": offers_xml(ITEMS)})
    new = Item(id="id-new", code="УТ-99999999", name="Кабель новый", price=90, group="g3")
    dearer, sold_out = replace(ITEMS[0], price=1500), replace(ITEMS[1], stock=0)
    onec.push(
        {
            "import.xml": import_xml([new], changes=True),
            "prices.xml": offers_xml([dearer, new], changes=True, names=False, stock=False),
            "rests.xml": offers_xml([sold_out], changes=True, names=False, prices=False),
        }
    )
    goods = active(server)
    assert goods["УТ-00000001"][1] == 150_000
    assert "УТ-00000002" not in goods
    assert goods["УТ-99999999"][0] == "Кабель новый"
    assert len(goods) == 40


def test_a_whole_exchange_drops_what_it_does_not_name(server: Server, onec: OneC):
    """Five of forty goods are gone: that is a usual day."""
    onec.push({"import.xml": import_xml(ITEMS), "offers.xml": offers_xml(ITEMS)})
    onec.push({"import.xml": import_xml(ITEMS[5:]), "offers.xml": offers_xml(ITEMS[5:])})
    assert len(active(server)) == 35


def test_half_a_list_waits_for_a_person(server: Server, onec: OneC):
    """1C is told so, and the list that customers see stays."""
    onec.push({"import.xml": import_xml(ITEMS), "offers.xml": offers_xml(ITEMS)})
    said = onec.push({"import.xml": import_xml(ITEMS[:20]), "offers.xml": offers_xml(ITEMS[:20])})
    assert "ждёт решения" in " ".join(said)
    assert len(active(server)) == 40
    held = revisions.revisions(server.engine)[0]
    with server.client(Scope.PRICES_ACTIVATE) as client:
        assert client.post(f"/v1/price-lists/{held.id}/activate").json()["held"] is None
    assert len(active(server)) == 20


def test_old_version_counts_its_stock_in_the_offer(server: Server, onec: OneC):
    """2.05 says «Количество»; what has none is not sold."""
    items = [*ITEMS[:3], replace(ITEMS[3], stock=0)]
    onec.push(
        {
            "import.xml": import_xml(items, version="2.05"),
            "offers.xml": offers_xml(items, version="2.05"),
        }
    )
    assert len(active(server)) == 3


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("changes", [False, None])
def test_version_3_sends_each_kind_of_thing_in_a_file_of_its_own(
    server: Server, onec: OneC, zipped: bool, changes: bool | None
):
    """Groups, types of prices, goods, offers, prices, stock; units and partners are let pass."""
    sold_out = replace(ITEMS[-1], stock=0)
    onec.push(files_3([*ITEMS[:10], sold_out], changes=changes), zipped=zipped)
    goods = active(server)
    assert sorted(goods) == [item.code for item in ITEMS[:10]]
    assert goods["УТ-00000001"] == (ITEMS[0].name, 100_100, ("Дисплеи", "Дисплеи Apple"))
    onec.push(files_3(ITEMS[1:10], changes=changes))
    assert sorted(active(server)) == [item.code for item in ITEMS[1:10]]


def test_version_3_that_does_not_say_whether_it_is_whole_drops_nothing(server: Server, onec: OneC):
    """Unless 1C says so by `deactivate`: a package of prices alone is no new catalogue."""
    onec.push(files_3(ITEMS))
    dearer = replace(ITEMS[0], price=1500)
    onec.push(files_3([dearer], only=["prices"]), deactivate=False)
    goods = active(server)
    assert len(goods) == 40 and goods["УТ-00000001"][1] == 150_000


def test_prices_are_of_the_currency_of_their_type(server: Server, onec: OneC):
    """A price that names none is not taken for roubles where its type is in dollars."""
    with pytest.raises(Stopped, match="не в рублях"):
        onec.push(files_3(ITEMS, currency="USD"))
    assert active(server) == {}


def test_a_report_on_the_exchange_keeps_nobody_waiting(
    server: Server, onec: OneC, monkeypatch: pytest.MonkeyPatch
):
    """1C sends it and asks nobody to read it; an exchange without `complete` still ends."""
    monkeypatch.setattr("optfm.exchange.exchange._SILENCE_S", 0.5)
    onec.begin()
    files = {"import.xml": import_xml(ITEMS), "offers.xml": offers_xml(ITEMS)}
    for name, data in {**files, "Reports/report.xml": b"<?xml version='1.0'?><x/>"}.items():
        onec.send(name, data)
    for name in files:
        onec.load(name)
    deadline = time.monotonic() + 20
    while not active(server) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(active(server)) == 40


def test_characteristics_are_rows_of_their_own(server: Server, onec: OneC):
    """Each colour has its own code and its name says it."""
    colours = [replace(ITEMS[0], feature=colour) for colour in ("красный", "синий")]
    onec.push({"import.xml": import_xml(ITEMS[:1]), "offers.xml": offers_xml(colours)})
    names = sorted(name for name, _, _ in active(server).values())
    assert names == [f"{ITEMS[0].name} ({colour})" for colour in ("красный", "синий")]


def test_nobody_guesses_which_price_customers_see(server: Server, onec: OneC):
    """With two types of prices and no setting the exchange stops and names them."""
    two = offers_xml(ITEMS, types=(("t1", "Розничная"), ("t2", "Закупочная")))
    with pytest.raises(Stopped, match="Закупочная.*EXCHANGE_PRICE_TYPE"):
        onec.push({"import.xml": import_xml(ITEMS), "offers.xml": two})
    assert active(server) == {}


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<\xd0\x9a>&b;</\xd0\x9a>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>"""


@pytest.mark.parametrize("data", [BOMB, FILE, b"<html/>", b"\0" * 100, "<?xml".encode("utf-16")])
def test_what_is_no_commerceml_is_refused(server: Server, onec: OneC, data: bytes):
    """Bombs, entities of the outside and other files; the exchange can begin again."""
    onec.begin()
    onec.send("import.xml", data)
    with pytest.raises(Stopped, match="failure"):
        onec.load("import.xml")
    assert active(server) == {}


def test_a_zip_bomb_is_refused(onec: OneC):
    """A hundred megabytes of nothing in a hundred kilobytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("import.xml", b" " * 100 * 2**20)
    onec.begin()
    onec.send("x.zip", archive.getvalue())
    with pytest.raises(Stopped, match="распаковывается"):
        onec.load("import.xml")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path):
    """One that says how large it is costs no second; of one that lies no more is read than it says.

    3 GB took minutes of the processor beside other work before it was refused.
    """
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("import.xml", b" " * 100 * 2**20)
    honest = bomb.getvalue()
    size = struct.pack("<I", 100 * 2**20)
    lying = honest.replace(size, struct.pack("<I", 1000))
    assert lying != honest
    for data, why in ((honest, "слишком большой"), (lying, "не читается")):
        files = Files(tmp_path / why)
        files.incoming.write_bytes(data)
        files.add_part("x.zip")
        with pytest.raises(BadFile, match=why):
            files.unpack()
        sizes = [p.stat().st_size for p in files.incoming.parent.glob("*.dat")]
        assert max(sizes) <= len(honest)


@pytest.mark.parametrize("name", ["../../../evil.xml", "/etc/evil.xml", "..\\..\\evil.xml"])
def test_names_from_outside_never_become_paths(server: Server, onec: OneC, name: str):
    """The file lies in the exchange's folder whatever it is called, zipped or not."""
    onec.begin()
    onec.send(name, import_xml(ITEMS))
    onec.send("a.zip", packed({f"{name}2.xml": offers_xml(ITEMS)}))
    onec.load(name)
    var = server.services.settings.optfm_var
    assert not [p for p in var.parent.rglob("*evil*")]
    assert {p.suffix for p in (var / "exchange").rglob("*") if p.is_file()} <= {
        *(".dat", ".json", ""),
    }


def test_one_exchange_at_a_time(server: Server, onec: OneC):
    """A second 1C waits while the first is at it; the first may begin anew."""
    onec.begin()
    key = server.key(Scope.EXCHANGE)
    other = OneC(server.url, key.split("_")[1], key)
    with pytest.raises(Stopped, match="другой обмен"):
        other.begin()
    onec.begin()


def test_a_key_without_the_right_does_not_exchange(server: Server):
    """401, in words that 1C shows."""
    for key in (server.key(Scope.SEARCH), "wrong"):
        with pytest.raises(Stopped, match="не подходят"):
            OneC(server.url, "site", key).begin()
    answer = httpx.get(f"{server.url}/1c/exchange?type=catalog&mode=init", trust_env=False)
    assert answer.status_code == 401 and answer.text.startswith("failure\n")


def test_orders_are_refused_in_words(onec: OneC):
    """Whoever switched on the exchange of orders is told what to do."""
    answer = onec.http.get("/1c/exchange?type=sale&mode=checkauth")
    assert answer.text.startswith("failure\n") and "type=catalog" in answer.text


def test_a_part_that_comes_too_slowly_is_cut_and_the_exchange_goes_on(
    server: Server, onec: OneC, monkeypatch: pytest.MonkeyPatch
):
    """A line that hangs in the middle of a file gets an end; the repeat of the part counts."""
    monkeypatch.setattr("optfm.api.bodies._PATIENCE_S", 1.0)
    onec.begin()
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        line.sendall(
            b"POST /1c/exchange?type=catalog&mode=file&filename=import.xml HTTP/1.1\r\n"
            b"Host: x\r\nCookie: "
            + onec.http.headers["Cookie"].encode()
            + b"\r\nContent-Length: 9000\r\n\r\n<?xml"
        )
        said = line.recv(200)
    assert b" 408 " in said or said == b""
    onec.send("import.xml", import_xml(ITEMS))
    onec.load("import.xml")
    onec.send("offers.xml", offers_xml(ITEMS))
    onec.load("offers.xml")
    onec.end()
    assert len(active(server)) == 40
