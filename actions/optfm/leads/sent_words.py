"""What is said of a request that was sent: a YAML file, checked when it is loaded."""

import functools
import re
from pathlib import Path
from typing import Literal

import yaml

from optfm.leads.contact_words import ContactWordsError, any_of, plain

Matter = Literal["number", "when", "cancel", "more"]

_FILE = Path(__file__).parent / "vocabulary" / "sent.yml"
_MATTERS: dict[str, Matter] = {
    "номер": "number",
    "отмена": "cancel",
    "когда": "when",
    "дополнение": "more",
}


@functools.cache
def _words(path: Path = _FILE) -> dict[Matter, re.Pattern[str]]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContactWordsError(f"{path.name}: файл не читается: {error}") from error
    if not isinstance(raw, dict) or set(raw) != set(_MATTERS):
        raise ContactWordsError(f"{path.name}: нужны разделы {', '.join(_MATTERS)}")
    for name, said in raw.items():
        if not isinstance(said, list) or not all(isinstance(x, str) and x.strip() for x in said):
            raise ContactWordsError(f"{path.name}: {name}: нужен список слов")
    return {
        matter: re.compile(rf"(?<!\w)(?:{any_of(raw[name])})(?!\w)")
        for name, matter in _MATTERS.items()
    }


def matter_of(text: str) -> Matter | None:
    """What a message says of the request that was sent; None where it speaks of something else."""
    low = plain(text)
    return next((matter for matter, said in _words().items() if said.search(low)), None)
