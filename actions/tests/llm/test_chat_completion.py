"""Whatever a foreign server answers is a whole text or is refused by name."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optfm.llm.gateway.errors import BadAnswer, ModelError, ProviderFiltered
from optfm.llm.grounding.answer_form import AnswerForm, read
from optfm.llm.providers.chat_completion import read_completion, read_stream


def body(content="да", finish="stop", usage=None, **message):
    said = {"role": "assistant", "content": content, **message}
    return {"choices": [{"message": said, "finish_reason": finish}], "usage": usage}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("да", "да"),
        ([{"type": "text", "text": "да"}, {"type": "text", "text": ", есть"}], "да, есть"),
        (["да", {"type": "image"}], "да"),
        ("<think>план {a: 1}</think>\nда", "да"),
        ("план без начала </think> да", "да"),
        ("<THINKING>x</THINKING>да", "да"),
        ('<think>{"text": "нет"}</think>{"text": "да"}', '{"text": "да"}'),
    ],
)
def test_the_text_is_taken_without_reasoning(content, text: str):
    """Parts are joined; what stands in or before the tags is nobody's answer."""
    assert read_completion(body(content)).text == text


@pytest.mark.parametrize("finish", ["stop", "STOP", "eos", "end_turn", "eos_token"])
def test_a_whole_answer_is_known_in_any_spelling(finish: str):
    """Each server names the end in its own way."""
    assert read_completion(body(finish=finish)).text == "да"


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None}, [], {"prompt_tokens": "5"}])
def test_what_was_not_counted_is_unknown(usage):
    """The caller guesses then; nothing fails."""
    said = read_completion(body(usage=usage))
    assert (said.tokens_in, said.tokens_out) == (None, None)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"choices": None}, "без вариантов"),
        ({"choices": []}, "без вариантов"),
        ({"choices": [None]}, "без вариантов"),
        ({"choices": [{"message": None}]}, "без вариантов"),
        ([], "без вариантов"),
        (None, "без вариантов"),
        (body(""), "пустой"),
        (body(None), "пустой"),
        (body("начало", finish="length"), "оборван"),
        (body("начало", finish=None), "оборван"),
        (body("<think>долго", finish="length"), "рассуждение"),
        (body("", finish="length", reasoning_content="долго"), "рассуждение"),
        (body("<think>долго</think>"), "только рассуждение"),
    ],
)
def test_what_is_no_whole_answer_is_a_bad_one_by_name(answer, words: str):
    """The log says which of the whims it was."""
    with pytest.raises(BadAnswer, match=words):
        read_completion(answer)


def test_a_filter_is_told_from_a_bad_answer():
    """Asking the reserve would not help."""
    with pytest.raises(ProviderFiltered):
        read_completion(body("", finish="content_filter"))
    with pytest.raises(ProviderFiltered, match="не буду"):
        read_completion(body("", refusal="не буду"))


def test_a_stream_is_one_answer_and_a_torn_one_is_none():
    """Without a finish_reason the runner died (Ollama ends such a stream cleanly)."""
    pieces = [
        {"choices": [{"delta": {"role": "assistant"}}]},
        {"choices": [{"delta": {"content": "д"}}]},
        {"choices": [{"delta": {"content": "а"}, "finish_reason": "stop"}]},
        {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}},
    ]
    lines = [f"data: {json.dumps(piece)}" for piece in pieces]
    said = read_completion(read_stream([": ping", *lines, "data: [DONE]"]))
    assert (said.text, said.tokens_in, said.tokens_out) == ("да", 3, 2)
    with pytest.raises(BadAnswer, match="оборван"):
        read_completion(read_stream(lines[:2]))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
_MESSAGE = st.fixed_dictionaries(
    {}, optional={"content": _JSON, "refusal": _JSON, "reasoning": _JSON}
)
_CHOICE = st.fixed_dictionaries(
    {}, optional={"message": _MESSAGE | _JSON, "finish_reason": _JSON, "delta": _JSON}
)
_BODY = st.fixed_dictionaries(
    {}, optional={"choices": st.lists(_CHOICE | _JSON, max_size=2) | _JSON, "usage": _JSON}
)


@given(_BODY | _JSON)
def test_no_body_raises_anything_else(answer):
    """No exception of a foreign server travels further."""
    with contextlib.suppress(ModelError):
        assert read_completion(answer).text.strip()
    read_stream([f"data: {json.dumps(answer)}", "data: {", "data: 5"])


@pytest.mark.parametrize(
    "text",
    [
        '{"text": "да", "ids": ["1"], "sure": true}',
        '```json\n{"text": "да", "ids": ["1"], "sure": true}\n```\nНадеюсь, {помог}!',
        'Вот {смотрите}: {"a": 1} {"text": "да", "ids": ["1"], "sure": true}',
    ],
)
def test_the_form_is_found_among_fences_braces_and_words(text: str):
    """The first object of the form counts."""
    assert read(AnswerForm, text).text == "да"
