"""A log file that may fail: a full disk or a folder that is gone ends nothing, and not for ever."""

import contextlib
import logging
import logging.handlers
import sys
import time
from pathlib import Path

#: How often it is said on the terminal that lines are being lost.
_SAID_AGAIN_S = 60.0


class LogFile(logging.handlers.WatchedFileHandler):
    """Appends lines; opened anew when it is rotated away, and after each failure.

    The standard handler raises into whoever logs where it cannot be opened anew.
    """

    def __init__(self, path: Path) -> None:
        """
        :raises OSError: it cannot be opened now.
        """
        super().__init__(path, encoding="utf-8")
        self._said = -_SAID_AGAIN_S

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, or lose it."""
        try:
            super().emit(record)
        except (OSError, ValueError):  # also a stream that was closed by a failure
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say that a line is lost, now and then; the next one begins with a file of its own."""
        stream, self.stream = self.stream, None
        with contextlib.suppress(OSError, ValueError):
            if stream is not None:
                stream.close()
        if time.monotonic() - self._said < _SAID_AGAIN_S:
            return
        self._said = time.monotonic()
        with contextlib.suppress(OSError, ValueError, AttributeError):
            why = sys.exc_info()[1]
            sys.stderr.write(f"журнал {self.baseFilename} не пишется: {why}\n")
