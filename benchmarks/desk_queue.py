"""How fast the desk's queue is over 100,000 dialogs: `make bench`, or by hand from actions/.

Each number is of the statements alone, warm, over an embedded Postgres; the limit is 100 ms (p95).
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from optfm.db import connect, upgrade
from optfm.db.embedded import EmbeddedPostgres
from optfm.desk import queue
from sqlalchemy import Engine, text

DIALOGS, CALLED, TRIES = 100_000, 40, 30
_SAID = "'сколько стоит дисплей на ' || (array['айфон 11', 'redmi 9', 'a51', 'p30'])[1 + i % 4]"
_FILL = (
    "SET session_replication_role = replica",
    f"""
    INSERT INTO events (sender_id, type_name, "timestamp", data)
    SELECT 'web:' || i, 'user', 1764000000 + i, jsonb_build_object('event', 'user', 'text',
        {_SAID} || ' заказ ' || i, 'input_channel', 'web', 'metadata', '{{}}'::jsonb)::text
    FROM generate_series(1, {DIALOGS}) AS i
    """,
    f"""
    INSERT INTO events (sender_id, type_name, "timestamp", data)
    SELECT 'web:' || i, 'bot', 1764000001 + i, jsonb_build_object('event', 'bot', 'text',
        'Нашёл: дисплей, 1 234 ₽', 'metadata', '{{}}'::jsonb)::text
    FROM generate_series(1, {DIALOGS}) AS i
    """,
    f"""
    INSERT INTO dialogs (channel, external_id, mode, manager, until, since)
    SELECT 'web', 'web:' || i, CASE WHEN i <= {CALLED} THEN 'manager' ELSE 'bot' END, NULL,
        CASE WHEN i <= {CALLED} THEN now() + interval '1 hour' END,
        CASE WHEN i <= {CALLED} THEN now() - i * interval '1 minute' END
    FROM generate_series(1, {DIALOGS}) AS i
    """,
    "INSERT INTO staff (name, login, role) VALUES ('Анна', 'анна', 'manager')",
    "ANALYZE",
)


def main() -> None:
    """Fill a database, and ask it."""
    with (
        tempfile.TemporaryDirectory(prefix="optfm-") as folder,
        EmbeddedPostgres(Path(folder) / "var").borrow() as url,
    ):
        Path(folder).chmod(0o711)
        engine = connect(url)
        upgrade(engine)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET statement_timeout = 0"))
            for statement in _FILL:
                connection.execute(text(statement))
        print(f"| очередь, диалогов {DIALOGS:,}, ждут {CALLED} | p50, мс | p95, мс |")
        print("|-|-|-|")
        for tab in ("waiting", "mine", "new", "all"):
            _measure(engine, tab, lambda c, tab=tab: queue.listed(c, tab, **_WHO))
        for typed in ("дисплеев", "redmi заказ 512", "99777"):
            _measure(engine, f"поиск «{typed}»", lambda c, t=typed: queue.search(c, t, staff_id=1))
        engine.dispose()


_WHO = {"name": "Анна"}


def _measure(engine: Engine, name: str, ask: Callable[..., object]) -> None:
    took = []
    for _ in range(TRIES):
        with engine.begin() as connection:
            began = time.perf_counter()
            ask(connection)
            took.append((time.perf_counter() - began) * 1000)
    print(f"| {name} | {statistics.median(took):.1f} | {sorted(took)[int(0.95 * TRIES)]:.1f} |")


if __name__ == "__main__":
    main()
