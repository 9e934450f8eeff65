"""The files of a deployment, judged by the programs that will read them."""

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from optfm.settings import ROOT, Settings
from tests.conftest import skip_or_fail

_OWN_PROGRAMS = Path(sys.executable).parent
MONITORING = ROOT / "deploy" / "monitoring"


#: Minutes of a Go compiler that no run of the tests has: they judge where somebody has built them.
_BUILT_BY_HAND = ("actionlint", "helm")


def program(name: str) -> str:
    """A program of the environment, of `.tools`, or of the machine."""
    places = os.pathsep.join((str(_OWN_PROGRAMS), str(ROOT / ".tools" / "bin"), os.environ["PATH"]))
    found = shutil.which(name, path=places)
    if found is None:
        missing = pytest.skip if name in _BUILT_BY_HAND else skip_or_fail
        missing(f"{name} is not here: what it judges is not tested")
        raise AssertionError
    return found


def run(*command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run it at the root."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=300,
    )


@functools.cache
def compose(profiles: str = "", *files: str, **environ: str) -> dict:
    """docker-compose.yml as Compose understands it, with no key set."""
    arguments = [part for file in ("docker-compose.yml", *files) for part in ("-f", file)]
    done = run(
        program("docker-compose"),
        *("--env-file", "/dev/null", *arguments, "config", "--format", "json"),
        COMPOSE_PROFILES=profiles,
        **environ,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


PROFILES = ("weaviate", "chroma", "ollama", "monitoring", "scale")


@pytest.mark.parametrize("profile", ["", *PROFILES])
def test_compose_takes_every_profile(profile):
    """Each profile alone is a whole that Compose accepts, and brings a service of its own."""
    assert len(compose(profile)["services"]) >= (9 if profile else 8)


def test_compose_takes_a_certificate_of_its_own():
    """With deploy/compose.tls.yml the proxy alone is published, by the ports of the web."""
    services = compose("", "deploy/compose.tls.yml", SITE_ADDRESS="bot.example.ru")["services"]
    ports = {port["published"] for port in services["proxy"]["ports"]}
    assert ports == {"80", "443"}


def test_one_port_is_published():
    """Customers, staff and monitoring come in by the proxy, and nowhere else."""
    services = compose(",".join(PROFILES))["services"]
    published = {name: s["ports"] for name, s in services.items() if s.get("ports")}
    assert list(published) == ["proxy"]
    assert len(published["proxy"]) == 1


def test_every_service_is_fenced_in():
    """Read-only root, no unnamed capability, no new privileges, bounded memory and logs."""
    for name, service in compose(",".join(PROFILES))["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert int(service["mem_limit"]) > 0, name
        assert service["logging"]["options"] == {"max-file": "5", "max-size": "10m"}, name


def test_an_init_may_signal_its_program():
    """One that begins as root and goes on as somebody has no init, or one that may signal others.

    Without CAP_KILL the init's SIGTERM is refused, and each stop is a kill after the whole grace.
    """
    for name, service in compose(",".join(PROFILES))["services"].items():
        may = set(service.get("cap_add", []))
        assert not (service["init"] and "SETUID" in may and "KILL" not in may), name


def test_stores_have_no_way_in_or_out():
    """Postgres, Weaviate, Chroma and Redis are in a network without a way outside."""
    whole = compose(",".join(PROFILES))
    assert whole["networks"]["data"]["internal"] is True
    for name in ("postgres", "weaviate", "chroma", "redis"):
        assert list(whole["services"][name]["networks"]) == ["data"], name


def test_no_secret_is_shown_by_an_inspect():
    """No service is given .env or a password by its environment: only places and switches."""
    for name, service in compose(",".join(PROFILES))["services"].items():
        for variable in service.get("environment") or {}:
            secret = re.search("PASSWORD|TOKEN|SECRET|_KEY|DB_URL", variable)
            assert (
                not secret
                or variable.endswith("_FILE")
                or variable == "GF_SECURITY_ADMIN_PASSWORD__FILE"
                or variable.startswith("AUTHENTICATION_")
            ), (name, variable)
        assert "env_file" not in service, name


def test_the_build_sees_no_secret_and_no_customer():
    """.dockerignore lets in what images copy, by name, and nothing else."""
    lines = (ROOT / ".dockerignore").read_text().split()
    assert "*" in lines and "**/.env*" in lines
    allowed = {line[1:] for line in lines if line.startswith("!")} - {"models/nlu-vectors.npz"}
    allowed = {line.split("/")[0] for line in allowed}
    assert not allowed & {".env", "var", "logs", "backups", ".git", "models"}


@pytest.mark.parametrize("file", ["actions.Dockerfile", "rasa.Dockerfile"])
def test_hadolint_finds_nothing(file):
    """The judge of Dockerfiles is content."""
    done = run(program("hadolint"), f"deploy/images/{file}")
    assert done.returncode == 0, done.stdout


def test_what_images_install_is_what_is_tested():
    """The images' locks are the tests' locks without the tests: same versions, same hashes."""
    for ours, whole in (
        ("deploy/images/rasa.lock", "requirements.lock"),
        ("deploy/images/actions.lock", "actions/requirements.lock"),
    ):
        image, tested = pins(ROOT / ours), pins(ROOT / whole)
        assert {name: tested.get(name) for name in image} == image, ours
        assert "pytest" not in image


def test_what_is_said_of_known_holes_is_said_of_what_is_installed():
    """The table of ADR 23 names versions that the images' locks have."""
    page = (ROOT / "docs" / "adr" / "0023-python-3.10.md").read_text()
    named = re.findall(r"^\| ([a-z0-9-]+) ([0-9.]+)", page, re.MULTILINE)
    locks = [pins(ROOT / "deploy" / "images" / f"{name}.lock") for name in ("rasa", "actions")]
    assert len(named) > 10
    for package, version in named:
        assert version in {lock.get(package) for lock in locks}, package


def pins(lock: Path) -> dict[str, str]:
    """Versions by package."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;]+)", lock.read_text(), re.MULTILINE))


def test_every_setting_of_compose_is_known():
    """What docker-compose.yml says to the bot's programs are settings of theirs."""
    known = {name.upper() for name in Settings.model_fields}
    rasa = (ROOT / "connectors" / "settings.py").read_text()
    if not (ROOT / "actions" / "optfm" / "api").exists():
        known |= {"DESK_HOST", "DESK_PORT"}
    for name in compose()["services"]["rasa"]["environment"]:
        assert name in known or f"    {name.lower()}:" in rasa, name


@pytest.mark.parametrize("kind", ["config", "rules"])
def test_prometheus_takes_its_files(kind):
    """promtool is content with the scrapes and the alerts."""
    promtool = program("promtool")
    file = (
        MONITORING / "prometheus" / ("prometheus.yml" if kind == "config" else "rules/alerts.yml")
    )
    more = ["--syntax-only"] if kind == "config" else []
    done = run(promtool, "check", kind, *more, str(file))
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_rings_when_it_must_and_only_then():
    """Two histories an alert: one that rings, one like it that does not."""
    file = MONITORING / "prometheus" / "alerts_test.yml"
    done = run(program("promtool"), "test", "rules", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    tested = {t["name"].split()[0] for t in yaml.safe_load(file.read_text())["tests"]}
    assert tested == {rule["alert"] for rule in rules()}


def rules() -> list[dict]:
    """The alerts."""
    groups = yaml.safe_load((MONITORING / "prometheus" / "rules" / "alerts.yml").read_text())
    return [rule for group in groups["groups"] for rule in group["rules"]]


def test_every_alert_has_a_line_for_whoever_is_called():
    """Its runbook is a heading of the page."""
    page = (ROOT / "docs" / "guides" / "эксплуатация.md").read_text()
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).strip().replace(" ", "-")
        for line in page.splitlines()
        if line.startswith("#")
    }
    for rule in rules():
        file, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert file == "docs/guides/эксплуатация.md" and anchor in headings, rule["alert"]


@pytest.fixture(scope="module")
def helm() -> str:
    """Helm, where it is."""
    return program("helm")


def test_helm_finds_nothing(helm):
    """The chart passes the strict judge."""
    done = run(helm, "lint", "--strict", "deploy/helm/optfm", "--set", "secret.name=optfm")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("version", ["1.30", "1.33"])
def test_kubernetes_takes_the_chart(helm, version, tmp_path):
    """All that can be switched on is what two versions of Kubernetes know, field by field."""
    done = run(
        helm,
        *("template", "optfm", "deploy/helm/optfm", "--kube-version", f"{version}.0"),
        *("--set", "secret.name=optfm,ingress.enabled=true,ingress.host=bot.example.ru"),
    )
    assert done.returncode == 0, done.stderr
    whole = tmp_path / "whole.yaml"
    whole.write_text(done.stdout)
    judged = run(program("kubernetes-validate"), "-k", version, "--strict", str(whole))
    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize(
    ("value", "word"),
    [("secret.name=", "secret"), ("secret.name=s,rasa.replicas=0", "replicas")],
)
def test_a_wrong_value_is_named(helm, value, word):
    """The schema refuses what could not work, by its name."""
    done = run(helm, "template", "optfm", "deploy/helm/optfm", "--set", value)
    assert done.returncode != 0 and word in done.stderr


def test_actionlint_finds_nothing():
    """The workflows are what they seem to be."""
    done = run(program("actionlint"))
    assert done.returncode == 0, done.stdout


def test_prometheus_takes_what_dashboards_ask(tmp_path):
    """Each panel's question as a rule of its own: promtool reads all of them."""
    asked = [
        target["expr"]
        for file in (MONITORING / "grafana" / "dashboards").glob("*.json")
        for panel in json.loads(file.read_text())["panels"]
        for target in panel["targets"]
    ]
    assert len(asked) > 40
    rules_of_panels = [{"record": f"panel:{n}", "expr": expr} for n, expr in enumerate(asked)]
    file = tmp_path / "panels.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules_of_panels}]}))
    done = run(program("promtool"), "check", "rules", str(file))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["shop", "machine", "model"])
def test_a_dashboard_tells_its_owner_what_is_good(name):
    """Each panel has a Russian title, words, a unit and a place of its own."""
    dashboard = json.loads((MONITORING / "grafana" / "dashboards" / f"{name}.json").read_text())
    places = set()
    for panel in dashboard["panels"]:
        assert re.search("[а-яё]", panel["title"].lower()), panel["title"]
        assert len(panel["description"]) > 20, panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        places.add((at["x"], at["y"]))
    assert len(places) == len(dashboard["panels"])
