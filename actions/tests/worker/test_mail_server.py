"""What is taken for the address of a mail server."""

import pytest

from optfm.errors import Refused
from optfm.settings import Settings

_TO = {"NOTIFY_EMAIL": "sales@example.ru"}


@pytest.mark.parametrize("url", ["smtp://mail", "smtps://a%40b.ru:p@mail:465", "smtp://m:587?x"])
def test_a_mail_server_is_taken(url: str):
    """With and without an account, a port, a question for STARTTLS."""
    assert Settings.from_env({"SMTP_URL": url, **_TO}).notices == ("request_email",)


@pytest.mark.parametrize(
    "url", ["mail.example.ru:465", "http://mail", "smtp://u:hush@m:port", "smtp://"]
)
def test_anything_else_stops_the_start_with_a_line(url: str):
    """Not with a traceback at the first letter; and the line keeps the password to itself."""
    with pytest.raises(Refused, match="SMTP_URL") as refused:
        Settings.from_env({"SMTP_URL": url, **_TO})
    assert "hush" not in refused.value.message


def test_a_mail_server_for_alerts_alone_is_enough():
    """Requests may go to Telegram only; without anybody to write to it means nothing."""
    url = {"SMTP_URL": "smtp://mail"}
    assert Settings.from_env({**url, "ALERTS_EMAIL": "night@example.ru"}).notices == ()
    with pytest.raises(Refused, match="нужен NOTIFY_EMAIL .* или ALERTS_EMAIL"):
        Settings.from_env(url)
    with pytest.raises(Refused, match="нужен SMTP_URL"):
        Settings.from_env(_TO)
