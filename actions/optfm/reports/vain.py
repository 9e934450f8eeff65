"""What was asked in vain, grouped by meaning, and what the owner decided about each group."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal, get_args

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from common.masking import mask
from optfm.db.tables import vain_verdicts
from optfm.reports.catalogue import REPORTS
from optfm.reports.period import Period
from optfm.reports.report import Row, rows

Of = Literal["not-found", "not-answered"]
Verdict = Literal["vocabulary", "faq", "purchase", "not_ours"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
#: The words of a text as the search knows them: one for all spellings, without fillers.
Lexemes = Callable[[str], Iterable[str]]

#: Questions that share so much of their words are one, where their models and values are the same.
_ALIKE = 0.6
_EXAMPLES = 3
#: Of a busy shop's month; more are counted by nobody.
_MOST = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Questions of one meaning."""

    key: str  #: of its most frequent wording: what a verdict is kept by
    times: int
    people: int
    last_at: datetime
    examples: tuple[Row, ...]  #: different wordings, the latest first
    verdict: Verdict | None
    by: str | None  #: whose verdict it is


def groups(connection: Connection, period: Period, *, of: Of, lexemes: Lexemes) -> list[Group]:
    """What most people asked in vain comes first."""
    asked = [
        replace(row, what=mask(row.what))
        for row in rows(connection, REPORTS[of], period, limit=_MOST)
    ]
    verdicts = {
        row.meaning: (row.verdict, row.by) for row in connection.execute(select(vain_verdicts))
    }
    found = [_group(one, verdicts) for one in _grouped(asked, lexemes)]
    return sorted(found, key=lambda g: (-g.people, -g.times, g.key))


def decide(connection: Connection, key: str, verdict: Verdict | None, *, by: str) -> None:
    """Keep what is to become of a group; None takes it back."""
    if verdict is None:
        connection.execute(vain_verdicts.delete().where(vain_verdicts.c.meaning == key))
        return
    said = {"verdict": verdict, "by": by, "at": func.now()}
    connection.execute(
        insert(vain_verdicts)
        .values(meaning=key, **said)
        .on_conflict_do_update(index_elements=["meaning"], set_=said)
    )


_Words = frozenset[str]


def _key(words: _Words) -> str:
    """Stands for the words and does not say them: a customer's are not kept for a verdict."""
    return sha256(" ".join(sorted(words)).encode()).hexdigest()


def _grouped(asked: Sequence[Row], lexemes: Lexemes) -> list[dict[_Words, list[Row]]]:
    """Rows by the words they came to, and those sets of words together that mean the same."""
    by_words: dict[_Words, list[Row]] = {}
    for row in asked:
        if words := frozenset(lexemes(row.what)):
            by_words.setdefault(words, []).append(row)
    found: list[dict[_Words, list[Row]]] = []
    leaders: dict[_Words, list[tuple[_Words, int]]] = {}
    for words, same in sorted(by_words.items(), key=lambda item: (-len(item[1]), sorted(item[0]))):
        exact = frozenset(word for word in words if any(c.isdigit() for c in word))
        near = [
            (len(words & leader) / len(words | leader), -place)
            for leader, place in leaders.get(exact, ())
        ]
        best = max(near, default=(0.0, 0))
        if best[0] >= _ALIKE:
            found[-best[1]][words] = same
            continue
        leaders.setdefault(exact, []).append((words, len(found)))
        found.append({words: same})
    return found


def _group(by_words: dict[_Words, list[Row]], verdicts: dict[str, tuple[Verdict, str]]) -> Group:
    every = sorted((row for same in by_words.values() for row in same), key=lambda r: r.at)[::-1]
    different = {row.what.casefold(): row for row in reversed(every)}
    keys = [_key(words) for words in by_words]
    decided = next((verdicts[key] for key in keys if key in verdicts), (None, None))
    return Group(
        key=keys[0],
        times=len(every),
        people=len(Counter(row.person for row in every)),
        last_at=every[0].at,
        examples=tuple(sorted(different.values(), key=lambda r: r.at)[::-1][:_EXAMPLES]),
        verdict=decided[0],
        by=decided[1],
    )
