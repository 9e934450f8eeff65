"""Which pages may carry the chat, as owners write it (connectors/site/origin_list.py)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.settings import Settings, WrongSetting
from connectors.site.origin_list import WrongOrigin, origin_of, read_origins
from connectors.site.origins import allowed

HTTPS = "https://shop.ru"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("https://shop.ru", HTTPS),
        ("https://shop.ru/", HTTPS),
        ("HTTPS://Shop.RU", HTTPS),
        ("https://shop.ru/catalog/?page=2#top", HTTPS),
        ("https://shop.ru:443", HTTPS),
        ("http://shop.ru:80", "http://shop.ru"),
        ("https://shop.ru.", HTTPS),
        ("shop.ru", HTTPS),
        ("shop.ru", "http://shop.ru"),
        ("//shop.ru", HTTPS),
        ("shop.ru:8443/x", "https://shop.ru:8443"),
        ("https://запчасти.рф", "https://xn--80aatg7anh1b.xn--p1ai"),
        ("Запчасти.РФ", "http://xn--80aatg7anh1b.xn--p1ai"),
        ("https://*.shop.ru", "https://opt.shop.ru"),
        ("*.shop.ru", "https://a.b.shop.ru"),
        ("*.запчасти.рф", "https://m.xn--80aatg7anh1b.xn--p1ai"),
        ("'https://shop.ru'", HTTPS),
        ("«shop.ru»", HTTPS),
        ("https://other.ru;https://shop.ru", HTTPS),
        ("https://other.ru https://shop.ru", HTTPS),
        ("https://other.ru,\n https://shop.ru,", HTTPS),
        ("http://192.168.0.5:8080", "http://192.168.0.5:8080"),
        ("http://[::1]:3000/", "http://[::1]:3000"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://crm", "http://crm"),
        ("*", "https://anything.example"),
    ],
)
def test_what_an_owner_writes_lets_his_pages_in(written, named):
    """Whatever stands in his address bar is the origin that his browser names."""
    assert allowed(named, {}, Settings(widget_origins=written))


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("https://shop.ru", "http://shop.ru"),
        ("https://shop.ru", "https://www.shop.ru"),
        ("https://shop.ru", "https://shop.ru:8443"),
        ("https://shop.ru", "https://shop.ru.evil.example"),
        ("https://shop.ru", "https://evilshop.ru"),
        ("https://*.shop.ru", "https://shop.ru"),
        ("https://*.shop.ru", "https://evilshop.ru"),
        ("https://shop.ru", "null"),
        ("https://shop.ru", "chrome-extension://shop.ru"),
        ("https://shop.ru", "https://*.shop.ru"),
        ("", "https://shop.ru"),
    ],
)
def test_no_other_page_is_let_in(written, named):
    """Neither a neighbour nor whoever has the shop's name in his own."""
    assert not allowed(named, {}, Settings(widget_origins=written))


@pytest.mark.parametrize(
    "written",
    [
        "ftp://shop.ru",
        "file:///C:/shop.html",
        "https://",
        "https://*",
        "*.ru",
        "shop.*",
        "https://shop.ru:восемь",
        "https://shop.ru:99999",
        "https://user:word@shop.ru",
        "https://shop..ru",
        "https://-shop.ru",
        "https://shop!.ru",
        "192.168.0",
        "https://192.168.0.300",
        "*.192.168.0.5",
    ],
)
def test_what_can_match_no_page_stops_the_start_with_one_line(written):
    """A mistake that would only be seen in a customer's browser."""
    with pytest.raises(WrongSetting) as refused:
        Settings.from_env({"WIDGET_ORIGINS": f"https://good.ru, {written}"})
    line = str(refused.value)
    assert line.startswith("WIDGET_ORIGINS: «")
    assert "\n" not in line


@given(st.text(max_size=60))
def test_nothing_that_is_written_or_named_raises_anything_else(text):
    """Both come from outside."""
    with contextlib.suppress(WrongOrigin):
        read_origins(text)
    origin_of(text)
    origin_of(f"https://{text}")
