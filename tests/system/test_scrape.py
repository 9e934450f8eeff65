"""What dashboards and alerts name is what the processes of a running bot show."""

import json
import re
from pathlib import Path

import pytest
import requests
import yaml
from conftest import ROOT, Bot

MONITORING = ROOT / "deploy" / "monitoring"
#: A family's kind → the names that its samples have.
_SAMPLES = {
    "counter": ("",),
    "gauge": ("",),
    "histogram": ("_bucket", "_count", "_sum"),
    "summary": ("", "_count", "_sum"),
}
#: Our processes'; `up` is Prometheus' own, the proxy's are Caddy's.
_OURS = re.compile(r"\b(?:optfm|process)_[a-z_]+\b")
#: Shown where the bot has what they measure; actions/tests/worker/test_watching.py sees them.
_WITH_A_SETTING = {"optfm_certificate_seconds_left", "optfm_telegram_up"}


def named(expressions: list[str]) -> set[str]:
    """The metrics of ours in PromQL."""
    return {name for expression in expressions for name in _OURS.findall(expression)}


def of_rules() -> list[str]:
    """What alerts look at."""
    rules = yaml.safe_load((MONITORING / "prometheus" / "rules" / "alerts.yml").read_text())
    return [rule["expr"] for group in rules["groups"] for rule in group["rules"]]


def of_dashboard(file: Path) -> list[str]:
    """What a dashboard shows."""
    panels = json.loads(file.read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def shown(text: str) -> set[str]:
    """The names of a scrape; a family that has no sample yet is there all the same."""
    return {
        name + end
        for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE)
        for end in _SAMPLES[kind]
    }


@pytest.fixture(scope="module")
def scraped(bot: Bot) -> dict[str, set[str]]:
    """The names by process, after a few questions."""
    for message in ("дисплей iphone 11", "часы работы"):
        bot.text(message, "scraped")
    ports = {
        "rasa": bot.rasa_port,
        "actions": bot.actions_port,
        "worker": bot.worker_port,
        "api": bot.desk_port,
    }
    found = {}
    for name, port in ports.items():
        answer = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=20)
        assert answer.status_code == 200, name
        found[name] = shown(answer.text)
    return found


FILES = sorted((MONITORING / "grafana" / "dashboards").glob("*.json"))


@pytest.mark.parametrize("file", [None, *FILES], ids=["rules", *(file.stem for file in FILES)])
def test_every_metric_that_is_named_is_shown(scraped, file):
    """Else an alert never rings, and a panel is empty for ever."""
    wanted = named(of_dashboard(file) if file else of_rules())
    assert wanted
    assert wanted - set().union(*scraped.values()) <= _WITH_A_SETTING


def test_what_nobody_looks_at_is_printed(scraped):
    """For whoever draws the next panel (`pytest -s`)."""
    looked_at = named([*of_rules(), *(e for file in FILES for e in of_dashboard(file))])
    for process, names in scraped.items():
        families = {re.sub("_(bucket|count|sum)$", "", name) for name in names - looked_at}
        families -= {re.sub("_(bucket|count|sum)$", "", name) for name in looked_at}
        print(f"{process}: {', '.join(sorted(families))}")


def test_every_process_tells_of_itself(scraped):
    """Its memory, its processor time, its loops."""
    for process, names in scraped.items():
        assert {"process_resident_memory_bytes", "process_cpu_seconds_total"} <= names, process
    for process in ("rasa", "actions", "worker"):
        assert "optfm_loop_age_seconds" in scraped[process], process
