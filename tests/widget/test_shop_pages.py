"""The chat on pages of other people: their styles, policies, old libraries and mistakes."""

import re
from collections.abc import Callable

import pytest
from conftest import ROOT, Bot, free_port
from playwright.sync_api import BrowserContext, Page, expect
from widget.browsing import Visitor

_GUIDE = ROOT / "docs" / "guides" / "виджет-на-сайт.md"
_SCRIPT = '<script src="/widget.js"></script>'
_HOSTILE = """* {
    all: unset; color: red !important; font-size: 60px !important; line-height: 3 !important;
    direction: rtl !important; position: static !important; opacity: 0.3 !important;
    transform: rotate(9deg) !important; visibility: hidden !important; float: left !important;
    text-transform: uppercase !important; letter-spacing: 9px !important; z-index: -1 !important;
    --accent: red; --text: red; --gap: 200px;
}
button, dialog, section, p, textarea { display: none !important }
html, body { transform: none !important; opacity: 1 !important; z-index: 0 !important }"""
#: As Prototype 1.6 changed the language for everybody.
_OLD_LIBRARY = """
    Array.prototype.toJSON = String.prototype.toJSON = function () { return '"old"' }
    Array.prototype.each = function (act) { for (var i = 0; i < this.length; i++) act(this[i]) }
    Array.prototype.last = function () { return this[this.length - 1] }
    Array.prototype.reduce = function () { return this.length > 1 ? this : this[0] }
    Array.from = function (given) {
        if (!given) return []
        if (given.toArray) return given.toArray()
        var made = []; for (var i = 0; i < given.length; i++) made.push(given[i]); return made
    }
    Function.prototype.defer = function () { return setTimeout(this, 1) }
    Object.prototype.inherited = function () {}
    window.$ = window.$$ = function () { return null }
"""
#: Where the parts are and how they look.
_LOOKS = """() => {
    const root = document.querySelector('optfm-chat').shadowRoot;
    return ['.launcher', 'dialog', 'header', '.pill', '.bubble', '.choice', 'textarea', '.send']
        .map(name => {
            const part = root.querySelector(name), box = part.getBoundingClientRect();
            const style = getComputedStyle(part);
            return [name, box.x, box.y, box.width, box.height, style.color, style.fontSize,
                style.lineHeight, style.direction, style.display, style.visibility,
                style.textTransform, style.letterSpacing, style.backgroundColor];
        });
}"""

#: `shop(html, **options of the browser)` shows a page to somebody new.
Shop = Callable[..., Visitor]


def _serve(context: BrowserContext, address: str, html: str, headers: dict[str, str]) -> None:
    context.route(
        address,
        lambda route: route.fulfill(
            body=html, headers={"Content-Type": "text/html; charset=utf-8", **headers}
        ),
    )


@pytest.fixture
def shop(context: Callable[..., BrowserContext], bot: Bot) -> Shop:
    """Shows a page of a shop; its lines of the console are in `page.lines`."""

    def come(html: str, headers: dict[str, str] | None = None, **options: object) -> Visitor:
        page = _new_page(context(**options))
        _serve(page.context, f"{bot.url}/shop", html, headers or {})
        page.goto(f"{bot.url}/shop")
        return Visitor(page)

    return come


def _new_page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.lines = []  # type: ignore[attr-defined]
    page.on("console", lambda line: page.lines.append(line.text))  # type: ignore[attr-defined]
    return page


def _page(script: str = _SCRIPT, *, body: str = "", head: str = "", html: str = 'lang="ru"') -> str:
    return (
        f"<!doctype html><html {html}><head><title>Лавка</title>{head}</head>"
        f"<body>{body}{script}</body></html>"
    )


@pytest.mark.parametrize(
    "html",
    [
        _page(head=f"<style>{_HOSTILE}</style>"),
        _page(html='lang="ar" dir="rtl"'),
        _page(head="<style>body { display: grid; gap: 90px; transform: none }</style>"),
    ],
    ids=["hostile styles", "right to left", "a grid"],
)
def test_no_page_changes_its_looks(shop, html):
    """Every part is where it is, as large and as coloured as on an empty page."""
    options = {"reduced_motion": "reduce"}
    seen, expected = shop(html, **options), shop(_page(), **options)
    for visitor in (seen, expected):
        visitor.page.evaluate("document.querySelector('optfm-chat').open()")
        visitor.connected()
    assert seen.page.evaluate(_LOOKS) == expected.page.evaluate(_LOOKS)


def test_it_takes_no_room_on_the_page(shop):
    """A page that lays its children out is as large with the chat as without."""
    style = "<style>body { margin: 0; display: grid; gap: 90px }</style>"
    high = "document.body.getBoundingClientRect().height"
    visitor = shop(_page(head=style, body="<p>Товары</p>")).open()
    before = shop(_page("", head=style, body="<p>Товары</p>")).page.evaluate(high)
    assert visitor.page.evaluate(high) == before


@pytest.mark.parametrize("policy", ["default-src 'self'", "default-src 'self'; style-src 'none'"])
def test_a_strict_policy_is_enough(shop, policy):
    """No inline script, no inline style, no eval; the context fixture sees any complaint."""
    visitor = shop(_page(), {"Content-Security-Policy": policy}).open()
    visitor.ask("дисплей на айфон 11")
    expect(visitor.cards.first).to_be_visible()


def test_it_works_in_a_frame(shop, bot: Bot):
    """As site builders show pages for preview."""
    frame_page = '<iframe src="/inner" width="500" height="700"></iframe>'
    visitor = shop(_page("", body=frame_page))
    _serve(visitor.page.context, f"{bot.url}/inner", _page(), {})
    visitor.page.reload()
    frame = visitor.page.frame_locator("iframe")
    frame.locator(".launcher").click()
    frame.locator("textarea").fill("привет")
    frame.locator("textarea").press("Enter")
    expect(frame.locator(".message.bot").last).to_be_visible()
    expect(frame.locator(".message.user .state")).to_have_attribute("title", "Доставлено")


def test_an_old_library_that_changed_the_language_does_no_harm(shop):
    """Questions come through, wait through a reload, and are answered with cards."""
    visitor = shop(_page(head=f"<script>{_OLD_LIBRARY}</script>")).open()
    visitor.ask("дисплей на айфон 11")
    expect(visitor.cards.first).to_be_visible()
    assert visitor.said("user") == ["дисплей на айфон 11"]
    visitor.page.context.set_offline(True)
    visitor.write("сколько стоит доставка?")
    visitor.page.context.set_offline(False)
    visitor.answered("сколько стоит доставка?")
    assert visitor.page.evaluate("JSON.stringify([1])") != "[1]", "the page keeps its library"


def test_the_script_twice_is_one_chat_that_asks_once(shop):
    """A line of the console says that the second is not needed."""
    ask = '<button data-optfm-ask="сколько стоит доставка?">?</button>'
    visitor = shop(_page(_SCRIPT * 2, head=_SCRIPT, body=ask))
    visitor.page.get_by_role("button", name="?", exact=True).click()
    visitor.answered("сколько стоит доставка?")
    assert visitor.said("user") == ["сколько стоит доставка?"]
    expect(visitor.page.locator("optfm-chat")).to_have_count(1)
    assert any("дважды" in line for line in visitor.page.lines)


@pytest.mark.parametrize("how", ["", "defer", "async", 'type="module"'])
@pytest.mark.parametrize("where", ["head", "no body"])
def test_the_script_may_be_anywhere(shop, how, where):
    """In the head, deferred or not, and on a page that never opens its body."""
    script = f'<script {how} src="/widget.js" data-title="Лавка"></script>'
    html = _page("", head=script) if where == "head" else f"<!doctype html><title>x</title>{script}"
    visitor = shop(html).open()
    expect(visitor.page.locator("#title")).to_have_text("Лавка")


def test_wrong_attributes_are_named_in_the_console(shop):
    """Each by its name; what is meant for others is not; the chat works with the usual values."""
    script = (
        '<script src="/widget.js" data-colour="#fff" data-color="blue" data-theme="pink"'
        ' data-lang="xx" data-word-nope="?" data-skip-moving="true" data-open="maybe"></script>'
    )
    visitor = shop(_page(script))
    expect(visitor.launcher).to_be_visible()
    lines = "\n".join(line for line in visitor.page.lines if line.startswith("OptFM"))
    for name in ("data-colour:", 'data-color="blue"', "data-theme", "data-lang", "data-word-nope"):
        assert name in lines
    assert "skip-moving" not in lines
    assert "data-open" in lines
    visitor.open()


def test_without_its_server_the_chat_says_whom_to_call(shop):
    """The panel opens, says that there is no link, and keeps what is written."""
    script = (
        f'<script src="/widget.js" data-server="http://127.0.0.1:{free_port()}"'
        ' data-phone="8 800 000-00-00"></script>'
    )
    visitor = shop(_page(script))
    visitor.launcher.click()
    banner = visitor.page.locator(".banner")
    expect(banner).to_contain_text("Нет связи")
    expect(banner.get_by_role("link")).to_have_attribute("href", "tel:88000000000")
    visitor.write("есть дисплей на айфон 11?")
    visitor.page.reload()
    visitor.launcher.wait_for()
    assert visitor.said("user") == ["есть дисплей на айфон 11?"]
    assert any("WIDGET_ORIGINS" in line for line in visitor.page.lines)


_TURBO = """next => {
    const body = document.createElement('body');
    body.innerHTML = next;
    document.documentElement.replaceChild(body, document.body);
    for (const script of body.querySelectorAll('script')) {
        const again = document.createElement('script');
        again.src = script.src;
        script.replaceWith(again);
    }
}"""
#: As libraries that keep pages do: what is shown again is a copy of what was there.
_BACK = "() => document.documentElement.replaceChild(document.body.cloneNode(true), document.body)"
_PJAX = "next => { document.body.innerHTML = next }"


@pytest.mark.parametrize("head", [_SCRIPT, ""], ids=["in the head", "in the body"])
@pytest.mark.parametrize("replaces", [_TURBO, _PJAX], ids=["body replaced", "body emptied"])
def test_the_chat_goes_on_where_a_script_replaces_the_page(shop, head, replaces):
    """One chat, open as it was, with its dialog and one connection, on every further page."""
    body = "" if head else _SCRIPT
    visitor = shop(_page(body, head=head)).open()
    visitor.ask("дисплей на айфон 11")
    sockets = []
    visitor.page.on("websocket", lambda socket: sockets.append(socket))
    for number in range(3):
        visitor.page.evaluate(replaces, f"<p>Страница {number}</p>{body}")
        expect(visitor.page.locator("optfm-chat")).to_have_count(1)
        expect(visitor.page.locator("dialog")).to_be_visible()
        expect(visitor.cards.first).to_be_visible()
    visitor.page.evaluate(_BACK)
    expect(visitor.page.locator("optfm-chat")).to_have_count(1)
    visitor.ask("сколько стоит доставка?")
    assert visitor.said("user") == ["дисплей на айфон 11", "сколько стоит доставка?"]
    assert sockets == []
    assert not any("дважды" in line for line in visitor.page.lines)


def test_a_page_that_takes_the_chat_away_is_obeyed(shop):
    """By its own script, and the chat alone."""
    visitor = shop(_page())
    expect(visitor.launcher).to_be_visible()
    visitor.page.evaluate("document.querySelector('optfm-chat').remove()")
    visitor.page.evaluate("document.body.append(document.createElement('p'))")
    expect(visitor.page.locator("optfm-chat")).to_have_count(0)


def test_any_word_can_be_another_language(shop):
    """A known language by its name; others, and single words, by attributes."""
    english = shop(_page('<script src="/widget.js" data-lang="en"></script>')).open()
    expect(english.page.get_by_role("button", name="Call a manager")).to_be_visible()
    assert english.page.locator("section").get_attribute("lang") == "en-GB"
    tatar = shop(
        _page(
            '<script src="/widget.js" data-lang="tt" data-title="Кибет" data-word-send="Җибәрү"'
            ' data-word-to-end="Азакка" data-word-input="Хәбәр"></script>'
        )
    ).open()
    expect(tatar.page.get_by_role("button", name="Җибәрү")).to_be_visible()
    expect(tatar.page.get_by_label("Хәбәр")).to_be_visible()


def test_short_cuts_of_the_page_do_not_hear_what_is_typed(shop):
    """Many shops focus their search on `/`, and close things on Escape."""
    keys = "<script>addEventListener('keydown', e => (window.heard ||= []).push(e.key))</script>"
    visitor = shop(_page(head=keys)).open()
    visitor.input.press_sequentially("a/b")
    visitor.page.keyboard.press("Escape")
    assert visitor.page.evaluate("window.heard") is None


def test_beginning_open_does_not_take_the_focus(shop):
    """The page stays where its visitor is; Tab begins at its beginning."""
    script = '<script src="/widget.js" data-open></script>'
    visitor = shop(_page(script, body='<input autofocus id="search">'))
    expect(visitor.page.locator("dialog")).to_be_visible()
    visitor.connected()
    expect(visitor.page.locator("#search")).to_be_focused()


def test_the_guide_s_lines_work_on_an_ordinary_site(shop, bot: Bot):
    """The line for every page, and the ones for the page's own code."""
    guide = _GUIDE.read_text(encoding="utf-8")
    line = re.search(r"```html\n +(<script .+</script>)", guide)[1]
    code = re.search(r"```js\n(.+?)```", guide, re.DOTALL)[1]
    visitor = shop(
        _page(
            line.replace("https://bot.example.ru", bot.url),
            head="<script>window.ym = (...given) => { window.goal = given }</script>",
        )
    )
    expect(visitor.launcher).to_be_visible()
    visitor.page.evaluate(f"() => {{ {code} }}")
    visitor.answered("дисплей iPhone 11")
    visitor.ask("привет")
    assert visitor.page.evaluate("window.goal[2]") == "chat"


def test_the_guide_s_lines_work_on_1c_bitrix(shop, bot: Bot):
    """What `Asset::addString` puts into the head, and the button of a card of the catalogue."""
    guide = _GUIDE.read_text(encoding="utf-8")
    line = re.search(r"'(<script .+</script>)'", guide)[1]
    button = re.search(r"(<button .+</button>)", guide)[1]
    name = "Дисплей iPhone 11 &quot;Incell&quot;"
    visitor = shop(
        _page(
            "",
            head=line.replace("https://bot.example.ru", bot.url),
            body=re.sub(r"<\?=.+?\?>", name, button),
        )
    )
    visitor.page.get_by_role("button", name="Спросить о товаре").click()
    visitor.answered('Дисплей iPhone 11 "Incell"')
