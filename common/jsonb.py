"""JSON that Postgres takes as jsonb, whatever a customer typed."""

import json
import re
from typing import Any

#: an escaped backslash, or a NUL: read from the left, so that a typed backslash-u0000 stays
_ESCAPED = re.compile(r"\\\\|\\u0000")


def dumps(value: object) -> str:
    """`value` as JSON text without NUL and without halves of a surrogate pair.

    :param value: what `json.dumps` takes; anything else in it as its `str`.
    Source: postgresql.org/docs/current/datatype-json.html, "\\u0000 is disallowed".
    """
    text = json.dumps(value, ensure_ascii=False, default=str)
    if "\\u0000" in text:
        text = _ESCAPED.sub(lambda found: found[0] if found[0] == "\\\\" else "", text)
    return storable(text)


def storable(text: str) -> str:
    """Text that Postgres takes: without NUL and without halves of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def storable_values(values: Any) -> Any:  # noqa: ANN401 - whatever a driver takes as parameters
    """The parameters of a statement with every text in them as `storable` makes it.

    :param values: texts, numbers and so on, in lists, tuples and dicts of any depth.
    """
    if isinstance(values, str):
        return values if values.isascii() and "\0" not in values else storable(values)
    if isinstance(values, dict):
        return {key: storable_values(value) for key, value in values.items()}
    if type(values) in (list, tuple):
        return type(values)(storable_values(value) for value in values)
    return values
