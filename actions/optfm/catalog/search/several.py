"""Several goods in one message: «дисплей и акб на а12» is two questions."""

from collections.abc import Mapping

from optfm.catalog.search.question import QuestionReader


def several(question: str, reader: QuestionReader, heads: Mapping[str, float]) -> list[str]:
    """The questions that the message holds, each whole; usually the message itself."""
    return [question]
