"""What the containers are given: the owner's .env and keys that nobody has to think of."""

import importlib.util
import json
import re
import shutil
import stat
import subprocess

import pytest
import yaml
from dotenv import dotenv_values

from optfm.settings import ROOT
from tests.conftest import skip_or_fail


@pytest.fixture(scope="module")
def prepare():
    """deploy/prepare.py, which is a program and no package."""
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "deploy" / "prepare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepared(prepare, tmp_path, text: str) -> dict[str, str]:
    owner = tmp_path / ".env"
    owner.write_text(text)
    prepare.main(owner, tmp_path / "run")
    return dotenv_values(tmp_path / "run" / "optfm" / "env")


def test_an_empty_env_gives_a_whole_bot(prepare, tmp_path):
    """`cp .env.example .env` is enough: a database, and keys, made once and kept."""
    text = (ROOT / ".env.example").read_text()
    first = prepared(prepare, tmp_path, text)
    again = prepared(prepare, tmp_path, text)
    assert first == again
    password = (tmp_path / "run" / "postgres" / "password").read_text()
    assert first["DB_URL"] == f"postgresql://optfm:{password}@postgres:5432/optfm"
    for name in ("INTERNAL_TOKEN", "METRICS_TOKEN"):
        assert len(first[name]) >= 32
    assert "WEAVIATE_URL" not in first


def test_chats_of_an_older_shop_stay_open(prepare, tmp_path):
    """What signed them was made here once; a new shop's key stands in OPTFM_VAR, and in backups."""
    assert "SESSION_KEYS" not in prepared(prepare, tmp_path, "")
    made = tmp_path / "run" / "optfm" / "made.json"
    made.chmod(0o600)
    made.write_text(json.dumps({**json.loads(made.read_text()), "SESSION_KEYS": "of-before"}))
    for _ in range(2):
        assert prepared(prepare, tmp_path, "")["SESSION_KEYS"] == "of-before"


def test_what_the_owner_sets_is_never_changed(prepare, tmp_path):
    """His database, his keys."""
    found = prepared(prepare, tmp_path, "DB_URL=postgresql://me@db/shop\nSESSION_KEYS='a b'\n")
    assert found["DB_URL"] == "postgresql://me@db/shop"
    assert found["SESSION_KEYS"] == "a b"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("", "http://localhost:8080"),
        ("HTTP_PORT=127.0.0.1:80\n", "http://localhost:80"),
        ("SITE_ADDRESS=:8080\n", "http://localhost:8080"),
        ("SITE_ADDRESS=bot.example.ru, www.example.ru\n", "https://bot.example.ru"),
        ("SITE_ADDRESS=http://bot.lan\n", "http://bot.lan"),
        ("PUBLIC_URL=https://mine.ru\nSITE_ADDRESS=bot.example.ru\n", "https://mine.ru"),
        ("TELEGRAM_MODE=webhook\n", None),
        ("TELEGRAM_MODE=webhook\nSITE_ADDRESS=bot.example.ru\n", "https://bot.example.ru"),
    ],
)
def test_what_the_bot_links_to_is_behind_the_proxy(prepare, tmp_path, text, page):
    """Its own ports are closed: a link to them, to the text of the consent, would be dead."""
    assert prepared(prepare, tmp_path, text).get("PUBLIC_URL") == page


def test_a_profile_is_a_setting(prepare, tmp_path):
    """COMPOSE_PROFILES alone leads the bot to the servers that it starts."""
    found = prepared(
        prepare, tmp_path, "COMPOSE_PROFILES=weaviate,chroma,scale,ollama\nAI_PROVIDER=ollama\n"
    )
    assert found["WEAVIATE_URL"] == "http://weaviate:8080"
    assert found["WEAVIATE_API_KEY"] == (tmp_path / "run" / "weaviate" / "key").read_text()
    assert found["CHROMA_URL"] == "http://chroma:8000"
    assert found["REDIS_URL"] == "redis://redis:6379/0"
    assert found["AI_BASE_URL"] == "http://ollama:11434"


def test_only_those_read_it_who_need_it(prepare, tmp_path):
    """The bot's file is its user's alone."""
    prepared(prepare, tmp_path, "")
    assert stat.S_IMODE((tmp_path / "run" / "optfm" / "env").stat().st_mode) == 0o400


def test_volumes_are_given_to_those_who_write_there(prepare, tmp_path, monkeypatch):
    """Docker gives a fresh volume to root; Weaviate and Chroma run as the bot's user."""
    volume = tmp_path / "run" / "data" / "weaviate"
    volume.mkdir(parents=True)
    given = []
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 0)
    monkeypatch.setattr(prepare.os, "chown", lambda path, *owner: given.append((path, owner)))
    prepared(prepare, tmp_path, "")
    assert (volume, (10001, 10001)) in given
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for name in ("weaviate", "chroma"):
        assert services[name]["user"] == "10001:10001"
        assert f"{name}:/run/data/{name}" in services["settings"]["volumes"]


def receiver(tmp_path) -> tuple[dict, str]:
    """Who is told, and the whole file."""
    text = (tmp_path / "run" / "monitoring" / "alertmanager.yml").read_text()
    (found,) = yaml.safe_load(text)["receivers"]
    return found, text


def test_alerts_reach_a_chat_where_one_is_named(prepare, tmp_path):
    """ALERTS_TELEGRAM_CHAT with the bot's token; the token stands in a file of its own."""
    prepared(prepare, tmp_path, "TELEGRAM_BOT_TOKEN=1:abc\nALERTS_TELEGRAM_CHAT=-1001\n")
    found, text = receiver(tmp_path)
    assert found["telegram_configs"][0]["chat_id"] == -1001
    assert "1:abc" not in text
    prepared(prepare, tmp_path, "")
    assert receiver(tmp_path)[0] == {"name": "owner"}


@pytest.mark.parametrize(
    ("server", "smarthost", "tls"),
    [
        ("smtp://bot%40shop.ru:s3cret@mail.ru:587?starttls=1", "mail.ru:587", True),
        ("smtps://bot%40shop.ru:s3cret@mail.ru", "mail.ru:465", False),
    ],
)
def test_alerts_reach_a_mailbox_where_one_is_named(prepare, tmp_path, server, smarthost, tls):
    """That Telegram is away can be told by mail alone; the password stands in a file of its own."""
    prepared(prepare, tmp_path, f"ALERTS_EMAIL=owner@shop.ru\nSMTP_URL={server}\n")
    found, text = receiver(tmp_path)
    (mail,) = found["email_configs"]
    assert (mail["to"], mail["from"]) == ("owner@shop.ru", "bot@shop.ru")
    assert (mail["smarthost"], mail["require_tls"]) == (smarthost, tls)
    assert "s3cret" not in text
    monitoring = tmp_path / "run" / "monitoring"
    assert (monitoring / "mail-password").read_text() == "s3cret"
    amtool = shutil.which("amtool")
    if amtool is None:
        skip_or_fail("amtool is not here: Alertmanager's own look at its settings is not tested")
    judged = subprocess.run([amtool, "check-config", monitoring / "alertmanager.yml"])
    assert judged.returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        "ALERTS_TELEGRAM_CHAT=-1001",
        "ALERTS_TELEGRAM_CHAT=@owner\nTELEGRAM_BOT_TOKEN=1:a",
        "ALERTS_EMAIL=a@b.ru",
    ],
)
def test_an_alert_that_could_not_be_told_stops_the_start(prepare, tmp_path, text):
    """The line names the setting: nobody learns in the night that nobody was called."""
    with pytest.raises(ValueError, match="^ALERTS_"):
        prepared(prepare, tmp_path, text)


def test_every_word_of_the_containers_has_a_line_in_the_example():
    """What docker-compose.yml and the preparation read of .env, an owner finds in .env.example."""
    files = ("docker-compose.yml", "deploy/prepare.py", "deploy/compose.tls.yml")
    whole = "".join((ROOT / file).read_text() for file in files)
    read = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", whole))
    read |= set(re.findall(r'owner\.get\("([A-Z_]+)"', whole))
    example = (ROOT / ".env.example").read_text()
    assert read - set(re.findall(r"^# ?([A-Z0-9_]+)=", example, re.MULTILINE)) == set()
