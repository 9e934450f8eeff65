"""The desk for people: by keyboard, on a phone, in the dark, without JavaScript, by a reader."""

import base64
import json

import pytest
from desk.desks import Customer
from playwright.sync_api import expect
from widget.browsing import DESKTOP

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
RUN_AXE = """async () => {
    const found = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {'target-size': {enabled: true}},
    });
    return found.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]);
}"""
#: One dot.
_PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
    "RU5ErkJggg=="
)
_ROW = {"code": "УТ-1", "codes": ["УТ-1"], "name": "Дисплей A51", "price": 1234.0,
        "final_price": 1000.0, "status": "NEW"}  # fmt: skip


# Each width and each theme: a colour is the same at both widths.
@pytest.mark.parametrize(
    ("device", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    manager, customer, node_modules, device, theme
):
    """Every page of the desk, with all that may stand on it."""
    source = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    customer.hears("Вот", custom={"rows": [_ROW], "list_date": "2025-06-25"},
                   buttons=[{"title": "Ещё", "payload": "/x"}])  # fmt: skip
    customer.says("длинноесловобезпробелов" * 12).hears("Отвечу", manager="Олег")
    desk = customer.desk
    desk.do("INSERT INTO canned_texts (title, text) VALUES ('Адрес', 'Мы на {улица}')")
    anna = manager("Анна", "owner", **device, color_scheme=theme, reduced_motion="reduce")
    anna.open("/desk/")
    anna.page.evaluate(source)
    pages = [
        *("/desk/", "/desk/?tab=mine", "/desk/?tab=new", "/desk/?tab=all"),
        *("/desk/?q=Отвечу", "/desk/?q=ничегонет", "/desk/canned", "/desk/account"),
        *("/desk/nowhere", f"/desk/dialogs/{customer.dialog}"),
    ]
    for path in pages:
        anna.page.goto(desk.url + path)
        anna.page.wait_for_load_state("load")
        anna.page.evaluate(source)
        assert (path, anna.page.evaluate(RUN_AXE)) == (path, [])
        wide = anna.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (path, wide) == (path, min(wide, 0))
    anna.page.locator("#log summary").first.click()
    anna.page.get_by_text("Почему так ответил").first.click()
    expect(anna.page.locator("#why")).to_contain_text("Понято как тема")
    anna.page.locator("#canned summary").click()
    assert anna.page.evaluate(RUN_AXE) == []
    anna.page.keyboard.press("Escape")
    anna.write("")
    expect(anna.page.locator("#composer .wrong")).to_have_text("Сначала напишите текст.")
    assert anna.page.evaluate(RUN_AXE) == []


def test_reading_and_answering_need_no_javascript(manager, customer):
    """The queue, the dialog, an answer, a note and giving back are forms and links."""
    anna = manager("Анна", java_script_enabled=False)
    anna.page.goto(f"{anna.desk.url}/desk/")
    anna.page.locator(f"a[href*='{customer.dialog.partition(':')[2]}']").click()
    anna.write("Без скриптов")
    expect(anna.page.locator("#log")).to_contain_text("Без скриптов")
    assert customer.outbox() == ["Без скриптов"]
    anna.words.fill("заметка")
    anna.page.get_by_role("button", name="Заметка коллегам").click()
    expect(anna.page.locator("#log .note")).to_contain_text("заметка")
    anna.page.get_by_role("button", name="Вернуть боту").click()
    expect(anna.page.locator("#head")).to_contain_text("Говорит бот.")


def test_keyboard_is_enough(manager, customer):
    """Ctrl+Enter sends; a canned text comes to the cursor; with an empty field it does not go."""
    anna = manager("Анна")
    anna.desk.do("INSERT INTO canned_texts (title, text) VALUES ('Счёт', 'счёт на {сумма} ₽')")
    anna.open(customer)
    anna.words.press_sequentially("Вот , ждём")
    for _ in range(6):
        anna.page.keyboard.press("ArrowLeft")
    anna.page.locator("#canned summary").focus()
    anna.page.keyboard.press("Enter")
    anna.page.locator("#find-canned").fill("сумм")
    anna.page.keyboard.press("Tab")
    anna.page.keyboard.press("Enter")
    expect(anna.words).to_have_value("Вот счёт на {сумма} ₽, ждём")
    expect(anna.words).to_be_focused()
    anna.page.keyboard.press("Control+Enter")
    expect(anna.page.locator("#composer .wrong")).to_contain_text(
        "Заполните поля заготовки: {сумма}"
    )
    anna.words.fill("Вот счёт на 500 ₽, ждём")
    anna.page.keyboard.press("Control+Enter")
    expect(anna.page.locator(".done")).to_have_text("Отправлено.")
    assert customer.outbox() == ["Вот счёт на 500 ₽, ждём"]


def test_an_order_is_edited_beside_the_dialog(manager, customer, node_modules):
    """In place, while the customer writes; a row found while typing is added; axe is quiet."""
    line = {"said": "акб 2", "asked": "акб", "quantity": 2, "state": "none", "code": "",
            "codes": [], "name": "", "price_kop": 0, "percent": 0, "status": "",
            "options": [], "note": ""}  # fmt: skip
    order = json.dumps({"list_date": "2025-06-25", "lines": [line]})
    customer.desk.do("INSERT INTO orders (dialog, body) VALUES (%s, %s)", customer.dialog, order)
    anna = manager("Анна", **PHONE).open(customer)
    form = anna.page.locator("#order-form")
    anna.page.get_by_role("link", name="Изменить заказ").click()
    form.get_by_label("Штук").fill("30")
    customer.says("и побыстрее")
    expect(anna.page.locator("#log")).to_contain_text("и побыстрее")
    expect(form.get_by_label("Штук")).to_have_value("30")
    form.get_by_label("Добавить товар").press_sequentially("дисплей iphone 11")
    form.get_by_role("button", name="В заказ: ").first.click()
    expect(form).to_contain_text("добавляете")
    anna.page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    assert anna.page.evaluate(RUN_AXE) == []
    assert anna.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    form.get_by_label("Убрать").first.check()
    form.get_by_role("button", name="Пересчитать").click()
    expect(form).to_contain_text("акб 2: убрано")
    form.get_by_role("button", name="Сохранить и показать клиенту").click()
    expect(anna.page.locator("#order-form")).to_have_text(
        "Заказ сохранён, клиент видит его пересчитанным."
    )
    [said] = customer.outbox()
    assert "Дисплей" in said
    expect(anna.page.locator("#side .order li")).to_have_count(1)


def test_an_order_is_edited_without_javascript(manager, customer):
    """The form is a page: rows are found and added, quantities typed, all of it kept at once."""
    order = json.dumps({"list_date": "2025-06-25", "lines": []})
    customer.desk.do("INSERT INTO orders (dialog, body) VALUES (%s, %s)", customer.dialog, order)
    anna = manager("Анна", java_script_enabled=False)
    anna.page.goto(f"{anna.desk.url}/desk/dialogs/{customer.dialog}")
    anna.page.get_by_role("link", name="Изменить заказ").click()
    anna.page.get_by_label("Добавить товар").fill("дисплей iphone 11")
    anna.page.get_by_role("button", name="Найти").click()
    anna.page.get_by_role("button", name="В заказ: ").first.click()
    anna.page.get_by_label("Штук").fill("3")
    anna.page.get_by_role("button", name="Сохранить и показать клиенту").click()
    expect(anna.page.locator("#log")).to_contain_text("изменён")
    assert "3 шт" in customer.outbox()[0]


def test_a_file_goes_to_the_customer(manager, customer, tmp_path):
    """Chosen in the form, held while a colleague answers, sent with the second press, shown."""
    picture = tmp_path / "полка.png"
    anna = manager("Анна").open(customer)
    picture.write_bytes(base64.b64decode(_PNG))
    anna.page.route("**/talk/live*", lambda route: route.abort())
    manager("Олег").open(customer).write("Я первый")
    expect(anna.page.locator("#file")).to_be_visible()
    anna.page.locator("#file").set_input_files(picture)
    anna.page.get_by_role("button", name="Отправить", exact=True).click()
    expect(anna.page.locator("#composer .wrong")).to_contain_text("Олег ответил(а) в")
    expect(anna.page.get_by_label("С файлом «полка.png»")).to_be_checked()
    anna.page.get_by_role("button", name="Отправить", exact=True).click()
    expect(anna.page.locator(".done")).to_have_text("Отправлено.")
    assert customer.outbox() == ["Я первый", "Файл: полка.png"]
    shown = anna.page.get_by_role("img", name="полка.png")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.naturalWidth") == 1
    expect(anna.page.locator("#file")).to_have_value("")
    large = tmp_path / "фильм.mp4"
    with large.open("wb") as file:
        file.truncate(20 * 2**20 + 1)
    anna.page.locator("#file").set_input_files(large)
    expect(anna.page.locator("#toast")).to_contain_text("больше 20 МБ")
    expect(anna.page.locator("#file")).to_have_value("")


def test_draft_waits_on_the_server(manager, customer):
    """Another browser of the same person goes on with it; another dialog has its own."""
    anna = manager("Анна").open(customer)
    anna.words.press_sequentially("Не дописа")
    anna.page.wait_for_timeout(1_200)
    again = manager("Анна").open(customer)
    expect(again.words).to_have_value("Не дописа")
    other = Customer(anna.desk).says("привет")
    expect(again.open(other).words).to_have_value("")


def test_what_is_put_into_an_answer_stands_apart_from_its_words(manager, customer):
    """A row of the price list goes behind what is there, or where the cursor is, with a space."""
    anna = manager("Анна").open(customer)
    anna.words.fill("Есть такой:")
    anna.page.wait_for_timeout(1_200)
    anna.open(customer)
    anna.page.get_by_label("Найти товар").fill("дисплей")
    anna.page.get_by_role("button", name="В ответ").first.click()
    assert anna.words.input_value().startswith("Есть такой: ")
    anna.words.fill("ждём")
    anna.page.keyboard.press("Home")
    anna.page.get_by_role("button", name="В ответ").first.click()
    assert anna.words.input_value().endswith(") ждём")


def test_sound_is_switched_on_by_a_button_that_plays_it(manager, customer):
    """Its state is shown, and kept for the next page."""
    anna = manager("Анна").open("/desk/")
    anna.page.evaluate("addEventListener('desk:ring', () => { window.rang = true; })")
    button = anna.page.locator("#sound")
    expect(button).to_have_text("Включить звук")
    button.click()
    expect(button).to_have_text("Звук включён")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert anna.page.evaluate("window.rang")
    anna.open("/desk/")
    expect(anna.page.locator("#sound")).to_have_attribute("aria-pressed", "true")


def test_customer_s_word_is_on_the_screen_soon(manager, customer):
    """The median of ten, on this machine, with the queue and the dialog open."""
    anna = manager("Анна").open(customer)
    took = []
    for n in range(10):
        customer.says(f"слово {n}.")
        began = anna.page.evaluate("performance.now()")
        anna.page.wait_for_function(
            f"() => document.getElementById('log').textContent.includes('слово {n}.')"
        )
        took.append(anna.page.evaluate("performance.now()") - began)
    assert sorted(took)[5] < 1_500, took
