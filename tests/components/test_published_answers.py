"""An answer that staff published is what Rasa says, without training and without a restart."""

import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from common import published
from components.responses import Responses

DOMAIN = Domain.from_dict(
    {
        "version": "3.1",
        "responses": {
            "utter_faq_hours": [
                {"text": "Пн–пт.", "buttons": [{"title": "Адреса", "payload": "/faq_addresses"}]}
            ],
            "utter_hello": [{"text": "Привет, {name}!"}, {"text": "Добрый день, {name}!"}],
        },
    }
)


@pytest.fixture
def responses():
    yield Responses(None, DOMAIN)  # type: ignore[arg-type]
    published.publish({})


def _said(responses: Responses, answer: str, **values: str) -> dict:
    tracker = DialogueStateTracker("d", [])
    found = asyncio.run(responses.generate(answer, tracker, "rest", **values))
    assert found is not None
    return found


def test_a_published_text_is_said_with_the_buttons_of_the_file(responses):
    """And the file's own again once it is taken back."""
    published.publish({"domain.yml#utter_faq_hours": "Круглосуточно."})
    said = _said(responses, "utter_faq_hours")
    assert said["text"] == "Круглосуточно."
    assert said["buttons"][0]["title"] == "Адреса"
    published.publish({})
    assert _said(responses, "utter_faq_hours")["text"] == "Пн–пт."


def test_each_wording_has_its_own_text_and_its_fields(responses):
    """Several wordings are one text to edit."""
    published.publish({"domain.yml#utter_hello": "Здравствуйте, {name}!\n---\nРад вам, {name}!"})
    found = {_said(responses, "utter_hello", name="Пётр")["text"] for _ in range(40)}
    assert found == {"Здравствуйте, Пётр!", "Рад вам, Пётр!"}


def test_a_model_that_is_loaded_later_brings_its_own_answers():
    """Rasa makes the generator before it has a model, and gives it the answers then."""
    responses = Responses(None, Domain.empty())  # type: ignore[arg-type]
    published.publish({"domain.yml#utter_faq_hours": "Круглосуточно."})
    responses.responses = DOMAIN.responses
    assert _said(responses, "utter_faq_hours")["text"] == "Круглосуточно."
    responses.responses = Domain.from_dict(
        {"version": "3.1", "responses": {"utter_faq_hours": [{"text": "Новая модель."}]}}
    ).responses
    published.publish({})
    assert _said(responses, "utter_faq_hours")["text"] == "Новая модель."


@pytest.mark.parametrize("text", ["", "Один.\n---\nДва.", "Часы: {nobody}"])
def test_a_text_that_does_not_fit_does_not_count(responses, text: str):
    """Whatever stands in the table: the file's answer is said."""
    published.publish({"domain.yml#utter_faq_hours": text})
    assert _said(responses, "utter_faq_hours")["text"] == "Пн–пт."
