"""Imports between rooms point one way: which room may know which is written here, once."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

OPTFM = Path(__file__).parents[1] / "optfm"

#: Room → the rooms that it may import. A new arrow is added here or not at all.
ARROWS: dict[str, str] = {
    "errors": "",
    "settings": "errors",
    "db": "errors processes",
    "text": "errors",
    "facts": "text",
    "catalog": "db errors",
    "search": "catalog db errors settings text",
    "backup": "db errors",
    "monitoring": "",
    "conversation": "catalog errors search text",
    "outbox": "db",
    "leads": "db errors outbox text",
    "orders": "catalog db errors facts search text",
    "privacy": "db errors leads outbox",
    "watches": "catalog db leads search text",
    "llm": "db errors search settings text",
    "crm": "leads outbox settings",
    "events": "db outbox",
    "push": "db events leads outbox",
    "exchange": "catalog db",
    "reports": "db",
    "content": "catalog conversation db errors facts orders search text",
    "api": (
        "bootstrap catalog content db desk errors events exchange leads llm monitoring orders"
        " privacy search settings watches worker"
    ),
    "desk": (
        "catalog content db errors events facts leads orders outbox processes push reports search"
        " settings text"
    ),
    "worker": (
        "backup bootstrap crm db events leads llm monitoring orders outbox privacy push settings"
        " watches"
    ),
    "processes": "bootstrap catalog content crm db errors leads llm outbox search settings worker",
    "bootstrap": "backup db settings",
    "dialogue": (
        "bootstrap catalog content conversation db facts leads llm monitoring orders search"
        " settings text watches"
    ),
    "cli": (
        "api backup bootstrap catalog content db desk errors leads llm orders outbox privacy"
        " processes push search settings text watches"
    ),
}
#: Rooms that put others together; all others are the shop's own and know no framework.
#: `errors` shows a refusal by click itself, wherever in a command it was raised.
OUTER = frozenset({"api", "bootstrap", "cli", "desk", "dialogue", "errors", "processes", "worker"})
FRAMEWORKS = frozenset({"click", "fastapi", "rasa", "rasa_sdk", "starlette"})


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(OPTFM.rglob("*.py")):
        if (room := path.relative_to(OPTFM).parts[0].removesuffix(".py")) != "__init__":
            yield room, path


def _arrows() -> dict[tuple[str, str], Path]:
    found: dict[tuple[str, str], Path] = {}
    for room, path in _modules():
        for module in _imports(path):
            root, _, rest = module.partition(".")
            to = rest.partition(".")[0]
            if root == "optfm" and to and to != room:
                found.setdefault((room, to), path)
    return found


def test_no_room_knows_another_that_it_did_not_know():
    """The message names the arrow and the first file that draws it."""
    new = [
        f"{room} → {to} ({path.relative_to(OPTFM)})"
        for (room, to), path in _arrows().items()
        if to not in ARROWS.get(room, "").split()
    ]
    assert not new, f"new arrows: {', '.join(new)}"


def test_no_arrow_is_allowed_that_nobody_draws():
    """What is written above is what is there."""
    drawn = _arrows()
    stale = [
        f"{room} → {to}"
        for room, rooms in ARROWS.items()
        for to in rooms.split()
        if (room, to) not in drawn
    ]
    assert not stale, f"no longer needed: {', '.join(stale)}"


@pytest.mark.parametrize("framework", sorted(FRAMEWORKS))
def test_the_shop_s_own_rooms_know_no_framework(framework: str):
    """Rasa, commands and web servers are the outer layer's."""
    knowing = [
        str(path.relative_to(OPTFM))
        for room, path in _modules()
        if room not in OUTER and any(m.partition(".")[0] == framework for m in _imports(path))
    ]
    assert not knowing


def test_the_common_room_needs_the_standard_library_only():
    """Both environments import it, and neither has the other's packages."""
    common = OPTFM.parents[1] / "common"
    allowed = sys.stdlib_module_names | {"common"}
    foreign = {
        module
        for path in common.rglob("*.py")
        for module in _imports(path)
        if module.partition(".")[0] not in allowed
    }
    assert not foreign
