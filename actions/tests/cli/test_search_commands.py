"""`optfm prices search` and `optfm prices explain`."""

import json

import pytest
from click.testing import CliRunner

from optfm.cli.prices import prices
from tests.search.conftest import DEMO


def run(*arguments: str, stdin: str | bytes = ""):
    return CliRunner().invoke(prices, [*arguments, "--file", str(DEMO)], input=stdin)


def test_every_line_gets_one_json_object():
    """Also a blank one, and one that is not UTF-8; nothing else is on stdout."""
    lines = "дисплей самсунг а12\n\nчайник\n".encode() + b"\xff\xfe\n" + "флешка 32".encode()
    done = run("search", "--jsonl", "--limit", "2", stdin=lines)
    assert done.exit_code == 0
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a["query"] for a in answers][:3] == ["дисплей самсунг а12", "", "чайник"]
    assert len(answers) == 5
    first = answers[0]
    assert set(first) == {"query", "answer", "confidence", "items", "unmet"}
    assert first["answer"] == "found"
    item = first["items"][0]
    assert set(item) == {"code", "codes", "name", "price", "status", "score"}
    assert item["code"] in item["codes"]
    assert isinstance(item["price"], int | float)
    assert [a["answer"] for a in answers[1:3]] == ["none", "none"]


def test_rows_come_also_with_a_refusal():
    """The nearest rows are there although the answer is none."""
    done = run("search", "--jsonl", stdin="дисплей на iphone 27\n")
    answer = json.loads(done.stdout)
    assert answer["answer"] == "none"
    assert answer["items"]


def test_a_question_is_answered_for_people():
    """Codes, prices with the rouble sign, the gap in words."""
    assert "₽" in run("search", "дисплей самсунг а12").output
    refused = run("search", "дисплей на iphone 27").output
    assert "нет такого: iPhone 27; ближайшее: iPhone" in refused


def test_an_explanation_names_steps_demands_and_roles():
    """Somebody who sells phone parts can follow it."""
    said = run("explain", "lbcgktq yf cfvceyu f12").output
    assert "раскладка: «lbcgktq yf cfvceyu f12» → «дисплей на самсунг а12»" in said
    assert "устройство: Samsung A12" in said
    assert "«дисплей»: есть (название товара)" in said
    assert "Ответ: показать найденное" in said


def test_an_explanation_of_a_refusal_says_what_is_missing():
    """The demand that no row meets, and the nearest values."""
    said = run("explain", "флешка 2 тб").output
    assert "объём памяти «2 TB»" in said
    assert "вместе с остальными не выполняется нигде" in said
    assert "ближайшее:" in said


@pytest.mark.parametrize("question", ["", "😀", "УТ-0009999999", "дисплей", "привет"])
def test_anything_can_be_explained(question):
    """Also what was not understood."""
    assert run("explain", question).exit_code == 0


def test_a_question_or_jsonl_is_needed():
    """Wrong usage is exit code 2."""
    assert run("search").exit_code == 2
