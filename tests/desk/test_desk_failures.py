"""What a desk must survive: colleagues, bad lines, sleep, restarts, hostile words."""

import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from desk.desks import Customer
from playwright.sync_api import expect

#: A busy machine; the promises themselves are asserted in seconds where they are made.
_SOON_MS = 20_000
#: A browser that is closed may take its last word with it: 40 s without a sign, asked every 15 s.
_GONE_MS = 60_000


def test_two_answer_at_once(manager, customer):
    """One reply goes out; the other is held with its text, which goes out when it is sent again."""
    anna, oleg = manager("Анна").open(customer), manager("Олег").open(customer)
    anna.page.route("**/talk/live*", lambda route: route.abort())
    oleg.page.route("**/talk/live*", lambda route: route.abort())
    anna.write("Здравствуйте, это Анна")
    expect(anna.page.locator(".done")).to_have_text("Отправлено.")
    oleg.write("Здравствуйте, это Олег")
    expect(oleg.page.locator("#composer .wrong")).to_contain_text("Анна ответил(а) в")
    expect(oleg.words).to_have_value("Здравствуйте, это Олег")
    assert customer.outbox() == ["Здравствуйте, это Анна"]
    assert "Здравствуйте, это Анна" in oleg.said()
    oleg.page.get_by_role("button", name="Отправить", exact=True).click()
    expect(oleg.page.locator(".done")).to_have_text("Отправлено.")
    assert customer.outbox() == ["Здравствуйте, это Анна", "Здравствуйте, это Олег"]


def test_answer_begun_before_a_colleague_s_is_held_though_the_page_shows_his(manager, customer):
    """The page is live, and a hand on the keys is faster than an eye."""
    anna, oleg = manager("Анна").open(customer), manager("Олег").open(customer)
    oleg.words.press_sequentially("Здравствуйте, это Олег")
    anna.write("Здравствуйте, это Анна")
    expect(oleg.page.locator("#log")).to_contain_text("это Анна", timeout=_SOON_MS)
    send = oleg.page.get_by_role("button", name="Отправить", exact=True)
    send.click()
    expect(oleg.page.locator("#composer .wrong")).to_contain_text("Анна ответил(а) в")
    expect(oleg.words).to_have_value("Здравствуйте, это Олег")
    assert customer.outbox() == ["Здравствуйте, это Анна"]
    send.click()
    expect(oleg.page.locator(".done")).to_have_text("Отправлено.")
    expect(anna.page.locator("#log")).to_contain_text("это Олег", timeout=_SOON_MS)
    anna.write("Да, коллега прав")
    expect(anna.page.locator(".done")).to_have_text("Отправлено.")


def test_colleague_s_answer_shows_and_the_field_stays_as_it_is(manager, customer):
    """Presence, the answer and the owner come live; what is being typed is not touched."""
    anna, oleg = manager("Анна").open(customer), manager("Олег").open(customer)
    expect(anna.page.locator("#head")).to_contain_text("ещё смотрит Олег", timeout=_SOON_MS)
    oleg.words.press_sequentially("Начал пис")
    anna.write("Уже отвечаю")
    expect(oleg.page.locator("#log")).to_contain_text("Уже отвечаю", timeout=_SOON_MS)
    expect(oleg.page.locator("#head")).to_contain_text("Отвечает Анна")
    expect(oleg.words).to_have_value("Начал пис")
    expect(oleg.words).to_be_focused()
    oleg.page.close()
    expect(anna.page.locator("#head")).not_to_contain_text("ещё смотрит", timeout=_GONE_MS)


def test_colleague_whose_machine_fell_asleep_is_not_shown_for_ever(manager, customer):
    """Nothing tells that he went; after a minute the page no longer says that he looks."""
    anna, oleg = manager("Анна").open(customer), manager("Олег").open(customer)
    expect(anna.page.locator("#head")).to_contain_text("ещё смотрит Олег", timeout=_SOON_MS)
    oleg.page.context.set_offline(True)
    anna.desk.do("UPDATE staff_views SET at = at - interval '41 s'")
    expect(anna.page.locator("#head")).not_to_contain_text("ещё смотрит", timeout=_SOON_MS)


def test_laptop_slept(manager, customer):
    """What was said meanwhile is there within 5 s of the line's return, as on a fresh page."""
    anna = manager("Анна").open(customer)
    anna.page.context.set_offline(True)
    customer.says("раз").says("два").hears("отвечаю из группы", manager="Олег").says("три")
    anna.page.wait_for_timeout(1_500)
    assert "три" not in anna.said()
    began = time.monotonic()
    anna.page.context.set_offline(False)
    expect(anna.page.locator("#log")).to_contain_text("три", timeout=_SOON_MS)
    assert time.monotonic() - began < 5
    fresh = manager("Вера").open(customer)
    assert anna.said() == fresh.said()


@pytest.mark.parametrize("at", ["first", "later"])
def test_proxy_answers_502_for_a_while(manager, customer, at: str):
    """At the very first connect as well as later: the page comes back by itself."""
    anna = manager("Анна")
    broken = at == "first"
    anna.page.route(
        "**/desk/events",
        lambda route: (
            route.fulfill(status=502, body="bad gateway") if broken else route.continue_()
        ),
    )
    if at == "later":
        anna.open(customer)
        broken = True
        anna.page.evaluate("window.dispatchEvent(new Event('offline'))")
        anna.desk.do("SELECT pg_notify('desk', 'staff x')")
    else:
        anna.page.goto(f"{anna.desk.url}/desk/dialogs/{customer.dialog}")
        anna.page.wait_for_timeout(2_500)
        expect(anna.page.locator("#connection")).to_contain_text("Нет связи", timeout=_SOON_MS)
    customer.says("слышно?")
    broken = False
    expect(anna.page.locator("#log")).to_contain_text("слышно?", timeout=_SOON_MS)
    expect(anna.page.locator("#connection")).to_be_hidden(timeout=_SOON_MS)


def test_double_send_on_a_bad_line(manager, customer):
    """The server has it, its answer is lost, the manager presses again: one message goes out."""
    anna = manager("Анна").open(customer)
    lost = []

    def lose(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    anna.page.route("**/desk/answer", lose)
    anna.write("Один раз")
    expect(anna.page.locator("#toast")).to_contain_text("Нет связи", timeout=_SOON_MS)
    expect(anna.words).to_have_value("Один раз")
    anna.page.get_by_role("button", name="Отправить", exact=True).click()
    expect(anna.page.locator(".done")).to_have_text("Отправлено.", timeout=_SOON_MS)
    expect(anna.words).to_have_value("")
    assert lost == [200]
    assert customer.outbox() == ["Один раз"]


def test_session_ends_while_typing(manager, customer):
    """The sign-in comes in place, the text is there, and it goes out once after it."""
    anna = manager("Анна").open(customer)
    anna.desk.set_password("Анна", "четыре кота под зонтом")
    anna.words.press_sequentially("Длинный отв")
    anna.desk.do(
        "DELETE FROM staff_sessions USING staff WHERE staff.id = staff_id AND name = 'Анна'"
    )
    anna.words.press_sequentially("ет")
    anna.page.get_by_role("button", name="Отправить", exact=True).click()
    door = anna.page.locator("#sign-in-again")
    expect(door).to_be_visible(timeout=_SOON_MS)
    door.get_by_label("Пароль").fill("не тот")
    door.get_by_role("button", name="Войти").click()
    expect(door.get_by_role("alert")).to_contain_text("не подходят")
    door.get_by_label("Пароль").fill("четыре кота под зонтом")
    door.get_by_role("button", name="Войти").click()
    expect(door).to_be_hidden(timeout=_SOON_MS)
    expect(anna.page.locator(".done")).to_have_text("Отправлено.", timeout=_SOON_MS)
    assert customer.outbox() == ["Длинный ответ"]


def test_note_that_waited_for_the_sign_in_stays_a_note(manager, customer):
    """What was meant for colleagues never goes to the customer."""
    anna = manager("Анна").open(customer)
    anna.desk.set_password("Анна", "четыре кота под зонтом")
    anna.desk.do(
        "DELETE FROM staff_sessions USING staff WHERE staff.id = staff_id AND name = 'Анна'"
    )
    anna.words.fill("грубит")
    anna.page.get_by_role("button", name="Заметка коллегам").click()
    door = anna.page.locator("#sign-in-again")
    door.get_by_label("Пароль").fill("четыре кота под зонтом")
    door.get_by_role("button", name="Войти").click()
    expect(anna.page.locator(".done")).to_have_text("Заметка записана.", timeout=_SOON_MS)
    assert customer.outbox() == []


def test_sign_out_ends_the_stream(manager, customer):
    """The page of another browser of the same person stops listening, and says so."""
    here, there = manager("Анна").open(customer), manager("Анна").open(customer)
    there.page.goto(f"{there.desk.url}/desk/account")
    there.page.get_by_role("button", name="Выйти везде").click()
    expect(here.page.locator("#sign-in-again")).to_be_visible(timeout=_SOON_MS)


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGKILL], ids=["deploy", "kill -9"])
def test_server_restarts_with_streams_open(own_desk, manager, customer, word):
    """Gone in 5 s; the browsers return by themselves, nothing is missed, no form is replaced."""
    managers = [manager(name).open(customer) for name in ("Анна", "Олег")]
    managers[0].words.press_sequentially("Пишу отв")
    assert own_desk.stop(word) < 5
    customer.says("вы тут?")
    own_desk.start()
    for one in managers:
        expect(one.page.locator("#log")).to_contain_text("вы тут?", timeout=_SOON_MS)
    expect(managers[0].words).to_have_value("Пишу отв")
    managers[0].write("Тут")
    expect(managers[0].page.locator(".done")).to_have_text("Отправлено.", timeout=_SOON_MS)
    assert customer.outbox() == ["Тут"]


def test_a_server_that_takes_connections_and_is_silent_is_no_connection(
    own_desk, manager, customer
):
    """As while it starts anew behind a socket kept for it: the page says so, then goes on."""
    anna = manager("Анна").open(customer)
    anna.words.fill("Пишу")
    own_desk.stop(signal.SIGKILL)
    with socket.create_server(("127.0.0.1", own_desk.port), backlog=50):
        expect(anna.page.locator("#connection")).to_contain_text("Нет связи", timeout=_SOON_MS)
    own_desk.start()
    customer.says("вы тут?")
    expect(anna.page.locator("#log")).to_contain_text("вы тут?", timeout=_GONE_MS)
    expect(anna.page.locator("#connection")).to_be_hidden()
    expect(anna.words).to_have_value("Пишу")


def test_listener_s_connection_dies(manager, customer):
    """What is said while nobody listens is shown within 5 s; the browser's stream stays up."""
    anna = manager("Анна").open(customer)
    anna.page.evaluate("window.opened = performance.getEntriesByType('resource').length")
    killed = anna.desk.do(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND query = 'LISTEN desk'"
    )
    assert killed == [(True,)]
    began = time.monotonic()
    customer.says("пока никто не слушал")
    expect(anna.page.locator("#log")).to_contain_text("пока никто не слушал", timeout=_SOON_MS)
    assert time.monotonic() - began < 5
    expect(anna.page.locator("html")).to_have_attribute("data-stream", "up")


def test_database_goes_away_and_comes_back(manager, customer):
    """What is pressed meanwhile says so and keeps its words; then all of it is there by itself."""
    anna = manager("Анна").open(customer)
    with anna.desk.without_its_database():
        anna.write("Минуту")
        expect(anna.page.locator("#toast")).to_contain_text("ничего не потеряно", timeout=_SOON_MS)
        expect(anna.words).to_have_value("Минуту")
    began = time.monotonic()
    customer.says("вы пропали?")
    expect(anna.page.locator("#log")).to_contain_text("вы пропали?", timeout=_SOON_MS)
    assert time.monotonic() - began < 5
    anna.page.get_by_role("button", name="Отправить", exact=True).click()
    expect(anna.page.locator(".done")).to_have_text("Отправлено.", timeout=_SOON_MS)
    expect(anna.page.locator("#connection")).to_be_hidden(timeout=_SOON_MS)
    assert customer.outbox() == ["Минуту"]


def test_notification_of_the_browser_names_the_dialog_once(manager, customer):
    """For a fresh word of whoever waits, with the sound on, from one of two tabs."""
    anna = manager("Анна")
    anna.page.context.grant_permissions(["notifications"], origin=anna.desk.url)
    anna.page.context.add_init_script(
        "window.shown = []; window.Notification = class {"
        " static permission = 'granted';"
        " constructor(title, more) { window.shown.push([title, more.body, more.tag]); } };"
        "if (location.protocol !== 'about:') localStorage.setItem('desk-sound', 'on');"
    )
    pages = [anna.page, anna.page.context.new_page()]
    for page in pages:
        page.goto(f"{anna.desk.url}/desk/")
        page.wait_for_selector("html[data-stream=up]", state="attached", timeout=_SOON_MS)
        expect(page).to_have_title(r"(1) Очередь · OptFM", timeout=_SOON_MS)
    other = Customer(anna.desk).says("есть кто живой?").calls()
    for page in pages:
        expect(page).to_have_title(r"(2) Очередь · OptFM", timeout=_SOON_MS)
    Customer(anna.desk).says("сколько стоит кабель").hears("120 ₽")
    customer.says("жду")
    shown = []
    until = time.monotonic() + 20
    while len(shown) < 2 and time.monotonic() < until:
        pages[0].wait_for_timeout(100)
        shown = [one for page in pages for one in page.evaluate("window.shown")]
    assert [(body, tag) for _, body, tag in shown] == [
        ("есть кто живой?", other.dialog),
        ("жду", customer.dialog),
    ]


def test_blocked_customer(manager, customer):
    """«Не доставлено» with its reason comes live, and «Повторить» really sends."""
    anna = manager("Анна").open(customer)
    anna.write("Добрый день")
    expect(anna.page.locator(".done")).to_have_text("Отправлено.")
    anna.desk.do(
        "UPDATE outbox SET status = 'given_up', attempts = 1,"
        " last_error = 'клиент заблокировал бота'"
        " WHERE dialog = %s",
        customer.dialog,
    )
    line = anna.page.locator("#log .line.manager")
    expect(line).to_contain_text("Не доставлено клиент заблокировал бота", timeout=_SOON_MS)
    anna.desk.do("DELETE FROM procrastinate_jobs")
    line.get_by_role("button", name="Повторить").click()
    expect(line).to_contain_text("отправляется", timeout=_SOON_MS)
    assert anna.desk.do("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'") == [(1,)]


def test_hidden_tab_second_tab_eighth_tab(manager, customer):
    """All tabs load, share one stream, show the count; it rings once for all of them."""
    anna = manager("Анна")
    anna.page.context.add_init_script(
        "window.rings = 0; window.addEventListener('desk:ring', () => window.rings += 1);"
        "Object.defineProperty(document, 'hidden', {get: () => true});"
    )
    pages = [anna.page, *(anna.page.context.new_page() for _ in range(7))]
    for page in pages:
        page.goto(f"{anna.desk.url}/desk/")
    for page in pages:
        page.wait_for_selector("html[data-stream=up]", state="attached", timeout=_SOON_MS)
    expect(pages[0]).to_have_title(r"(1) Очередь · OptFM", timeout=_SOON_MS)
    began = time.monotonic()
    other = Customer(anna.desk).says("человека").calls()
    for page in pages:
        expect(page).to_have_title(r"(2) Очередь · OptFM", timeout=_SOON_MS)
    assert time.monotonic() - began < 4
    assert sum(page.evaluate("window.rings") for page in pages) == 1
    for one in (customer, other):
        anna.desk.do("SELECT dialog_release(%s)", one.dialog)
    for page in pages:
        expect(page).to_have_title("Очередь · OptFM", timeout=_SOON_MS)


def test_hostile_words_run_nowhere(manager, customer):
    """In the dialog, live, in the queue, as a name; and the page's policy is never broken."""
    for words in (
        "<img src=x onerror=\"document.title='взлом'\">",
        "</textarea><script>document.title='взлом'</script>",
        "<form hx-post='/desk/sign-out' hx-trigger='load'></form>",
        'data: {"signed_out": true}\n\nevent: x\r\n\r\n',
        "<hx-partial hx-target='#composer' hx-swap='delete'></hx-partial>",
    ):
        customer.says(words)
    anna = manager("Анна").open(customer)
    customer.says("<b hx-get='/desk/sign-out' hx-trigger='load'>ещё</b>")
    expect(anna.page.locator("#log")).to_contain_text("ещё", timeout=_SOON_MS)
    assert any("onerror" in words for words in anna.said())
    expect(
        anna.page.locator("#log img, #log script, #log [hx-post='/desk/sign-out']")
    ).to_have_count(0)
    anna.open("/desk/")
    expect(anna.page.locator(".queue")).to_contain_text("hx-get", timeout=_SOON_MS)
    assert "взлом" not in anna.page.title()
    expect(anna.words.or_(anna.page.locator("#queue"))).to_be_visible()


def test_manager_answers_in_the_second_in_which_the_bot_comes_back(manager, customer):
    """Whoever is first, the dialog ends with one speaker, and each line goes out once."""
    anna = manager("Анна").open(customer)
    anna.words.fill("Ещё здесь")
    with ThreadPoolExecutor(1) as aside:
        back = aside.submit(anna.desk.do, "SELECT dialog_release(%s)", customer.dialog)
        anna.page.get_by_role("button", name="Отправить", exact=True).click()
        back.result()
    expect(anna.page.locator(".done")).to_have_text("Отправлено.", timeout=_SOON_MS)
    assert customer.outbox() == ["Ещё здесь"]
    modes = anna.desk.do("SELECT mode FROM dialogs WHERE external_id = %s", customer.dialog)
    assert len(modes) == 1
