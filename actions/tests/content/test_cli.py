"""`optfm content …`: the page and the repository's files never part in silence."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from optfm.cli.main import optfm
from optfm.content import all_documents, document, publish

FILES = ["domain.yml", "actions/optfm/facts/facts.yml", "actions/optfm/facts/texts.yml"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch, database_url: str) -> Path:
    """A copy of the files that may be written."""
    from optfm.settings import ROOT

    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for folder in ("docs/knowledge", "actions/optfm/text/vocabulary",
                   "actions/optfm/conversation/vocabulary"):  # fmt: skip
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setattr("optfm.content.documents.ROOT", tmp_path)
    monkeypatch.setenv("DB_URL", database_url)
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(optfm, ["content", *words])
    return done.exit_code, done.output


def _publish(engine: Engine, name: str, new: str) -> None:
    with engine.begin() as connection:
        publish(connection, document(name), new, author="Ольга", base=0)


def test_an_export_writes_what_was_published(engine: Engine, root: Path):
    """Then the files say the same, and git shows the difference."""
    _publish(engine, "domain.yml#utter_faq_hours", "Работаем всегда.\nЗвоните.")
    _publish(engine, "docs/knowledge/доставка.md", "# Доставка\n\nВезём.\n")
    code, said = run("diff")
    assert code == 1
    assert "+Работаем всегда." in said
    assert run("export")[0] == 0
    assert "        Работаем всегда.\n        Звоните.\n" in (root / "domain.yml").read_text(
        "utf-8"
    )
    assert (root / "docs/knowledge/доставка.md").read_text("utf-8") == "# Доставка\n\nВезём.\n"
    assert run("diff") == (0, "Файлы говорят то же, что и бот.\n")
    assert run("export") == (0, "Файлы и так говорят то же.\n")


def test_a_file_that_was_changed_too_is_not_overwritten_in_silence(engine: Engine, root: Path):
    """The developer is told, and chooses."""
    name = "docs/knowledge/доставка.md"
    _publish(engine, name, "# Доставка\n\nВезём.\n")
    (root / name).write_text("# Доставка\n\nНе везём.\n", encoding="utf-8")
    code, said = run("export")
    assert code == 1
    assert "изменили после публикации" in said
    assert "Не везём" in (root / name).read_text("utf-8")
    assert run("import", name)[0] == 0
    assert run("diff")[0] == 0


def test_an_unknown_document_is_one_line(root: Path):
    """No traceback."""
    code, said = run("import", "../../etc/passwd")
    assert code == 1
    assert said.count("\n") == 1
    assert len(all_documents()) > 100
