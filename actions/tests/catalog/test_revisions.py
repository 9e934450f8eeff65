"""Price lists in a real Postgres: importing, going back, being interrupted."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from optfm.catalog import revisions
from optfm.catalog.errors import PriceListError
from optfm.catalog.read import read_price_list
from optfm.catalog.revisions import Outcome
from optfm.db.tables import price_lists, price_rows
from optfm.errors import Refused
from tests.catalog.price_files import Sheet, a_list, goods, saved


def load(engine: Engine, path: Path, **options: bool) -> revisions.Import:
    """Import a file."""
    return revisions.import_source(engine, revisions.read_source(path), **options)


def stored_rows(engine: Engine) -> int:
    """Rows of all revisions."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(price_rows)) or 0


def test_there_is_nothing_to_sell_before_the_first_import(engine: Engine):
    """An empty database has no active list."""
    assert revisions.active(engine) is None
    assert revisions.load_active(engine) is None
    assert revisions.revisions(engine) == []


def test_what_was_read_is_what_is_loaded(engine: Engine, tmp_path: Path):
    """Every field of every item survives Postgres, kopecks and the path's order too."""
    path = saved(tmp_path, a_list(), "прайс.xlsx")
    done = load(engine, path)
    loaded = revisions.load_active(engine)
    assert loaded is not None
    assert loaded.rows == read_price_list(path).rows
    assert loaded.revision == done.revision == revisions.active(engine)
    assert (loaded.revision.items, loaded.revision.groups) == (3, 2)
    assert loaded.revision.file_name == "прайс.xlsx"
    assert done.outcome is Outcome.ADDED
    assert done.before is None


def test_groups_are_stored_beside_the_goods(engine: Engine, tmp_path: Path):
    """In the order of the sheet, with their price where one is printed."""
    load(engine, saved(tmp_path, a_list()))
    columns = price_rows.c
    query = select(columns.is_group, columns.price, columns.depth).order_by(columns.row_number)
    with engine.connect() as connection:
        stored = [
            (group, price and float(price), depth)
            for group, price, depth in connection.execute(query)
        ]
    assert stored == [
        (True, None, 0),
        (True, 890.0, 1),
        (False, 890.0, 2),
        (False, 1240.5, 2),
        (False, 25.0, 1),
    ]


def test_the_real_list_is_imported_and_loaded_whole(engine: Engine, real_price_list: Path):
    """6,562 items and 238 groups reach Postgres and come back as they were read."""
    done = load(engine, real_price_list)
    loaded = revisions.load_active(engine)
    assert (done.revision.items, done.revision.groups) == (6562, 238)
    assert loaded.rows == read_price_list(real_price_list).rows
    assert stored_rows(engine) == 6800


def test_a_new_list_takes_over_and_says_what_changed(engine: Engine, tmp_path: Path):
    """The account is against the list that was active until then."""
    first = load(engine, saved(tmp_path, Sheet(lines=goods(10)), "1.xls"))
    second = load(engine, saved(tmp_path, Sheet(lines=goods(12, price=150)), "2.xls"))
    assert second.before == first.revision
    assert revisions.active(engine) == second.revision
    assert len(second.changes.new) == 2
    assert len(second.changes.dearer) == 10


def test_a_dry_run_changes_nothing(engine: Engine, tmp_path: Path):
    """It says what an import would, and no more."""
    load(engine, saved(tmp_path, Sheet(lines=goods(10)), "1.xls"))
    before = revisions.revisions(engine)
    path = saved(tmp_path, Sheet(lines=goods(12)), "2.xls")
    dry = load(engine, path, dry_run=True)
    assert revisions.revisions(engine) == before
    assert stored_rows(engine) == 11
    assert dry.revision is None
    assert dry.changes == load(engine, path).changes


def test_going_back_is_one_switch(engine: Engine, tmp_path: Path):
    """The older list sells again, the newer one stays in the database."""
    first = load(engine, saved(tmp_path, Sheet(lines=goods(10)), "1.xls")).revision
    second = load(engine, saved(tmp_path, Sheet(lines=goods(12)), "2.xls")).revision
    back = revisions.activate(engine, first.id)
    assert revisions.active(engine) == back
    assert (back.id, back.active) == (first.id, True)
    assert len(revisions.load_active(engine).rows) == 10
    assert [one.id for one in revisions.revisions(engine)] == [second.id, first.id]
    assert revisions.activate(engine, first.id) == back


def test_an_unknown_number_is_refused_and_the_active_list_stays(engine: Engine, tmp_path: Path):
    """A slip of the finger does not leave the bot without prices."""
    load(engine, saved(tmp_path, a_list()))
    with pytest.raises(Refused, match="нет прайс-листа № 77"):
        revisions.activate(engine, 77)
    assert revisions.active(engine) is not None


def test_the_same_file_adds_no_revision(engine: Engine, tmp_path: Path):
    """Whatever it is called now; known by its bytes."""
    done = load(engine, saved(tmp_path, a_list(), "1.xls"))
    again = load(engine, saved(tmp_path, a_list(), "копия.xls"))
    assert again.outcome is Outcome.UNCHANGED
    assert again.revision == done.revision
    assert len(revisions.revisions(engine)) == 1


def test_the_same_file_again_brings_its_revision_back(engine: Engine, tmp_path: Path):
    """An older file is a way to go back, without a copy of its rows."""
    old = saved(tmp_path, Sheet(lines=goods(10)), "1.xls")
    first = load(engine, old).revision
    load(engine, saved(tmp_path, Sheet(lines=goods(12)), "2.xls"))
    dry = load(engine, old, dry_run=True)
    assert (dry.outcome, dry.revision.active) == (Outcome.SWITCHED, False)
    again = load(engine, old)
    assert again.outcome is Outcome.SWITCHED
    assert revisions.active(engine).id == first.id
    assert len(again.changes.gone) == 2
    assert len(revisions.revisions(engine)) == 2


@pytest.mark.parametrize("dry_run", [False, True])
def test_half_a_list_is_refused_unless_forced(engine: Engine, tmp_path: Path, dry_run: bool):
    """A filter left on in 1C does not take most goods off the shelf."""
    load(engine, saved(tmp_path, Sheet(lines=goods(10)), "1.xls"))
    part = saved(tmp_path, Sheet(lines=goods(4)), "2.xls")
    with pytest.raises(PriceListError, match="товаров в файле 4, .* 10: меньше половины"):
        load(engine, part, dry_run=dry_run)
    assert revisions.active(engine).items == 10
    assert load(engine, part, force=True, dry_run=dry_run).outcome is Outcome.ADDED
    assert load(engine, saved(tmp_path, Sheet(lines=goods(5)), "3.xls"))


def test_two_imports_at_once_take_turns(engine: Engine, tmp_path: Path):
    """Both arrive whole, the later one is active."""
    paths = [saved(tmp_path, Sheet(lines=goods(100 + n)), f"{n}.xls") for n in range(4)]
    sources = [revisions.read_source(path) for path in paths]
    start = threading.Barrier(len(sources))
    done: list[revisions.Import] = []

    def work(source: revisions.Source) -> None:
        start.wait()
        done.append(revisions.import_source(engine, source))

    threads = [threading.Thread(target=work, args=(source,)) for source in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(sources)
    assert [one.active for one in revisions.revisions(engine)].count(True) == 1
    assert stored_rows(engine) == sum(101 + n for n in range(4))
    with engine.connect() as connection:
        counted = connection.execute(
            select(price_lists.c["items"], func.count())
            .join_from(price_lists, price_rows)
            .where(~price_rows.c.is_group)
            .group_by(price_lists.c.id)
        ).all()
    assert all(items == count for items, count in counted)


def test_an_import_that_is_killed_leaves_the_old_list(
    engine: Engine, database_url: str, tmp_path: Path
):
    """SIGKILL when all rows are written and only the switch is missing."""
    load(engine, saved(tmp_path, Sheet(lines=goods(10)), "1.xls"))
    path = saved(tmp_path, Sheet(lines=goods(500)), "2.xls")
    with engine.connect() as holder:
        # Whoever wants to switch now waits for this transaction.
        holder.execute(select(price_lists).where(price_lists.c.active).with_for_update())
        importer = subprocess.Popen(
            [sys.executable, "-c", "from optfm.cli.prices import prices as p; p()"]
            + ["import", str(path)],
            env={**os.environ, "DB_URL": database_url, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        try:
            wait_until_it_waits(engine)
        finally:
            os.kill(importer.pid, signal.SIGKILL)
            importer.wait()
    assert revisions.active(engine).items == 10
    assert len(revisions.load_active(engine).rows) == 10
    assert load(engine, path).outcome is Outcome.ADDED
    assert stored_rows(engine) == 11 + 501


def wait_until_it_waits(engine: Engine) -> None:
    """Until another connection stands before a lock of the table of lists."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND wait_event_type = 'Lock' AND query LIKE 'UPDATE price_lists%'"
    )
    for _ in range(600):
        with engine.connect() as connection:
            if connection.scalar(waiting):
                return
        time.sleep(0.1)
    pytest.fail("the import never came to the switch")
