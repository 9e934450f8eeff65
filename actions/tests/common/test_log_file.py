"""Logs on a disk that is full or gone: whoever logs goes on, and so does the log, later."""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.log_file import LogFile


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    """A logger into `logs/app.log`."""
    (tmp_path / "logs").mkdir()
    handler = LogFile(tmp_path / "logs" / "app.log")
    made = logging.Logger("test")
    made.addHandler(handler)
    yield made
    handler.close()


def test_a_full_disk_loses_lines_and_nothing_else(
    log: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Lines are lost while there is no room, told once, and written again when there is."""
    path = tmp_path / "logs" / "app.log"
    path.unlink()
    path.symlink_to("/dev/full")
    for number in range(500):
        log.error("lost %s %s", number, "x" * 1000)
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "app.log не пишется" in said
    path.unlink()
    log.error("written")
    assert path.read_text() == "written\n"


def test_a_folder_that_is_gone_raises_into_nobody(log: logging.Logger, tmp_path: Path):
    """As after `rm -r logs`; a new folder is written to."""
    log.error("before")
    shutil.rmtree(tmp_path / "logs")
    log.error("lost")
    log.error("lost")
    (tmp_path / "logs").mkdir()
    log.error("after")
    assert (tmp_path / "logs" / "app.log").read_text() == "after\n"


def test_a_rotated_file_is_left(log: logging.Logger, tmp_path: Path):
    """logrotate moves it away: what follows stands in a new one."""
    log.error("old")
    os.rename(tmp_path / "logs" / "app.log", tmp_path / "logs" / "app.log.1")
    log.error("new")
    assert (tmp_path / "logs" / "app.log").read_text() == "new\n"
    assert (tmp_path / "logs" / "app.log.1").read_text() == "old\n"
