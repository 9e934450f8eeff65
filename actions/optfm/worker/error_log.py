"""What the worker could not do, as lines of JSON in error.log beside those of the Rasa server."""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

from common.log_file import LogFile
from common.masking import mask


def open_error_log(folder: Path) -> None:
    """Write errors of this process into `folder`/error.log, too.

    :raises OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handler = LogFile(folder / "error.log")
    handler.setLevel(logging.ERROR)
    handler.setFormatter(_JsonLine())
    logging.getLogger().addHandler(handler)


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """One record as one line; what is personal in it is masked."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": "error",
            "text": mask(record.getMessage()),
            "logger": record.name,
        }
        if record.exc_info:
            line["traceback"] = mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
