"""A pooler before Postgres is refused by name (a real PgBouncer, where Debian's is installed)."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from optfm.db import connect, upgrade
from optfm.errors import Refused

_BINARY = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


@contextlib.contextmanager
def pgbouncer(postgres: str, folder: Path, *settings: str) -> Iterator[str]:
    """A pooler in transaction mode; the address that leads through it."""
    if _BINARY is None:
        if os.environ.get("OPTFM_REQUIRE_PEERS") == "1":
            pytest.fail("pgbouncer нет, а OPTFM_REQUIRE_PEERS=1")
        pytest.skip("НЕ ПРОВЕРЕНО: pgbouncer нет на этой машине")
    server = sqlalchemy.make_url(postgres)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    users = folder / "users"
    users.write_text('"postgres" ""\n')
    (folder / "pgbouncer.ini").write_text(
        "[databases]\n"
        f"{server.database} = host={server.query['host']} user=postgres\n"
        "[pgbouncer]\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = any\nauth_file = {users}\npool_mode = transaction\n" + "\n".join(settings)
    )
    folder.chmod(0o755)
    process = subprocess.Popen(
        [_BINARY, *(["-u", "postgres"] if os.geteuid() == 0 else []), folder / "pgbouncer.ini"],
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 20
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert process.poll() is None and time.monotonic() < deadline, "no pgbouncer"
            time.sleep(0.05)
        yield f"postgresql://postgres@127.0.0.1:{port}/{server.database}"
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.mark.parametrize("setting", ["", "ignore_startup_parameters = options"])
def test_a_pooler_is_refused_by_name(postgres: str, tmp_path: Path, setting: str):
    """As it comes, and where its owner let it drop what a connection sets for itself."""
    with pgbouncer(postgres, tmp_path, setting) as url:
        engine = connect(url)
        with pytest.raises(Refused) as refused:
            upgrade(engine)
        engine.dispose()
    assert "PgBouncer" in refused.value.message
    assert "адрес самого Postgres" in refused.value.message
