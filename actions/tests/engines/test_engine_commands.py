"""`optfm prices search --engine weaviate`: the same answers, or one line why it is done without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ACTIONS = Path(__file__).parents[2]
DEMO = ACTIONS.parent / "prices" / "demo.xls"
QUESTIONS = ["дисплей айфон 11", "чехол самсунг", "акб xiaomi", "", "кабель type-c 2 метра", "слон"]


@pytest.fixture
def shop(database_url, server, tmp_path):
    """Runs a command of the shop; keyword arguments go into its environment."""

    def run(*arguments: str, typed: str = "", **environment: str):
        return subprocess.run(
            [sys.executable, "-m", "optfm.cli.main", "prices", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            cwd=ACTIONS,
            env={
                **os.environ,
                "PYTHONPATH": str(ACTIONS),
                "DB_URL": database_url,
                "OPTFM_VAR": str(tmp_path),
                "WEAVIATE_URL": server.url,
                "WEAVIATE_GRPC_PORT": str(server.grpc_port),
                "WEAVIATE_API_KEY": server.api_key,
                **environment,
            },
            check=False,
        )

    assert run("import", str(DEMO)).returncode == 0
    return run


def answers(done: subprocess.CompletedProcess) -> list[tuple]:
    return [
        (line["query"], line["answer"], [item["code"] for item in line["items"][:1]])
        for line in map(json.loads, done.stdout.splitlines())
    ]


def test_both_engines_answer_the_same_lines(shop):
    """One JSON line a question, also for a blank one, and the same first rows."""
    typed = "\n".join(QUESTIONS) + "\n"
    weaviate = shop("search", "--jsonl", "--engine", "weaviate", typed=typed)
    local = shop("search", "--jsonl", "--engine", "local", typed=typed)
    assert weaviate.returncode == local.returncode == 0
    assert weaviate.stderr == local.stderr == ""
    assert answers(weaviate) == answers(local)
    assert [query for query, *_ in answers(weaviate)] == QUESTIONS


def test_wrong_key_is_one_line_and_the_answers_come(shop):
    """The line names the setting; stdout is as if nothing had happened."""
    typed = "\n".join(QUESTIONS) + "\n"
    done = shop("search", "--jsonl", "--engine", "weaviate", typed=typed, WEAVIATE_API_KEY="wrong")
    assert done.returncode == 0, done.stderr
    assert answers(done) == answers(shop("search", "--jsonl", "--engine", "local", typed=typed))
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "WEAVIATE_API_KEY" in done.stderr


def test_weaviate_without_an_address_is_refused(shop):
    """Asked for by name and not configured: nothing is guessed."""
    done = shop("search", "--engine", "weaviate", "дисплей", WEAVIATE_URL="")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "WEAVIATE_URL" in done.stderr
