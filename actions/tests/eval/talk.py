"""How good a conversation about goods is, in numbers; `make eval` prints this.

Plays the conversations of talk.jsonl (written before any of their answers was seen) and, where
`$OPTFM_EVAL` is set, of the development set, over the shop's list: the words of each reply as a
customer reads them, without Rasa. Turns that NLU gives to other topics (questions about delivery,
thanks) are passed over. Writes nothing.
"""

import json
import math
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from optfm.catalog import PriceRow
from optfm.catalog.read import read_price_list
from optfm.conversation import ConversationState, take_turn
from optfm.conversation.goods import Goods
from optfm.dialogue.wording import BotMessage, messages_of
from optfm.search import PriceIndex
from optfm.search.live import Current
from optfm.settings import ROOT
from optfm.text.vocabulary import load as load_vocabulary

HERE = Path(__file__).parent
#: acts that other topics answer
ASIDE = frozenset({"faq", "smalltalk"})
_NO = re.compile(r"\bнет\b|не наш|не найд|отсутств", re.IGNORECASE)
_REFUSED = re.compile(r"не понял|не помогу|не понимаю", re.IGNORECASE)
_FIRST_ROW = re.compile(r"(?m)^\s*1\. ")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a customer was told."""

    text: str
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def lead(self) -> str:
        """The words before the first row."""
        return _FIRST_ROW.split(self.text, maxsplit=1)[0]

    @property
    def codes(self) -> set[str]:
        """All codes of the rows, the other colours of each included."""
        return {code for row in self.rows for code in row["codes"]}


class Player:
    """One conversation, answered as the price action answers it."""

    def __init__(self, goods: Goods, list_date: date, responses: Mapping[str, Any]) -> None:
        self._goods, self._date, self._responses = goods, list_date, responses
        self.state = ConversationState()

    def say(self, text: str) -> Reply:
        """The reply to a message; the state goes through JSON, as between two real messages."""
        before = json.loads(json.dumps(self.state.as_slot()))
        turn = take_turn(text, ConversationState.from_slot(before), self._goods)
        self.state = turn.state
        messages = messages_of(turn, self._date)
        rows = [row for message in messages for row in message.data.get("rows", ())]
        return Reply(text=_plain("\n".join(map(self._text, messages))), rows=rows)

    def _text(self, message: BotMessage) -> str:
        text: str = self._responses[message.response][0]["text"]
        return text.format(**message.values)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("ё", "е").replace("Ё", "Е")


def number(value: float) -> str:
    """A pattern for a sum of money, with or without a blank between the thousands."""
    digits = str(round(value))
    head, tail = digits[:-3], digits[-3:]
    return rf"(?<!\d){head}{' ?' if head else ''}{tail}(?!\d)"


def faults(
    turn: Mapping[str, Any], reply: Reply, last_list: Sequence[Mapping[str, Any]]
) -> list[str]:
    """What is wrong with a reply; [] where it is right.

    :param turn: any/only/not/first/each: codes; none: there is no such thing; text/not_text/
        or_text: patterns; pick: the place of a row of `last_list`, qty: so many pieces of it.
    :param last_list: the last rows shown together, two or more.
    """
    found = []
    own = [row["code"] for row in reply.rows]
    instead = any(
        _has(pattern, reply.lead if own else reply.text) for pattern in turn.get("or_text", ())
    )
    if _REFUSED.search(reply.lead):
        found.append("refused")
    if turn.get("none") and (own or not _NO.search(reply.lead)):
        found.append("no honest no")
    if "any" in turn and not instead and not reply.codes & set(turn["any"]):
        found.append("no right row")
    if "first" in turn and not instead:
        first = set(reply.rows[0]["codes"]) if own else set()
        found += [] if first & set(turn["first"]) else ["another row first"]
    if "only" in turn and any(code not in turn["only"] for code in own):
        found.append("a row outside")
    if set(own) & set(turn.get("not", ())):
        found.append("a row not wanted")
    found += ["goods missing" for codes in turn.get("each", ()) if not reply.codes & set(codes)]
    said = reply.lead if turn.get("words") and len(own) > 2 else reply.text
    found += [f"lacks {p}" for p in turn.get("text", ()) if not _has(p, said)]
    found += [f"says {p}" for p in turn.get("not_text", ()) if _has(p, reply.text)]
    if "pick" in turn:
        found += _picked(turn, reply, last_list)
    return found


def _picked(
    turn: Mapping[str, Any], reply: Reply, last_list: Sequence[Mapping[str, Any]]
) -> list[str]:
    at = turn["pick"] - 1 if turn["pick"] > 0 else len(last_list) + turn["pick"]
    if not 0 <= at < len(last_list):
        return ["nothing to pick from"]
    row = last_list[at]
    prices = {row["price"], row["final_price"]}
    if "qty" in turn:
        right = any(_has(number(price * turn["qty"]), reply.text) for price in prices)
    elif len(reply.rows) == 1:
        right = bool(reply.codes & set(row["codes"]))
    else:
        right = not reply.rows and any(_has(number(price), reply.text) for price in prices)
    return [] if right else ["another row picked"]


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern.replace("ё", "е"), text, re.IGNORECASE) is not None


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A turn with its reply."""

    dialog: str
    turn: Mapping[str, Any]
    reply: Reply
    faults: list[str]


def play(talk: Mapping[str, Any], player: Player) -> list[Judged]:
    """The turns of a conversation that are about goods, judged."""
    judged = []
    last_list: Sequence[Mapping[str, Any]] = ()
    for turn in talk["turns"]:
        if turn["act"] in ASIDE:
            continue
        reply = player.say(turn["say"])
        wrong = faults(turn, reply, last_list)
        judged.append(Judged(dialog=talk["id"], turn=turn, reply=reply, faults=wrong))
        if len(reply.rows) > 1:
            last_list = reply.rows
    return judged


def read_talks(path: Path) -> list[dict[str, Any]]:
    """The conversations of a file, a line each."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def play_all(talks: Iterable[Mapping[str, Any]], goods: Goods, list_date: date) -> list[Judged]:
    """All turns of all conversations."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return [
        judged
        for talk in talks
        for judged in play(talk, Player(goods, list_date, domain["responses"]))
    ]


def interval(right: int, all_: int) -> tuple[float, float]:
    """Wilson's interval (95 %) of a share."""
    if not all_:
        return 0.0, 1.0
    z, share = 1.96, right / all_
    middle = share + z * z / (2 * all_)
    half = z * math.sqrt(share * (1 - share) / all_ + z * z / (4 * all_ * all_))
    return (middle - half) / (1 + z * z / all_), (middle + half) / (1 + z * z / all_)


def table(name: str, judged: Sequence[Judged]) -> str:
    """Shares of right turns by act."""
    all_ = Counter(one.turn["act"] for one in judged)
    right = Counter(one.turn["act"] for one in judged if not one.faults)
    lines = [f"{name}: turns right, by act"]
    for act in [*sorted(all_), "all"]:
        n, k = (len(judged), right.total()) if act == "all" else (all_[act], right[act])
        low, high = interval(k, n)
        lines.append(f"  {act:<14} {k:>4}/{n:<4} {k / n:.3f}  [{low:.2f} {high:.2f}]")
    return "\n".join(lines)


def over(rows: Sequence[PriceRow], groups: Sequence[Any], list_date: date) -> Current:
    """The list as the bot's process holds it, without a database."""
    index = PriceIndex.build(rows, load_vocabulary(), groups)
    return Current(index=index, list_id=0, list_date=list_date, weaviate=None, meaning=None)


def main() -> None:
    """Print a table for each set; `--misses` prints the turns that went wrong, too."""
    if "OPTFM_REAL_PRICE_LIST" not in os.environ:
        sys.exit("OPTFM_REAL_PRICE_LIST не задан: разговоры проверяются на настоящем прайс-листе")
    read = read_price_list(Path(os.environ["OPTFM_REAL_PRICE_LIST"]))
    prices = over(read.rows, read.groups, read.list_date)
    sets = {
        name: HERE / name
        for name in (
            "talk.jsonl",
            "talk_second.jsonl",
            "talk_third.jsonl",
            "talk_fourth.jsonl",
            "talk_fifth.jsonl",
            "talk_sixth.jsonl",
        )
    }
    if folder := os.environ.get("OPTFM_EVAL"):
        sets["talk_dev.jsonl"] = Path(folder) / "talk_dev.jsonl"
    for name, path in sets.items():
        judged = play_all(read_talks(path), prices, prices.list_date)
        print(table(name, judged))
        for one in judged if "--misses" in sys.argv else ():
            if one.faults:
                print(f"--- {one.dialog} [{one.turn['act']}] {one.turn['say']}\n    {one.faults}")
                print("    " + one.reply.text.replace("\n", "\n    ")[:600])


if __name__ == "__main__":
    main()
