"""`optfm prices …` as the staff use it, on a real Postgres."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from optfm.cli.prices import prices
from tests.catalog.price_files import Line, Sheet, a_list, goods, saved


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch) -> Callable[..., Result]:
    """Runs a command in the test's own database and folder."""
    monkeypatch.setenv("DB_URL", database_url)
    monkeypatch.setenv("OPTFM_VAR", str(tmp_path / "var"))
    return lambda *words: CliRunner().invoke(prices, [str(word) for word in words])


def test_an_import_tells_the_date_the_numbers_and_the_changes(run, tmp_path: Path):
    """Everything a manager checks before the customers see it."""
    first = run("import", saved(tmp_path, Sheet(lines=goods(20)), "1.xls"))
    assert first.exit_code == 0, first.output
    assert "Прайс-лист на 25 июня 2025 г." in first.output
    assert "Товаров: 20, групп: 1." in first.output
    assert "Загружен и действует: № 1." in first.output

    lines = goods(21, price=150)
    second = run("import", saved(tmp_path, Sheet(lines=lines), "2.xls"))
    assert "Против действующего № 1 от 25.06.2025 (товаров: 20):" in second.output
    assert "новых               1" in second.output
    assert "подорожало         20" in second.output
    assert "100 ₽ → 150 ₽ (+50 %)  Чехол № 1" in second.output
    assert second.output.count("→") == 10


def test_a_jump_of_all_prices_is_asked_about(run, tmp_path: Path):
    """Another currency or another column looks like this."""
    run("import", saved(tmp_path, Sheet(lines=goods(20)), "1.xls"))
    jump = run("import", saved(tmp_path, Sheet(lines=goods(20, price=9000)), "2.xls"))
    assert jump.exit_code == 1
    assert "в 90 раза" in jump.output
    assert "--force" in jump.output
    assert run("import", str(tmp_path / "2.xls"), "--force").exit_code == 0


def test_the_price_is_asked_for_once(run, tmp_path: Path):
    """With both columns named; the answer holds for the next list."""
    header = [("Номенклатура", "Код", "Остаток", "Опт", "Розница")]
    lines = [Line(code=f"УТ-9000000{n}", price=100 + n, status=90 + n) for n in range(5)]
    file = saved(tmp_path, Sheet(lines=lines, header=header), "1.xls")
    asked = run("import", file)
    assert asked.exit_code == 1
    assert "--price «Опт»" in asked.output
    assert "--price «Розница»" in asked.output
    assert run("import", file, "--price", "«Опт»").exit_code == 0
    cheaper = [replace(line, price=line.price + 5) for line in lines]
    again = run("import", saved(tmp_path, Sheet(lines=cheaper, header=header), "2.xls"))
    assert again.exit_code == 0, again.output
    assert "--price Опт" in run("profile").output
    run("profile", "--forget")
    assert run("import", str(tmp_path / "2.xls")).exit_code == 1


def test_a_check_tells_all_in_one_object(run, tmp_path: Path):
    """For the staff's tools: what was read, or what must be told."""
    read = json.loads(run("check", saved(tmp_path, a_list(), "1.xls"), "--json").output)
    assert (read["outcome"], read["goods"], read["groups"]) == ("read", 3, 2)
    assert read["columns"]["цена"] == "«ФМ1» (E)"
    asked = run("check", saved(tmp_path, a_list(title=None), "2.xls"), "--json")
    assert asked.exit_code == 1
    told = json.loads(asked.output)
    assert [question["kind"] for question in told["questions"]] == ["date"]
    assert told["outcome"] == "ask"


def test_a_dry_run_says_that_nothing_changed(run, tmp_path: Path):
    """And the list of revisions stays empty."""
    dry = run("import", saved(tmp_path, a_list()), "--dry-run")
    assert dry.exit_code == 0
    assert "Проверка: ничего не изменено" in dry.output
    assert "Прайс-листов нет" in run("list").output


def test_the_list_marks_the_active_one_and_activate_moves_the_mark(run, tmp_path: Path):
    """Going back to last week's prices takes two commands."""
    run("import", saved(tmp_path, Sheet(lines=goods(20)), "1.xls"))
    run("import", saved(tmp_path, Sheet(lines=goods(21)), "2.xls"))
    assert "Действует прайс-лист № 1 от 25.06.2025." in run("activate", 1).output
    _, newer, older = run("list").output.splitlines()
    assert "2.xls" in newer
    assert "действует" not in newer
    assert older.split()[:2] == ["1", "25.06.2025"]
    assert "1.xls" in older
    assert "действует" in older


def test_an_older_list_is_loaded_with_a_warning(run, tmp_path: Path):
    """Last month's file is usually the wrong one."""
    run("import", saved(tmp_path, a_list(), "1.xls"))
    older = a_list(title="Прайс-лист на 1 мая 2025 г.")
    assert "старше действующего" in run("import", saved(tmp_path, older, "2.xls")).output


def test_a_refusal_is_one_line_on_stderr_and_exit_code_1(run, tmp_path: Path):
    """No traceback, nothing else; the same for every kind of refusal."""
    run("import", saved(tmp_path, Sheet(lines=goods(20)), "1.xls"))
    text = tmp_path / "text.xls"
    text.write_text("просто текст")
    for words in (
        ("import", text),
        ("import", text, "--dry-run"),
        ("import", tmp_path / "нет.xls"),
        ("import", saved(tmp_path, Sheet(lines=goods(9)), "2.xls")),
        ("activate", 99),
    ):
        refused = run(*words)
        assert refused.exit_code == 1, words
        assert refused.stderr.startswith("optfm: ")
        assert refused.stderr.count("\n") == 1


def test_a_wrong_use_is_exit_code_2(run):
    """As every command line tells it."""
    assert run("activate", "первый").exit_code == 2
    assert run("import").exit_code == 2


def test_a_database_that_is_away_is_one_line(run, tmp_path: Path, monkeypatch):
    """Without the password that its address holds."""
    monkeypatch.setenv("DB_URL", "postgresql://bot:s3cret@127.0.0.1:1/optfm")
    refused = run("import", saved(tmp_path, a_list()))
    assert refused.exit_code == 1
    assert refused.stderr.startswith("optfm: база данных")
    assert refused.stderr.count("\n") == 1
    assert "s3cret" not in refused.output
