"""Keeps the trained model newer than what it is trained from."""

import os
import re
import signal
import subprocess
from pathlib import Path

from optfm.errors import Refused
from optfm.processes.children import die_with_parent
from optfm.processes.services import RASA_PYTHON
from optfm.settings import ROOT

_ERROR = re.compile(r"(?:Error|Exception)\b")
#: What `make train` and a start write.
MODEL = ROOT / "models" / "optfm.tar.gz"
_SOURCES = (
    *("config.yml", "domain.yml", "data", "components", "requirements.lock"),
    "actions/optfm/text/vocabulary",  # components/trade_words.py reads it
)


def model_is_stale() -> bool:
    """Whether there is no model, or a source of it changed after it was trained."""
    models = [path.stat().st_mtime for path in (ROOT / "models").glob("*.tar.gz")]
    return not models or _newest_source() > max(models)


def start_training(
    log: Path, var: Path, model: Path = MODEL, *, data: Path, politely: bool = False
) -> subprocess.Popen[bytes]:
    """`rasa train` as a child that dies with us; what it prints goes to `log`.

    :param model: the file to write.
    :param data: the folder of the training data.
    :param politely: customers are served meanwhile: whatever serves them goes first.
    """
    with log.open("wb") as output:
        return subprocess.Popen(
            [
                *(("nice", "-n", "15") if politely else ()),
                *(str(RASA_PYTHON), "-m", "components.lean", "train"),
                *("--data", str(data)),
                *("--out", str(model.parent)),
                *("--fixed-model-name", model.name.removesuffix(".tar.gz")),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "OPTFM_VAR": str(var),
                "RASA_TELEMETRY_ENABLED": "false",
                "TF_CPP_MIN_LOG_LEVEL": "3",
                "PYTHONWARNINGS": "ignore",
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )


def require_trained(training: subprocess.Popen[bytes], log: Path) -> None:
    """:raises Refused: the training failed; names its last line and the log."""
    if training.returncode:
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        errors = [line for line in lines if _ERROR.search(line)]
        raise Refused(f"обучение не удалось: {(errors or lines or ['без слов'])[-1]} ({log})")


def _newest_source() -> float:
    newest = 0.0
    for name in _SOURCES:
        path = ROOT / name
        files = path.rglob("*") if path.is_dir() else (path,)
        times = [f.stat().st_mtime for f in files if f.suffix in (".yml", ".py", ".lock")]
        newest = max(newest, *times, 0.0)
    return newest
