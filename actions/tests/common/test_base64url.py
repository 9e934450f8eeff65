"""Bytes as base64url."""

import pytest

from common.base64url import decoded, encoded


@pytest.mark.parametrize("raw", [b"", b"\xfb", b"\xfb\xff", b"\xfb\xff\xbf", bytes(range(65))])
def test_bytes_come_back_with_and_without_padding(raw: bytes):
    """`-` and `_` stand for what has no letter."""
    text = encoded(raw)
    assert not set(text) & set("+/=")
    assert decoded(text) == raw == decoded(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize("text", ["a", "ab+/", "ключ", "ab cd"])
def test_anything_else_is_refused(text: str):
    """In one word for whoever asks."""
    with pytest.raises(ValueError):
        decoded(text)
