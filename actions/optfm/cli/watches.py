"""What customers wait for: the purchasing department's list."""

import json
from collections import Counter

import click

from optfm import bootstrap
from optfm.watches import listed


@click.command()
@click.option("--jsonl", is_flag=True, help="Строка JSON на подписку.")
@click.option("--limit", default=200, show_default=True, help="Сколько последних.")
def watches(*, jsonl: bool, limit: int) -> None:
    """Показать, чего ждут покупатели: сначала то, чего ждут чаще."""
    with bootstrap.database(bootstrap.settings()) as database:
        found = listed(database, limit=limit)
    if jsonl:
        for one in found:
            wanted = one.wanted
            said = {
                "id": one.id, "kind": wanted.kind, "name": wanted.name, "code": wanted.code or None,
                "price": wanted.price_kop / 100 if wanted.price_kop else None,
                "created": one.created.isoformat(), "ends": one.ends.isoformat(),
                "dialog": one.dialog,
            }  # fmt: skip
            click.echo(json.dumps(said, ensure_ascii=False))
        return
    counts = Counter((one.wanted.kind, one.wanted.name) for one in found)
    for (kind, name), count in counts.most_common():
        what = "ждут появления" if kind == "appears" else "ждут дешевле"
        click.echo(f"{count:>4}  {what}: {name}")
    if not counts:
        click.echo("Никто ничего не ждёт.")
