"""The Rasa server's settings (connectors/settings.py)."""

import re

import pytest

from connectors.settings import ROOT, Settings, WrongSetting


def test_nothing_is_required():
    """A fresh clone starts with the defaults, all below the project's root."""
    settings = Settings.from_env({})
    assert settings.optfm_var == ROOT / "var"
    assert settings.dialog_messages_per_10_s == 30


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_URL", "sqlite:///x"),
        ("DIALOG_MESSAGES_AT_ONCE", "много"),
        ("DIALOG_MESSAGES_PER_10_S", "0"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_it(name, value):
    """The owner reads what to mend, not a traceback."""
    with pytest.raises(WrongSetting, match=f"^{name}: [^\n]+$"):
        Settings.from_env({name: value})


def test_secrets_are_not_printed():
    """A log of the settings tells no password."""
    settings = Settings.from_env({"DB_URL": "postgresql://u:hush@h/d", "REST_TOKEN": "hush"})
    assert "hush" not in repr(settings)


def test_the_database_is_the_setting_or_what_the_embedded_one_wrote(tmp_path):
    """Commands by hand find the running bot's Postgres."""
    environ = {"OPTFM_VAR": str(tmp_path)}
    assert Settings.from_env(environ).database_url() == ""
    (tmp_path / "postgres.url").write_text("postgresql://postgres@/optfm?host=/x\n")
    assert Settings.from_env(environ).database_url() == "postgresql://postgres@/optfm?host=/x"
    given = Settings.from_env({**environ, "DB_URL": "postgresql://h/d"})
    assert given.database_url() == "postgresql://h/d"


def test_every_setting_has_a_line_in_the_example():
    """.env.example is what the owner sees."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^# ?([A-Z0-9_]+)=", example, flags=re.MULTILINE))
    assert {name.upper() for name in Settings.__fields__} <= named
