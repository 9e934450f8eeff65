"""Session ids: ours are continued, everybody else's begin anew."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from connectors.settings import WrongSetting
from connectors.site.sessions import Sessions, session_keys

DAY_S = 86_400.0


def test_an_issued_id_opens_its_dialog():
    """The browser holds a name of the dialog, never the dialog's own id."""
    sessions = Sessions(["k"], lasts_s=DAY_S)
    session_id, dialog = sessions.issue()
    assert sessions.dialog_of(session_id) == dialog
    assert dialog.startswith("web:") and dialog not in session_id


def test_an_id_signed_by_an_older_key_still_opens():
    """Keys are rotated without losing the visitors."""
    session_id, dialog = Sessions(["old"], lasts_s=DAY_S).issue()
    assert Sessions(["new", "old"], lasts_s=DAY_S).dialog_of(session_id) == dialog
    assert Sessions(["new"], lasts_s=DAY_S).dialog_of(session_id) is None


def test_an_old_id_is_worth_nothing():
    """A forgotten browser is not a door for ever."""
    now = 1_000_000.0
    session_id, _ = Sessions(["k"], lasts_s=DAY_S, now=lambda: now).issue()
    assert Sessions(["k"], lasts_s=DAY_S, now=lambda: now + DAY_S + 1).dialog_of(session_id) is None


def test_no_other_string_opens_a_dialog():
    """Forged, cut, turned around, of another type."""
    sessions = Sessions(["k"], lasts_s=DAY_S)
    session_id, dialog = sessions.issue()
    name, issued, signature = session_id.split(".")
    other = sessions.issue()[0].split(".")[0]
    for forged in (
        None,
        7,
        "",
        "..",
        dialog,
        f"{name}.{issued}.",
        f"{other}.{issued}.{signature}",
        f"{name}.{int(issued, 16) + 1:x}.{signature}",
        session_id + "ё",
    ):
        assert sessions.dialog_of(forged) is None


def test_a_key_that_nobody_set_is_made_once_and_read_by_its_owner_only(tmp_path):
    """A restart must not end all conversations."""
    keys = session_keys("", tmp_path)
    assert keys == session_keys("", tmp_path) and len(keys[0]) >= 32
    assert (tmp_path / "session.key").stat().st_mode & 0o777 == 0o600
    assert session_keys("new, old", tmp_path) == ["new", "old"]


def test_servers_that_begin_at_once_have_one_key(tmp_path):
    """Else a visitor's id would be good at every second request."""
    with ProcessPoolExecutor(4, get_context("fork")) as servers:
        keys = list(servers.map(session_keys, [""] * 20, [tmp_path] * 20))
    assert len({key for (key,) in keys}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["session.key"]


def test_an_empty_key_signs_nothing(tmp_path):
    """A full disk leaves an empty file; with that key anybody could open any dialog."""
    (tmp_path / "session.key").write_text("\n")
    with pytest.raises(WrongSetting, match="session.key"):
        session_keys("", tmp_path)
