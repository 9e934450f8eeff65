"""The texts of price answers, as their file has them."""

from pathlib import Path
from typing import Any

from optfm.text.yaml_text import read_yaml

TEXTS: dict[str, Any] = read_yaml(Path(__file__).with_name("texts.yml").read_text(encoding="utf-8"))
