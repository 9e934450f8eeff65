"""The HTTP side as docs/openapi.yaml says it, asked by a fuzzer on a real server."""

import subprocess

from conftest import ROOT

_SCHEMATHESIS = ROOT / "actions" / ".venv" / "bin" / "schemathesis"


def test_a_fuzzer_finds_no_error_of_the_server(bot, tmp_path):
    """Hundreds of calls, well formed and not: no 5xx, and answers are as described."""
    fuzzed = subprocess.run(
        [
            str(_SCHEMATHESIS),
            "run",
            str(ROOT / "docs" / "openapi.yaml"),
            f"--url={bot.url}",
            "--checks=not_a_server_error,status_code_conformance,response_schema_conformance",
            "--phases=examples,coverage,fuzzing",
            "--max-examples=40",
            "--max-failures=5",
            "--seed=7",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert fuzzed.returncode == 0, fuzzed.stdout[-6000:] + fuzzed.stderr[-2000:]
    assert bot.say("привет")
