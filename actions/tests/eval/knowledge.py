"""How well the company's facts are found: `python -m tests.eval.knowledge`; part of `make eval`."""

from pathlib import Path

import yaml

from optfm.llm.knowledge.live_knowledge import FACTS, LiveKnowledge
from optfm.search.vectors.embedding import LocalEmbedder, VectorStore
from optfm.settings import ROOT

QUESTIONS = yaml.safe_load(
    Path(__file__).with_name("knowledge_questions.yml").read_text(encoding="utf-8")
)
FOLDER, DOMAIN = ROOT / "docs" / "knowledge", ROOT / "domain.yml"


def measured(knowledge: LiveKnowledge) -> tuple[float, float, float, float]:
    """How often the answer is in the first fact, in any, is given to a model; and nothing is.

    The last share is of the questions without an answer.
    """
    first = any_ = given = 0
    for question, holds in QUESTIONS["answerable"].items():
        found = [one.passage.text for one in knowledge.search(question, limit=FACTS)]
        first += bool(found) and holds.lower() in found[0].lower()
        any_ += any(holds.lower() in text.lower() for text in found)
        given += any(holds.lower() in fact.text.lower() for fact in knowledge.facts(question))
    silent = sum(not knowledge.facts(question) for question in QUESTIONS["unanswerable"])
    answerable, others = len(QUESTIONS["answerable"]), len(QUESTIONS["unanswerable"])
    return first / answerable, any_ / answerable, given / answerable, silent / others


def main() -> None:
    """Print the table."""
    store = VectorStore(ROOT / "var" / "vectors.sqlite")
    plain = LiveKnowledge(FOLDER, DOMAIN)
    dense = LiveKnowledge(FOLDER, DOMAIN, embedder=LocalEmbedder(), store=store)
    print(f"\nЗнания: {len(QUESTIONS['answerable'])} вопросов с ответом, "
          f"{len(QUESTIONS['unanswerable'])} без ответа в фактах")  # fmt: skip
    print("                       первый факт   среди 5   дошло до модели   промолчал верно")
    for name, knowledge in (("слова (BM25)", plain), ("слова и вектора", dense)):
        first, any_, given, silent = measured(knowledge)
        print(f"{name:<24}{first:>10.3f}{any_:>10.3f}{given:>18.3f}{silent:>18.3f}")


if __name__ == "__main__":
    main()
