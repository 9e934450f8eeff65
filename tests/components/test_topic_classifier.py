"""The classifier as Rasa trains, stores and loads it."""

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.topic_classifier import TopicClassifier

ROOT = Path(__file__).parents[2]
EXAMPLES = {
    "faq_delivery_cost": ["сколько стоит доставка", "доставка", "цена доставки", "доставка платно"],
    "faq_warranty": ["гарантия", "какая гарантия", "сколько гарантия", "есть гарантия"],
    "price_question": ["чехол на 11", "дисплей на а12", "акб на 7", "сколько стоит чехол"],
}
CONFIG = {"vocabulary": str(ROOT / "actions/optfm/text/vocabulary")}
CONTEXT = ExecutionContext(GraphSchema({}), "test")


@pytest.fixture
def storage(tmp_path, monkeypatch) -> LocalModelStorage:
    """Rasa's own store of trained components."""
    monkeypatch.setenv("OPTFM_VAR", str(tmp_path / "var"))
    folder = tmp_path / "model"
    folder.mkdir()
    return LocalModelStorage(folder)


def train(storage, examples, name="topics"):
    """Train on examples by intent; the resource that Rasa would load."""
    classifier = TopicClassifier.create(CONFIG, storage, Resource(name), CONTEXT)
    messages = [Message.build(text, intent) for intent, texts in examples.items() for text in texts]
    return classifier, classifier.train(TrainingData(messages))


def load(storage, resource):
    """The classifier as the server loads it."""
    return TopicClassifier.load(CONFIG, storage, resource, CONTEXT)


def test_unseen_wording_finds_its_topic(storage):
    """Another phone, a typo and another layout are the same question."""
    loaded = load(storage, train(storage, EXAMPLES)[1])
    asked = {"крышка на xr": "price_question", "горантия": "faq_warranty", "ljcnfdrf": None}
    messages = loaded.process([Message.build(text) for text in asked])
    assert [m.get("intent")["name"] for m in messages[:2]] == ["price_question", "faq_warranty"]
    assert messages[2].get("intent")["name"] == "faq_delivery_cost"


def test_a_loaded_model_answers_as_the_trained_one(storage):
    """Storing rounds the weights to half precision and changes no answer."""
    trained, resource = train(storage, EXAMPLES)
    loaded = load(storage, resource)
    for text in ("сколько стоит доставка чехла", "гарантия на дисплей", "привет"):
        before, after = trained.rank(text), loaded.rank(text)
        assert [r["name"] for r in before] == [r["name"] for r in after]
        assert after[0]["confidence"] == pytest.approx(before[0]["confidence"], abs=0.01)
        assert sum(r["confidence"] for r in after) == pytest.approx(1)


def test_two_trainings_make_the_same_model(storage):
    """The same examples give the same numbers."""
    one, _ = train(storage, EXAMPLES)
    other, _ = train(storage, EXAMPLES, "again")
    assert one.rank("почём привезти") == other.rank("почём привезти")


def test_two_topics_are_enough(storage):
    """scikit-learn keeps two classes otherwise than three; the ranking is the same."""
    loaded = load(storage, train(storage, dict(list(EXAMPLES.items())[:2]))[1])
    assert loaded.rank("какая у вас гарантия")[0]["name"] == "faq_warranty"


def test_without_examples_there_is_no_opinion(storage):
    """A project without NLU data trains and loads; messages stay as they are."""
    message = Message.build("привет")
    assert load(storage, train(storage, {})[1]).process([message]) == [message]
    assert message.get("intent") is None


@pytest.mark.parametrize("text", ["😀", "\0", "...", "а" * 100_000, "\ud800"])
def test_any_message_is_ranked(storage, text):
    """Nothing that can be typed raises."""
    loaded = load(storage, train(storage, EXAMPLES)[1])
    assert len(loaded.rank(text)) == 3


def test_a_changed_vocabulary_means_a_new_training(tmp_path):
    """Rasa's cache of trained components knows of the files that it does not see itself."""
    (tmp_path / "slang.yml").write_text("экран: [дисплей]\n")
    before = TopicClassifier.fingerprint_addon({"vocabulary": str(tmp_path)})
    (tmp_path / "slang.yml").write_text("экран: [дисплей, модуль]\n")
    assert TopicClassifier.fingerprint_addon({"vocabulary": str(tmp_path)}) != before


@pytest.mark.parametrize(
    ("plain", "goods", "embedded"),
    [(0.0, 1.1, []), (1.1, 0.0, ["какая гарантия"])],
)
def test_only_a_message_whose_wording_leaves_doubt_is_embedded(
    storage, monkeypatch, plain, goods, embedded
):
    """`plain` is the confidence from which on the wording decides, `plain_goods` that of goods."""
    loaded = load(storage, train(storage, EXAMPLES)[1])
    loaded._config |= {"plain": plain, "plain_goods": goods}
    seen: list[str] = []
    meanings = loaded._features.meanings
    monkeypatch.setattr(
        loaded._features, "meanings", lambda read: seen.extend(read["meaning"]) or meanings(read)
    )
    assert loaded.rank("какая гарантия")[0]["name"] == "faq_warranty"
    assert seen == embedded
    seen.clear()
    assert loaded.rank("дисплей на айфон 11")[0]["name"] == "price_question"
    assert seen == ([] if goods == 0.0 else ["дисплей на айфон 11"])
