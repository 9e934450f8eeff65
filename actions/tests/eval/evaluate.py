"""How good the price search is, in numbers; `make eval` prints this.

Reads the development set (`$OPTFM_EVAL/price_queries.jsonl`), the sets beside this file and
the shop's list (`$OPTFM_REAL_PRICE_LIST`); the other shop's list is here. Writes nothing.
"""

import json
import math
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from optfm.catalog import PriceRow
from optfm.catalog.read import read_price_list
from optfm.search import Answer, PriceIndex
from optfm.text import Vocabulary, load_vocabulary

HERE = Path(__file__).parent
#: The other shop's list is shipped: what staff publish is held against it.
OTHER = HERE.parents[1] / "optfm" / "content"
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question of a set."""

    text: str
    right: frozenset[str]  #: codes that answer it; empty: nothing does
    stratum: str
    sub: str = ""
    split: str = ""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A question with its answer."""

    asked: Asked
    answer: Answer

    @property
    def given(self) -> bool:
        """Whether the bot would show rows as an answer."""
        return self.answer.kind != "none"

    @property
    def false(self) -> bool:
        """Whether rows are shown without a word that something is missing."""
        return self.given and not self.answer.unmet

    @property
    def right(self) -> bool:
        """Whether the first row is right and given as the answer."""
        return self.given and self.hit(1)

    def hit(self, depth: int) -> bool:
        """Whether one of the first lines has a right row as its best."""
        return any(h.row.code in self.asked.right for h in self.answer.hits[:depth])


@dataclass(frozen=True, kw_only=True)
class Score:
    """Shares over a set."""

    questions: int
    hit_1: float
    hit_5: float
    kept: float  #: good questions that got an answer
    right: float  #: whose first row is right and was given
    false: float  #: questions about what is not sold that got rows without a word about it
    negatives: int


def read_questions(path: Path, split: str | None = None) -> list[Asked]:
    """The questions of a file, of one split where it is given."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if split is None or row.get("split") == split:
            found.append(
                Asked(
                    text=row["q"],
                    right=frozenset(row["rel"]),
                    stratum=row["stratum"],
                    sub=row.get("sub") or "",
                    split=row.get("split", ""),
                )
            )
    return found


def other_rows() -> list[PriceRow]:
    """The list of the other shop."""
    rows = []
    for number, line in enumerate((OTHER / "floor_list.jsonl").read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        rows.append(
            PriceRow(
                code=row["code"],
                name=row["name"],
                price_kop=round(row["price"] * 100),
                status=row["status"],
                path=tuple(row["path"]),
                row_number=number,
            )
        )
    return rows


def judge(index: PriceIndex, questions: Iterable[Asked]) -> list[Judged]:
    """Each question asked."""
    return [Judged(asked=q, answer=index.search(q.text)) for q in questions]


def score(judged: Sequence[Judged]) -> Score:
    """The shares over the judged questions."""
    good = [j for j in judged if j.asked.right]
    bad = [j for j in judged if not j.asked.right]
    many = max(1, len(good))
    return Score(
        questions=len(good),
        hit_1=sum(j.hit(1) for j in good) / many,
        hit_5=sum(j.hit(5) for j in good) / many,
        kept=sum(j.given for j in good) / many,
        right=sum(j.right for j in good) / many,
        false=sum(j.false for j in bad) / max(1, len(bad)),
        negatives=len(bad),
    )


def without_rows(
    rows: Sequence[PriceRow], questions: Sequence[Asked], vocabulary: Vocabulary, parts: int = 6
) -> list[Judged]:
    """Good questions asked of a list that their answers were taken out of: all must be refused.

    The neighbours stay: the same goods for other models and with other values.
    """
    judged = []
    good = [q for q in questions if q.right]
    for part in range(parts):
        here = good[part::parts]
        gone = frozenset().union(*(q.right for q in here)) if here else frozenset()
        index = PriceIndex.build([r for r in rows if r.code not in gone], vocabulary)
        emptied = [Asked(text=q.text, right=frozenset(), stratum=q.stratum) for q in here]
        judged += judge(index, emptied)
    return judged


def with_slip(questions: Sequence[Asked], seed: int = 5) -> list[Asked]:
    """The questions with one more slip each, in a word of five letters or more."""
    chance = random.Random(seed)
    slipped = []
    for q in questions:
        words = q.text.lower().split()
        places = [i for i, w in enumerate(words) if len(w) >= 5 and w.isalpha()]
        if not q.right or not places or q.stratum in ("typo", "layout", "code"):
            continue
        place = chance.choice(places)
        words[place] = _slip(words[place], chance)
        slipped.append(Asked(text=" ".join(words), right=q.right, stratum=q.stratum))
    return slipped


def _slip(word: str, chance: random.Random) -> str:
    letters = _RUSSIAN if word[0] in _RUSSIAN else _LATIN
    at = chance.randrange(1, len(word))
    kind = chance.choice(("drop", "add", "swap", "change"))
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "add":
        return word[:at] + chance.choice(letters) + word[at:]
    if kind == "swap" and at < len(word) - 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.choice(letters) + word[at + 1 :]


def same_without_slip(questions: Sequence[Asked], slipped: Sequence[Asked]) -> list[Asked]:
    """The clean questions that `slipped` were made of."""
    places = {
        i
        for i, q in enumerate(questions)
        if q.right
        and q.stratum not in ("typo", "layout", "code")
        and any(len(w) >= 5 and w.isalpha() for w in q.text.lower().split())
    }
    assert len(places) == len(slipped)
    return [q for i, q in enumerate(questions) if i in places]


# --- printing


def interval(share: float, many: int) -> tuple[float, float]:
    """Where the true share lies, 19 times of 20 (Wilson 1927)."""
    if not many:
        return 0.0, 1.0
    z = 1.96
    middle = (share + z * z / (2 * many)) / (1 + z * z / many)
    half = z * math.sqrt(share * (1 - share) / many + z * z / (4 * many * many))
    half /= 1 + z * z / many
    return max(0.0, middle - half), min(1.0, middle + half)


def _with_interval(share: float, many: int) -> str:
    low, high = interval(share, many)
    return f"{share:.3f} [{low:.2f}–{high:.2f}]"


def show(title: str, judged: Sequence[Judged]) -> None:
    """Print the shares of a set."""
    s = score(judged)
    false = f"{_with_interval(s.false, s.negatives)} из {s.negatives}" if s.negatives else "—"
    print(
        f"{title:<34} вопросов {s.questions:>3}  hit@1 {s.hit_1:.3f}  hit@5 {s.hit_5:.3f}"
        f"  верна и дана {_with_interval(s.right, s.questions)}  ложных ответов {false}"
    )


def show_strata(judged: Sequence[Judged]) -> None:
    """Print the shares by stratum."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for j in judged:
        groups[j.asked.stratum + (f" {j.asked.sub}" if j.asked.sub else "")].append(j)
    for name, group in groups.items():
        s = score(group)
        if s.questions:
            line = f"hit@1 {s.hit_1:.3f}  hit@5 {s.hit_5:.3f}"
            line += f"  верна и дана {_with_interval(s.right, s.questions)}"
        else:
            line = f"ложных ответов {_with_interval(s.false, s.negatives)}"
        print(f"    {name:<16} {len(group):>3}  {line}")


def show_several(index: PriceIndex) -> None:
    """Print how many goods of messages that ask for several got an answer with a right row."""
    parts = right = 0
    for line in (HERE / "several_goods.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        shown = [hit.row.code for answer in index.search_all(row["q"]) for hit in answer.rows[:1]]
        parts += len(row["each"])
        right += sum(bool(set(codes) & set(shown)) for codes in row["each"])
    share = _with_interval(right / parts, parts)
    print(f"{'несколько товаров в сообщении':<34} частей {parts}  верна и дана {share}")


def show_verdicts(judged: Sequence[Judged]) -> None:
    """Print what the bot does against what it should."""
    counts: Counter[tuple[str, str]] = Counter()
    for j in judged:
        truth = "нет в списке" if not j.asked.right else "есть, первая верна"
        if j.asked.right and not j.hit(1):
            truth = "есть, первая неверна"
        counts[truth, j.answer.kind] += 1
    print(f"    {'':<22}{'found':>7}{'ask':>7}{'none':>7}")
    for truth in ("есть, первая верна", "есть, первая неверна", "нет в списке"):
        row = "".join(f"{counts[truth, kind]:>7}" for kind in ("found", "ask", "none"))
        print(f"    {truth:<22}{row}")


def show_reliability(judged: Sequence[Judged]) -> None:
    """Print how often the answers of each confidence are right."""
    print("    уверенность    ответов   верных")
    for low in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        high = {0.5: 0.6, 0.6: 0.7, 0.7: 0.8, 0.8: 0.9, 0.9: 0.95, 0.95: 1.01}[low]
        group = [j for j in judged if j.given and low <= j.answer.confidence < high]
        if group:
            right = sum(j.hit(1) for j in group) / len(group)
            print(f"    {low:.2f}–{min(high, 1):.2f}      {len(group):>6}    {right:.2f}")


def show_worst(judged: Sequence[Judged], most: int = 10) -> None:
    """Print the questions that went worst: sure and wrong first."""
    wrong = [
        j
        for j in judged
        if (j.asked.right and not (j.given and j.hit(1))) or (not j.asked.right and j.given)
    ]
    wrong.sort(key=lambda j: -j.answer.confidence if j.given else j.answer.confidence - 1)
    for j in wrong[:most]:
        top = j.answer.hits[0].row.code if j.answer.hits else "—"
        truth = "есть" if j.asked.right else "нет в списке"
        print(
            f"    {j.asked.text}  [{truth}]"
            f" → {j.answer.kind} {j.answer.confidence:.2f}, первая {top}"
        )


def main() -> int:
    """Print everything that can be judged here; 0 also where the shop's list is not at hand."""
    from tests.eval.public_lists import small_list, toys
    from tests.eval.with_vectors import show_with_vectors  # it judges with what is here

    vocabulary = load_vocabulary()
    other = PriceIndex.build(other_rows(), vocabulary)
    judged_other = judge(other, read_questions(OTHER / "floor_questions.jsonl"))
    print("Поиск по прайс-листу")
    real = os.environ.get("OPTFM_REAL_PRICE_LIST")
    if not real:
        show("другой магазин", judged_other)
        print("OPTFM_REAL_PRICE_LIST не задан: по настоящему прайс-листу не проверено")
        return 0
    rows = read_price_list(Path(real)).rows
    index = PriceIndex.build(rows, vocabulary)
    if folder := os.environ.get("OPTFM_EVAL"):
        path = Path(folder) / "price_queries.jsonl"
        dev = read_questions(path, "dev")
        judged = judge(index, dev)
        show("для настройки (dev)", judged)
        show_strata(judged)
        show_verdicts(judged)
        print("    худшие:")
        show_worst(judged)
        show("проверочные (test), только итог", judge(index, read_questions(path, "test")))
        removed = without_rows(rows, dev, vocabulary)
        share = sum(j.false for j in removed) / len(removed)
        print(f"{'dev, верные строки убраны':<34} ложных ответов {share:.3f} из {len(removed)}")
    blind = read_questions(HERE / "questions.jsonl")
    judged_blind = judge(index, blind)
    show("questions.jsonl", judged_blind)
    show_strata(judged_blind)
    show_verdicts(judged_blind)
    show("late_questions.jsonl", judge(index, read_questions(HERE / "late_questions.jsonl")))
    third = judge(index, read_questions(HERE / "third_questions.jsonl"))
    show("слепые (third_questions.jsonl)", third)
    show_strata(third)
    show_verdicts(third)
    show_reliability(third)
    fourth = judge(index, read_questions(HERE / "fourth_questions.jsonl"))
    show("fourth_questions.jsonl", fourth)
    show_strata(fourth)
    fifth = judge(index, read_questions(HERE / "fifth_questions.jsonl"))
    show("fifth_questions.jsonl", fifth)
    show_strata(fifth)
    for name in (
        "sixth_questions",
        "seventh_questions",
        "eighth_questions",
        "ninth_questions",
        "tenth_questions",
    ):
        show(f"{name}.jsonl", judge(index, read_questions(HERE / f"{name}.jsonl")))
    show_several(index)
    slipped = with_slip(blind)
    before = score(judge(index, same_without_slip(blind, slipped)))
    after = score(judge(index, slipped))
    print(
        f"{'ещё одна опечатка':<34} hit@1 {before.hit_1:.3f} → {after.hit_1:.3f}"
        f"  ({100 * (after.hit_1 - before.hit_1):+.1f} п. п.)"
    )
    show("другой магазин", judged_other)
    show_strata(judged_other)
    if lists := os.environ.get("OPTFM_OTHER_LISTS"):
        for title, rows, name in (
            ("маленький прайс (263 товара)", small_list(Path(lists)), "small_list_questions"),
            ("игрушки и коляски", toys(Path(lists)), "toys_questions"),
        ):
            judged = judge(
                PriceIndex.build(rows, vocabulary), read_questions(HERE / f"{name}.jsonl")
            )
            show(title, judged)
            show_strata(judged)
        small = PriceIndex.build(small_list(Path(lists)), vocabulary)
        for name in ("small_list_second", "small_list_third"):
            show(f"маленький прайс, {name}", judge(small, read_questions(HERE / f"{name}.jsonl")))
    show_with_vectors(
        [
            ("слепые (third_questions.jsonl)", index, [j.asked for j in third]),
            ("другой магазин", other, [j.asked for j in judged_other]),
        ]
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
