"""What reading an order costs, in processor time: a hundred lines, and texts made to be slow.

    cd actions && PYTHONPATH=. .venv/bin/python ../benchmarks/long_messages.py

A text of one piece again and again is read at 1,000 and at 4,000 letters (a message's most): work
that grows with the text is four times as much, with its square sixteen times. Each number is the
best of three. The hundred lines are of the shop's real list where OPTFM_EVAL is set.
"""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from optfm.catalog.read import read_price_list
from optfm.leads.contact import read_contact
from optfm.orders import Editor, IndexGoods, Matcher, read
from optfm.search import PriceIndex
from optfm.text import load_vocabulary
from tests.orders.busy_texts import PIECES

ROOT = Path(__file__).resolve().parents[1]
_SHORT, _LONG = 1_000, 4_000


def milliseconds(work: Callable[[str], object], text: str) -> float:
    """Processor time of the fastest of three."""
    took = []
    for _ in range(3):
        begun = time.process_time()
        work(text)
        took.append((time.process_time() - begun) * 1_000)
    return min(took)


def main() -> None:
    """Print the tables."""
    list_file = Path(os.environ.get("OPTFM_REAL_PRICE_LIST") or ROOT / "prices" / "demo.xls")
    found = read_price_list(list_file)
    goods = IndexGoods(PriceIndex.build(found.rows, load_vocabulary(), found.groups))
    matcher = Matcher(goods)
    editor = Editor(matcher)
    if folder := os.environ.get("OPTFM_EVAL"):
        sets = (Path(folder) / "orders_dev.jsonl").read_text(encoding="utf-8").splitlines()
        said = [line["said"] for row in map(json.loads, sets) for line in row["lines"]][:100]
        text = "\n".join(f"{words} - {n % 9 + 1} шт" for n, words in enumerate(said))
        took = milliseconds(lambda order: matcher.order(read(order, goods)), text)
        print(f"{len(said)} lines: {took:.0f} ms (wanted: 1000)\n")
    order = matcher.order(read("акб 11 - 5, акб xr - 3, дисплей 11 - 2", goods))

    def heard(text: str) -> None:
        read_contact(text)
        editor.edit(text, order, 2, before=order)
        matcher.order(read(text, goods))

    print(
        f"| again and again | {_SHORT} letters, ms | {_LONG} letters, ms | × |\n|---|---|---|---|"
    )
    for piece in PIECES:
        few = milliseconds(heard, (piece * _SHORT)[:_SHORT])
        many = milliseconds(heard, (piece * _LONG)[:_LONG])
        print(f"| {piece!r} | {few:.1f} | {many:.1f} | {many / few:.1f} |")


if __name__ == "__main__":
    main()
