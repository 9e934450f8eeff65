"""Lets this server say the answers that staff published, within a second or two.

What is published is checked before (actions/optfm/content); a text that does not fit the answer of
this version of the product does not count here either: the file does.
"""

import asyncio
import logging

from common import answer_texts, loops, published
from connectors.server.database import DatabaseFailed, database

logger = logging.getLogger(__name__)

_LOOK_S, _PATIENCE_S = 1.0, 60.0
_CURRENT = """
SELECT DISTINCT ON (document) document, text FROM content_revisions
WHERE starts_with(document, %s) ORDER BY document, id DESC
"""
_DOMAIN = "domain.yml#"


async def follow() -> None:
    """Look once a second until cancelled; a database that is away changes nothing."""
    loop = loops.loop("content", patience_s=_PATIENCE_S)
    seen = 0
    try:
        while True:
            with loop.round():
                seen = await _look(seen)
            await asyncio.sleep(_LOOK_S)
    finally:
        loops.ended(loop)


async def _look(seen: int) -> int:
    """What was published last of all; everything is read anew where that is new."""
    try:
        ((last,),) = await database().ask("SELECT coalesce(max(id), 0) FROM content_revisions")
        if last != seen:
            rows = await database().ask(_CURRENT, _DOMAIN)
            published.publish({name: text for name, text in rows if text is not None})
            logger.info("content as of publication %s", last)
        return int(last)
    except DatabaseFailed as exc:
        logger.warning("publications cannot be looked up: %s", exc)
        return seen


def wordings(answer: str, file: list[str]) -> list[str]:
    """What an answer says now.

    :param file: its wordings as the model knows them from domain.yml.
    """
    text = published.text_of(f"{_DOMAIN}{answer}")
    if text is None or answer_texts.problem(text, file):
        return file
    return answer_texts.wordings(text)
