"""The settings of Telegram: a wrong one stops the start with one line that names it."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.server.callers import network_address
from connectors.settings import Settings, WrongSetting

TOKEN = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"TELEGRAM_BOT_TOKEN": "not a token"}, "TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_MODE": "carrier pigeon"}, "TELEGRAM_MODE"),
        ({"TELEGRAM_API_URL": "api.telegram.org"}, "TELEGRAM_API_URL"),
        ({"TELEGRAM_PROXY": "socks5://host:1080"}, "TELEGRAM_PROXY"),
        (
            {"TELEGRAM_MODE": "webhook", "PUBLIC_URL": "https://bot.example.ru"},
            "TELEGRAM_WEBHOOK_SECRET",
        ),
        ({"TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_SECRET": "s" * 16}, "PUBLIC_URL"),
        ({"TELEGRAM_WEBHOOK_SECRET": "пароль" * 3}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"TELEGRAM_WEBHOOK_SECRET": "short"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"SESSION_KEYS": "the-newest-one-of-them,old"}, "SESSION_KEYS"),
        ({"TRUSTED_PROXIES": "the proxy"}, "TRUSTED_PROXIES"),
    ],
    ids=str,
)
def test_a_wrong_value_is_named(given, named):
    """In one line, without the token."""
    with pytest.raises(WrongSetting) as refused:
        Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN, **given})
    assert named in str(refused.value)
    assert "\n" not in str(refused.value) and TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),  # a stranger may write what he likes
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.1.2.3", "1.1.1.1, 198.51.100.7", "198.51.100.7"),  # what he wrote before the proxy
        ("127.0.0.1", "198.51.100.7, 10.9.9.9", "198.51.100.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("127.0.0.1", '"198.51.100.7:4711"', "198.51.100.7"),
        ("127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("127.0.0.1", "[2001:db8::7]", "2001:db8::7"),
        ("127.0.0.1", "2001:DB8::7", "2001:db8::7"),
        ("127.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("10.1.2.3", "198.51.100.7:80, 10.9.9.9:443", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, unknown", "127.0.0.1"),
        ("127.0.0.1", "[198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7:x:y", "127.0.0.1"),
        ("", "198.51.100.7", ""),
    ],
)
def test_the_address_is_the_last_that_no_proxy_of_ours_has(peer, forwarded, expected):
    """X-Forwarded-For counts from this machine and from TRUSTED_PROXIES only."""
    assert network_address(peer, forwarded, "10.0.0.0/8") == expected


@given(st.text(max_size=60) | st.lists(st.ip_addresses().map(str)).map(", ".join))
def test_no_header_that_somebody_makes_up_is_an_error(forwarded: str):
    """What comes back is an address, whatever was sent."""
    found = network_address("127.0.0.1", forwarded, "10.0.0.0/8")
    assert ipaddress.ip_address(found)
