"""Requests, reports and texts in a real browser: for everybody, on a phone, without JavaScript."""

import json
import time

import pytest
from playwright.sync_api import expect
from widget.browsing import DESKTOP

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
_PUBLISHED = """
INSERT INTO content_revisions (document, text, author, file_sha256)
VALUES ('domain.yml#utter_faq_vat', %s, 'Хозяйка', '')
"""
_RUN_AXE = """async () => {
    const found = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {'target-size': {enabled: true}},
    });
    return found.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]);
}"""
_LONG = "длинноесловобезпробелов" * 12
_REQUEST = """
WITH u AS (INSERT INTO users (phone) VALUES ('+79100000000') RETURNING id),
d AS (INSERT INTO dialogs (channel, external_id, user_id)
    SELECT 'telegram', %s, id FROM u RETURNING id, user_id),
c AS (INSERT INTO consents (dialog_id, user_id, version, wording, channel, given_at)
    SELECT id, user_id, '1', 'да', 'telegram', now() FROM d RETURNING id, dialog_id, user_id)
INSERT INTO requests (dialog_id, user_id, consent_id, name, phone, about)
SELECT dialog_id, user_id, id, 'Имя', '+79100000000', %s FROM c RETURNING id
"""
_ORDER = {"lines": [
    {"said": _LONG, "state": "sure", "quantity": 5, "code": "1", "name": "Дисплей", "price_kop": 1},
    {"said": "акб", "state": "choose", "quantity": None},
]}  # fmt: skip
_HOURS = "/desk/content/edit?name=domain.yml%23utter_faq_hours"
_PHRASES = "/desk/content/edit?name=data/nlu%23faq_delivery_cost"


@pytest.fixture
def number(desk, customer) -> int:
    """A request with an order, questions asked in vain, calls of a model."""
    customer.says(_LONG)
    ((found,),) = desk.do(_REQUEST, f"tg-{time.time()}", _LONG)
    order = json.dumps(_ORDER)
    desk.do("INSERT INTO orders (dialog, state, body, request_id) VALUES ('tg', 'sent', %s, %s)",
            order, found)  # fmt: skip
    desk.do("INSERT INTO price_searches (dialog, question, normalised, answer, confidence)"
            " VALUES ('tg', %s, 'x', 'none', 0)", _LONG)  # fmt: skip
    desk.do("INSERT INTO llm_calls (purpose, provider, model, prompt_version, outcome, cost_rub)"
            " VALUES ('answer', 'yandex', 'lite', '1', 'timeout', 1.5)")  # fmt: skip
    return int(found)


# Each width and each theme: a colour is the same at both widths.
@pytest.mark.parametrize(
    ("device", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    manager, number, node_modules, device, theme
):
    """Every page, full and empty."""
    source = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    owner = manager("Хозяйка", "owner", **device, color_scheme=theme, reduced_motion="reduce")
    owner.open("/desk/requests")
    owner.page.evaluate(source)
    for text in ("Без НДС", "НДС не платим"):
        owner.desk.do(_PUBLISHED, text)
    pages = [
        *("/desk/requests", "/desk/requests?at=mine", "/desk/requests?q=ничегонет"),
        *(f"/desk/requests/{number}", "/desk/reports", "/desk/reports?to=2020-01-01"),
        *("/desk/reports/dialogs", "/desk/reports/model-errors", "/desk/reports/waits/dialogs"),
        *("/desk/reports/vain/not-found", "/desk/reports/vain/not-answered?verdict=faq"),
        *("/desk/content", "/desk/content?of=examples", "/desk/content?q=17:30", _HOURS),
        *(_HOURS.replace("edit", "history"), "/desk/content/word", _PHRASES),
        "/desk/content/history?name=domain.yml%23utter_faq_vat",
    ]
    for path in pages:
        owner.page.goto(owner.desk.url + path)
        owner.page.wait_for_load_state("load")
        owner.page.evaluate(source)
        assert (path, owner.page.evaluate(_RUN_AXE)) == (path, [])
        wide = owner.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (path, wide) == (path, min(wide, 0))


def test_a_text_is_changed_without_javascript(manager, desk):
    """Seen first, published, and taken back from its history."""
    owner = manager("Хозяйка", "owner", java_script_enabled=False)
    page = owner.page
    page.goto(f"{desk.url}{_HOURS}")
    text = page.get_by_label("Текст")
    before = text.input_value()
    text.fill(before.replace("17:30", "18:30"))
    page.get_by_role("button", name="Посмотреть, что изменится").click()
    expect(page.locator("ins").first).to_contain_text("18:30")
    hours = "SELECT count(*) FROM content_revisions WHERE document NOT LIKE '%%vat'"
    assert desk.do(hours) == [(0,)]
    page.get_by_role("button", name="Опубликовать").click()
    expect(page.locator("h1")).to_contain_text("История")
    page.get_by_role("button", name="Вернуть текст из файла").click()
    expect(page.locator("ol > li")).to_have_count(2)
    page.goto(f"{desk.url}{_HOURS}")
    assert page.get_by_label("Текст").input_value() == before


def test_the_keyboard_moves_a_request(manager, number, desk):
    """Tab and Enter are enough to take it."""
    anna = manager("Анна")
    anna.open(f"/desk/requests/{number}")
    button = anna.page.get_by_role("button", name="Взять")
    for _ in range(30):
        anna.page.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    anna.page.keyboard.press("Enter")
    expect(anna.page.locator("main")).to_contain_text("взял(а) Анна")
    assert desk.do("SELECT taken_by FROM requests WHERE id = %s", number) == [("Анна",)]
