"""What dense vectors change in the price search, by stratum; part of `make eval` when they are on.

Reads what `evaluate` reads. The vectors are kept in `OPTFM_VAR`: the first run over the shop's
list computes for some minutes.
"""

import os
from collections import defaultdict
from collections.abc import Sequence

from optfm.search import PriceIndex
from optfm.search.vectors.meaning import Meaning
from optfm.settings import Settings
from tests.eval.evaluate import Asked, Judged, judge, score

_LONGEST_S = 3600.0


def show_with_vectors(sets: Sequence[tuple[str, PriceIndex, Sequence[Asked]]]) -> None:
    """Print each set and its strata without and with what EMBEDDINGS_PROVIDER gives.

    Nothing where it is `none`.
    """
    meaning = Meaning.of_settings(Settings.from_env(os.environ))
    if meaning is None:
        print("Векторы: EMBEDDINGS_PROVIDER=none, не проверено")
        return
    print("Векторы: без них → с ними")
    for title, index, questions in sets:
        meaning.follow(index)
        if not meaning.wait(_LONGEST_S):
            print(f"{title}: векторов нет")
            continue
        nearness = meaning.of(index)
        without = judge(index, questions)
        having = [
            Judged(asked=q, answer=index.search(q.text, nearness=nearness)) for q in questions
        ]
        _show(title, without, having)
        for stratum, pair in _by_stratum(without, having).items():
            _show(f"    {stratum}", *pair)
    meaning.close()


def _by_stratum(
    without: Sequence[Judged], having: Sequence[Judged]
) -> dict[str, tuple[list[Judged], list[Judged]]]:
    groups: dict[str, tuple[list[Judged], list[Judged]]] = defaultdict(lambda: ([], []))
    for old, new in zip(without, having, strict=True):
        if old.asked.right:
            groups[old.asked.stratum][0].append(old)
            groups[old.asked.stratum][1].append(new)
    return groups


def _show(title: str, without: Sequence[Judged], having: Sequence[Judged]) -> None:
    old, new = score(without), score(having)
    print(
        f"{title:<34} hit@1 {old.hit_1:.3f} → {new.hit_1:.3f}  hit@5 {old.hit_5:.3f} →"
        f" {new.hit_5:.3f}  ответ дан {old.kept:.3f} → {new.kept:.3f}"
        f"  ложных {old.false:.3f} → {new.false:.3f}"
    )
