"""Insults and alarm words (alarm.yml): whoever writes them is not answered by a bot."""

import functools
import re
from pathlib import Path

import yaml


@functools.lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    raw = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{part})" for part in raw["alarming"]))


def alarming(text: str) -> bool:
    """Whether a customer is beyond what a bot should answer."""
    return bool(_words().search(text.lower().replace("ё", "е")))
