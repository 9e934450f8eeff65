"""What the search loses when the vocabulary knows nothing of one brand.

OPTFM_EVAL=… OPTFM_REAL_PRICE_LIST=… python -m tests.eval.hidden_brand [BRAND…]
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

from optfm.catalog.read import read_price_list
from optfm.search import PriceIndex
from optfm.text import Vocabulary, load_vocabulary
from optfm.text.normalise import clean
from tests.eval.evaluate import HERE, Asked, judge, read_questions, score

_BRANDS = ("tecno", "realme", "oppo", "infinix", "honor", "huawei", "xiaomi", "samsung")


def without_brand(vocabulary: Vocabulary, brand: str) -> Vocabulary:
    """The vocabulary without the brand, its lines and every way to say them."""
    gone = {name for name, series in vocabulary.series.items() if series.brand == brand}
    return replace(
        vocabulary,
        brands={name: words for name, words in vocabulary.brands.items() if name != brand},
        series={name: series for name, series in vocabulary.series.items() if name not in gone},
    )


def questions_of(brand: str, vocabulary: Vocabulary, asked: list[Asked]) -> list[Asked]:
    """The questions that say the brand or one of its lines in any way."""
    words = {brand, *vocabulary.brands[brand]}
    for name, series in vocabulary.series.items():
        if series.brand == brand:
            words |= {name, *series.words}
    words = {w for w in words if len(w) > 2}
    return [q for q in asked if any(w in f" {clean(q.text)} " for w in words)]


def main(brands: list[str]) -> int:
    """Print hit@1 of each brand's questions with its vocabulary and without."""
    rows = read_price_list(Path(os.environ["OPTFM_REAL_PRICE_LIST"])).rows
    vocabulary = load_vocabulary()
    asked = read_questions(Path(os.environ["OPTFM_EVAL"]) / "price_queries.jsonl")
    asked += read_questions(HERE / "questions.jsonl")
    whole = PriceIndex.build(rows, vocabulary)
    print(f"{'марка':<10} {'вопросов':>8}  {'со словарём':>12}  {'без слов о ней':>14}")
    for brand in brands or _BRANDS:
        mine = questions_of(brand, vocabulary, asked)
        index = PriceIndex.build(rows, without_brand(vocabulary, brand))
        before, after = score(judge(whole, mine)), score(judge(index, mine))
        print(f"{brand:<10} {before.questions:>8}  {before.hit_1:>12.3f}  {after.hit_1:>14.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
