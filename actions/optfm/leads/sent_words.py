"""What is said of a request that was sent: a YAML file, checked when it is loaded."""

import functools
import re
from pathlib import Path
from typing import Literal

from optfm.text.phrases import START, alternatives, plain, read_sections

Matter = Literal["number", "when", "cancel", "more"]

_FILE = Path(__file__).parent / "vocabulary" / "sent.yml"
_MATTERS: dict[str, Matter] = {
    "номер": "number",
    "отмена": "cancel",
    "когда": "when",
    "дополнение": "more",
}


@functools.cache
def _words() -> dict[Matter, re.Pattern[str]]:
    raw = read_sections(_FILE, _MATTERS)
    return {
        matter: re.compile(START + alternatives(map(plain, raw[name])))
        for name, matter in _MATTERS.items()
    }


def matter_of(text: str) -> Matter | None:
    """What a message says of the request that was sent; None where it speaks of something else."""
    low = plain(text)
    return next((matter for matter, said in _words().items() if said.search(low)), None)
