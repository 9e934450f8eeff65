"""The widget's file, and what it does to a page that is not ours."""

import gzip
import shutil
import subprocess

import pytest
import requests
from conftest import Bot
from widget.browsing import WIDGET

_BUNDLE = WIDGET / "dist" / "widget.js"
_MOST_BYTES = 45_000


def test_the_file_is_small():
    """One file with everything in it, gzipped."""
    assert len(gzip.compress(_BUNDLE.read_bytes(), 9)) <= _MOST_BYTES


def test_the_committed_file_is_built_from_the_sources(node_modules, tmp_path):
    """The sources have no type errors, and building them again gives the same bytes."""
    subprocess.run(["npx", "--no-install", "tsc", "--noEmit"], cwd=WIDGET, check=True, timeout=120)
    built = tmp_path / "widget.js"
    subprocess.run(["node", "build.mjs", str(built)], cwd=WIDGET, check=True, timeout=60)
    assert built.read_bytes() == _BUNDLE.read_bytes(), "cd widget && npm run build"


def test_its_logic(node_modules):
    """The tests of the parts that need no browser (widget/tests)."""
    node = shutil.which("node")
    done = subprocess.run(
        [node, "--test", "tests/"], cwd=WIDGET, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout


def test_it_leaves_the_page_as_it_was(visit):
    """No style of the page changes, and none of the page's styles comes in."""
    visitor = visit()
    page = visitor.page
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { color: red !important; font-size: 40px !important }'
                + 'button { display: none !important }');
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    visitor.page.evaluate("document.querySelector('optfm-chat').open()")
    visitor.connected()
    seen = page.evaluate(
        """() => {
            const root = document.querySelector('optfm-chat').shadowRoot;
            const style = getComputedStyle(root.querySelector('.send'));
            return [style.display, getComputedStyle(root.querySelector('.pill')).fontSize,
                document.styleSheets.length, document.querySelectorAll('style').length];
        }"""
    )
    assert seen == ["grid", "13.5px", 1, 0]


@pytest.mark.parametrize("color, text", [("#ffd60a", "rgb(20, 22, 26)"), ("#0b7a4b", "rgb(255,")])
def test_a_shop_s_colour_stays_readable(context, bot: Bot, color, text):
    """Attributes of the script set colour and texts; the text on the colour has contrast."""
    page = context(bypass_csp=True).new_page()
    html = requests.get(bot.url, timeout=10).text.replace(
        'data-title="OptFM"', f'data-title="Лавка" data-color="{color}" data-open="" '
    )
    page.route(f"{bot.url}/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(bot.url)
    page.wait_for_selector("dialog[open]")
    assert page.locator("h2#title").inner_text() == "Лавка"
    shown = page.evaluate(
        """() => getComputedStyle(document.querySelector('optfm-chat').shadowRoot
            .querySelector('header')).color"""
    )
    assert shown.startswith(text)


def test_the_script_is_compressed_and_not_sent_twice(bot: Bot):
    """gzip where it is taken, 304 for whom has it, and any site may load it."""
    first = requests.get(f"{bot.url}/widget.js", timeout=10)
    assert first.content == _BUNDLE.read_bytes()
    assert first.headers["content-encoding"] == "gzip"
    assert "max-age" in first.headers["cache-control"]
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    again = requests.get(
        f"{bot.url}/widget.js", headers={"If-None-Match": first.headers["etag"]}, timeout=10
    )
    assert (again.status_code, again.content) == (304, b"")
    plain = requests.get(f"{bot.url}/widget.js", headers={"Accept-Encoding": ""}, timeout=10)
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("path", ["", "consent", "consent/2026-11-23", "pages/shop.css"])
def test_pages_are_served_under_a_strict_policy(bot: Bot, path):
    """No inline script or style, no sniffing, no frames."""
    answer = requests.get(f"{bot.url}/{path}", timeout=10)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script>" not in answer.text
    assert "style=" not in answer.text


@pytest.mark.parametrize(
    "path", ["consent/nope", "consent/..%2Fconsent", "consent/2000-01-01", "pages/..%2Fsite.py"]
)
def test_there_are_no_other_pages(bot: Bot, path):
    """A version that never was, and ways out of the folder."""
    assert requests.get(f"{bot.url}/{path}", timeout=10).status_code == 404
