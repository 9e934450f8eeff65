"""Tells of a request by e-mail."""

import html
import logging
import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from optfm.leads.card import Card
from optfm.leads.words import card_text, headline
from optfm.outbox.entries import Later, Never
from optfm.worker.order_files import MIME

log = logging.getLogger(__name__)

_TIMEOUT_S = 20
#: A wrong password is mended by a person, not by trying.
_AFTER_A_WRONG_PASSWORD_S = 15 * 60.0


def send_mail(
    server: str,
    to: str,
    card: Card,
    *,
    key: str,
    added: str = "",
    workbook: tuple[str, bytes] | None = None,
) -> Mapping[str, Any]:
    """Send one letter about a request.

    :param server: `smtp://user:password@host:587?starttls` or `smtps://…`.
    :param to: addresses with commas between.
    :param key: the same key gives the same Message-ID, by which mail programs show it once.
    :param added: what joined the request after it was told of.
    :param workbook: a name and its content, attached to the letter.
    :returns: `{"message_id": …}`.
    :raises Later: the server is away, busy, or refuses the password.
    :raises Never: it refuses the letter or all of its readers.
    """
    letter = _letter(server, to, card, key, added)
    if workbook:
        name, content = workbook
        kind = MIME.removeprefix("application/")
        letter.add_attachment(content, maintype="application", subtype=kind, filename=name)
    return _sent(server, letter, f"заявке {card.id}")


def send_line(server: str, to: str, subject: str, body: str, *, key: str) -> Mapping[str, Any]:
    """Send a letter of a few words; parameters, result and errors as of `send_mail`."""
    letter = _addressed(server, to, subject, f"line-{sha256(key.encode()).hexdigest()[:24]}")
    letter.set_content(body)
    return _sent(server, letter, subject)


def _sent(server: str, letter: EmailMessage, about: str) -> Mapping[str, Any]:
    try:
        smtp = _connected(server)
        try:
            refused = smtp.send_message(letter)
        finally:
            _leave(smtp)
    except smtplib.SMTPAuthenticationError as exc:
        raise Later(f"почта не принимает пароль: {_words(exc)}", _AFTER_A_WRONG_PASSWORD_S) from exc
    except smtplib.SMTPRecipientsRefused as exc:
        codes = [code for code, _ in exc.recipients.values()]
        words = f"почта не принимает адресатов: {', '.join(exc.recipients)}"
        raise (Never(words) if min(codes) >= 500 else Later(words)) from exc
    except smtplib.SMTPResponseException as exc:
        words = f"почта отвечает: {_words(exc)}"
        raise (Never(words) if exc.smtp_code >= 500 else Later(words)) from exc
    except (smtplib.SMTPException, OSError) as exc:
        raise Later(f"почтовый сервер не отвечает: {exc}") from exc
    if refused:
        log.error("письмо о %s не принято для %s", about, ", ".join(sorted(refused)))
    return {"message_id": letter["Message-ID"], "refused": sorted(refused)}


def _leave(smtp: smtplib.SMTP) -> None:
    """Say goodbye; the letter is accepted or refused by now, whatever the server answers to it."""
    try:
        smtp.quit()
    except (smtplib.SMTPException, OSError) as exc:
        log.info("почта после письма: %s", _words(exc))
    finally:
        smtp.close()


def check_mail(server: str) -> str:
    """Log in and out again, for `optfm doctor`.

    :returns: what is wrong; empty: nothing.
    """
    try:
        _leave(_connected(server))
    except (smtplib.SMTPException, OSError) as exc:
        return _words(exc)
    return ""


def _connected(server: str) -> smtplib.SMTP:
    url = urlsplit(server)
    host, context = url.hostname or "", ssl.create_default_context()
    smtp: smtplib.SMTP
    if url.scheme == "smtps":
        smtp = smtplib.SMTP_SSL(host, url.port or 465, timeout=_TIMEOUT_S, context=context)
    else:
        smtp = smtplib.SMTP(host, url.port or 25, timeout=_TIMEOUT_S)
    try:
        asked = parse_qs(url.query, keep_blank_values=True).get("starttls", ["0"])
        if asked[0] in ("", "1", "true", "yes"):
            smtp.starttls(context=context)
        if url.username:
            smtp.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        smtp.close()
        raise
    return smtp


def _letter(server: str, to: str, card: Card, key: str, added: str) -> EmailMessage:
    own = f"request-{card.id}-{sha256(key.encode()).hexdigest()[:20]}"
    letter = _addressed(server, to, headline(card, added=bool(added)), own)
    if card.email:
        letter["Reply-To"] = _ascii(card.email)
    body = card_text(card, added=added)
    letter.set_content(body)
    letter.add_alternative(
        f'<pre style="font: 15px/1.5 sans-serif; white-space: pre-wrap">{html.escape(body)}</pre>',
        subtype="html",
    )
    return letter


def _addressed(server: str, to: str, subject: str, own: str) -> EmailMessage:
    """:param own: the first half of its Message-ID."""
    user = unquote(urlsplit(server).username or "")
    readers = [_ascii(address.strip()) for address in to.split(",")]
    letter = EmailMessage()
    letter["Subject"] = subject
    # A mail service refuses whoever writes in another name than that of his account.
    letter["From"] = f"Бот OptFM <{user if '@' in user else readers[0]}>"
    letter["To"] = ", ".join(readers)
    letter["Date"] = formatdate(localtime=True)
    letter["Message-ID"] = f"<{own}@{readers[0].rpartition('@')[2]}>"
    return letter


def _ascii(address: str) -> str:
    """The address with its domain in punycode: «почта@пример.рф» by any mail server's rules.

    Source: RFC 5891; a local part beyond ASCII (RFC 6531) stays as it is.
    """
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def _words(exc: Exception) -> str:
    if isinstance(exc, smtplib.SMTPResponseException):
        said = exc.smtp_error
        return (
            f"{exc.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
        )
    return str(exc) or type(exc).__name__
