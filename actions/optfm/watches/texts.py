"""What is said of watches, and the consent to one."""

import functools
from pathlib import Path
from typing import Any

from common.money import price
from optfm.text.yaml_text import read_yaml
from optfm.watches.watch import LASTS, Wanted, Watch


@functools.cache
def texts() -> dict[str, Any]:
    """The texts of texts.yml."""
    return dict(read_yaml(Path(__file__).with_name("texts.yml").read_text(encoding="utf-8")))


def what(wanted: Wanted) -> str:
    """«появится», «подешевеет (сейчас 1 560 ₽)»."""
    return str(texts()["what"][wanted.kind].format(price=price(wanted.price_kop)))


def consent(wanted: Wanted) -> tuple[str, str]:
    """The version in force, and its question about one watch."""
    asked = texts()["consent"]
    wording = asked["wording"].format(what=what(wanted), name=wanted.name, days=LASTS.days)
    return str(asked["version"]), str(wording)


def lines(found: list[Watch]) -> str:
    """Watches, a line each."""
    return "\n".join(
        texts()["line"].format(
            n=n, name=one.wanted.name, what=what(one.wanted), until=f"{one.ends:%d.%m.%Y}"
        )
        for n, one in enumerate(found, 1)
    )
