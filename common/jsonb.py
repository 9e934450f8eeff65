"""JSON that Postgres takes as jsonb, whatever a customer typed."""

import json
import re

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
