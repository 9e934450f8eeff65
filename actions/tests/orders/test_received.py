"""A customer's file where the connectors keep it."""

from pathlib import Path

import pytest

from optfm.orders.received import content_of

_TOKEN = "a" * 43


def test_only_files_of_the_dialog_itself_are_read(tmp_path: Path) -> None:
    """A path of another form, of another dialog or upwards opens nothing."""
    place = tmp_path / "files" / "tg%3A1"
    place.mkdir(parents=True)
    (place / f"{_TOKEN}.xlsx").write_bytes(b"x")
    assert content_of(tmp_path, "tg:1", f"/files/{_TOKEN}.xlsx") == b"x"
    for dialog, path in (
        ("tg:2", f"/files/{_TOKEN}.xlsx"),
        ("tg:1", f"/files/../tg%3A1/{_TOKEN}.xlsx"),
        ("tg:1", "/etc/passwd"),
        ("tg:1", ""),
    ):
        with pytest.raises(OSError):
            content_of(tmp_path, dialog, path)
