"""The migrations, as files."""

from pathlib import Path

from alembic.script import ScriptDirectory

import optfm.db

VERSIONS = Path(optfm.db.__file__).parent / "migrations"


def test_migrations_stand_in_one_line():
    """Two that follow the same one stop every start; the file's name begins with its number."""
    scripts = ScriptDirectory(str(VERSIONS))
    assert len(scripts.get_heads()) == 1, scripts.get_heads()
    for script in scripts.walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")
