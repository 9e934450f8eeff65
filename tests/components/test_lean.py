"""The lean Rasa: what is left out, and what says so."""

import os
import subprocess
import sys

from conftest import ROOT

_LOOK = """
import sys
from components import lean
lean.leave_out()
import rasa.core.run, rasa.engine.recipes.default_components
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.core.policies.rule_policy import RulePolicy
heavy = [
    name
    for name, module in sys.modules.items()
    if name.startswith(("tensorflow", "jax")) and not isinstance(module, lean._Module)
]
assert not heavy, heavy[:3]
import tensorflow as tf
class Model(tf.keras.Model):
    pass
try:
    Model()
except lean.NotInThisBot as exc:
    print(exc)
"""


def test_nothing_of_tensorflow_is_loaded_and_whoever_needs_it_is_told():
    """Rasa's own components can be imported all the same."""
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _LOOK],
        cwd=ROOT,
        env={**os.environ, "SQLALCHEMY_SILENCE_UBER_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "components/lean.py" in ended.stdout
