"""What is published is what a running bot says, within seconds; what is broken never is."""

import time
from collections.abc import Callable

from sqlalchemy import Engine, text

from common import published
from optfm.catalog import revisions
from optfm.content import document, publish
from optfm.content.live import LiveContent, apply
from optfm.facts import terms
from optfm.search.live import LiveIndex
from optfm.settings import ROOT

SLANG = document("actions/optfm/text/vocabulary/slang.yml")
FACTS = document("actions/optfm/facts/facts.yml")


def _publish(engine: Engine, what, new: str | None, base: int = 0) -> int:
    with engine.begin() as connection:
        return publish(connection, what, new, author="Ольга", base=base).id


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_a_new_word_is_understood_by_the_running_index(engine: Engine):
    """Published and taken back, without a restart; the index answers all the time."""
    revisions.import_file(engine, ROOT / "prices" / "demo.xls")
    content = LiveContent(engine).start()
    prices = LiveIndex(engine).start()
    try:
        ask = "брякозявка на iphone 11"
        before = prices.current().search_all(ask, limit=3)[0]
        assert before.kind == "none" or before.unmet
        done = _publish(engine, SLANG, SLANG.in_file() + "\nбрякозявка: [дисплей]\n")

        def understood() -> bool:
            answer = prices.current().search_all(ask, limit=3)[0]
            return answer.kind != "none" and not answer.unmet

        assert _within(60, understood)
        assert "дисплей" in prices.current().search_all(ask, limit=3)[0].rows[0].row.name.lower()
        _publish(engine, SLANG, None, done)
        assert _within(60, lambda: not understood())
    finally:
        prices.close()
        content.close()


def test_facts_are_followed(engine: Engine):
    """Hours, sums, terms."""
    new = FACTS.in_file().replace("return_days: 10", "return_days: 14")
    _publish(engine, FACTS, new)
    apply(engine)
    assert terms().return_days == 14
    published.publish({})
    assert terms().return_days == 10


def test_what_this_version_cannot_read_does_not_count(engine: Engine):
    """Published by an older version, or by hand: the file counts, and the rest is applied."""
    with engine.begin() as connection:
        for name, said in (
            (SLANG.name, "зарядка: [["),
            (FACTS.name, "что-то: 1"),
            ("domain.yml#utter_gone", "Текст"),
            ("domain.yml#utter_faq_vat", "Пока!"),
        ):
            connection.execute(
                text(
                    "INSERT INTO content_revisions (document, text, author, file_sha256)"
                    " VALUES (:name, :said, 'x', '')"
                ),
                {"name": name, "said": said},
            )
    apply(engine)
    assert published.text_of(SLANG.name) is None
    assert terms().return_days == 10
    assert published.text_of("domain.yml#utter_faq_vat") == "Пока!"


def test_a_file_edited_badly_by_hand_leaves_what_was_before(tmp_path, monkeypatch):
    """A slip in an editor must not fail a customer's turn."""
    monkeypatch.setattr(published, "LOOK_S", 0)
    file = tmp_path / "n.txt"
    file.write_text("7")
    follow = published.Following(lambda: int(published.read(file)), file)
    assert follow() == 7
    file.write_text("семь!")
    assert follow() == 7
    file.write_text("18")
    assert follow() == 18
