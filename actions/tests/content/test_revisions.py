"""A publication has an author, a way back, and never overwrites another that was not seen."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from optfm.content import (
    Conflict,
    Document,
    WrongContent,
    current,
    document,
    history,
    publish,
    standing,
)

HOURS = document("domain.yml#utter_faq_hours")


def _publish(engine: Engine, text: str | None, base: int, author: str = "Ольга") -> int:
    with engine.begin() as connection:
        return publish(connection, HOURS, text, author=author, base=base).id


def test_a_publication_is_kept_with_who_and_when(engine: Engine):
    """The newest is what counts; the ones before are a way back."""
    first = _publish(engine, "Первый", 0)
    second = _publish(engine, "Второй", first, "Пётр")
    _publish(engine, None, second)
    with engine.connect() as connection:
        found = history(connection, HOURS.name)
    assert [(r.text, r.author) for r in found] == [
        (None, "Ольга"), ("Второй", "Пётр"), ("Первый", "Ольга"),
    ]  # fmt: skip


def test_whoever_saw_an_older_text_gets_a_conflict_with_the_newer(engine: Engine):
    """Nothing is lost: neither what was published nor what he wrote."""
    first = _publish(engine, "Ольгин", 0)
    with pytest.raises(Conflict) as caught:
        _publish(engine, "Петин", 0, "Пётр")
    assert caught.value.theirs is not None
    assert (caught.value.theirs.id, caught.value.theirs.text) == (first, "Ольгин")
    assert "Ольга" in caught.value.message
    with engine.connect() as connection:
        assert current(connection, HOURS.name).text == "Ольгин"  # type: ignore[union-attr]


def test_of_twenty_at_once_one_publishes(engine: Engine):
    """All saw the same text."""

    def one(number: int) -> bool:
        try:
            return bool(_publish(engine, f"Текст {number}", 0))
        except Conflict:
            return False

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(one, range(20))) == 1
    with engine.connect() as connection:
        assert len(history(connection, HOURS.name)) == 1


def test_what_is_refused_replaces_nothing(engine: Engine):
    """The text before counts."""
    first = _publish(engine, "Хороший", 0)
    with pytest.raises(WrongContent):
        _publish(engine, "Плохой {field}", first)
    with engine.connect() as connection:
        assert current(connection, HOURS.name).id == first  # type: ignore[union-attr]


def test_the_page_knows_how_it_stands_to_the_file(engine: Engine, monkeypatch, tmp_path):
    """Ahead of it, the same, or apart from it where the file was changed, too."""
    monkeypatch.setattr("optfm.content.documents.ROOT", tmp_path)
    page = Document(name="docs/p.md", title="", chapter="facts")
    (tmp_path / "docs").mkdir()
    file = tmp_path / "docs" / "p.md"
    file.write_text("# Страница\nстарое\n", encoding="utf-8")
    with engine.begin() as connection:
        done = publish(connection, page, "# Страница\nновое\n", author="Ольга", base=0)
    assert standing(page, None) == "file"
    assert standing(page, done) == "ahead"
    file.write_text("# Страница\nсовсем другое\n", encoding="utf-8")
    assert standing(page, done) == "apart"
    page.to_file(done.text or "")
    assert standing(page, done) == "same"
