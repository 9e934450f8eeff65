"""A chat completion as a foreign server sent it, brought to one form or refused by name.

Seen on real servers: `content` as a list of parts (Mistral, vLLM), `usage` empty or null,
`choices` null or with nothing in it (proxies), `finish_reason` as `eos`, `STOP` or `end_turn`,
reasoning in `<think>` that is not closed or never opened (DeepSeek, Qwen behind llama.cpp and
LM Studio), and the limit of tokens eaten by it.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from optfm.llm.gateway.errors import BadAnswer, ProviderFiltered

_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_THOUGHT_BEFORE = re.compile(r"^.*</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_THOUGHT_UNCLOSED = re.compile(r"<think(?:ing)?>.*$", re.DOTALL | re.IGNORECASE)
#: Spellings of a whole answer, of one that was cut off, of one that a filter held back.
_WHOLE = frozenset({"stop", "eos", "eos_token", "end_turn", "stop_sequence", "completed", "end"})
_CUT = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})
_FILTERED = frozenset({"content_filter", "safety", "refusal", "recitation"})
#: What a stream's last line says.
_DONE = "[DONE]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Completion:
    """What a model said."""

    text: str  #: without its reasoning
    tokens_in: int | None  #: None where the server did not count
    tokens_out: int | None


def read_completion(body: object) -> Completion:
    """The answer in a body of `POST /chat/completions`.

    :param body: decoded JSON; anything at all.
    :raises BadAnswer: it holds no whole answer; its tokens are noted where they were counted.
    :raises ProviderFiltered: the vendor's filter held it back.
    Source: platform.openai.com/docs/api-reference/chat/object, and the servers named above.
    """
    whole = body if isinstance(body, dict) else {}
    choices = whole.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    tokens = _tokens(whole.get("usage"))
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise _bad("ответ без вариантов", tokens)
    finish = str(choice.get("finish_reason") or "").strip().lower()
    refusal = message.get("refusal")
    if finish in _FILTERED or (isinstance(refusal, str) and refusal):
        raise ProviderFiltered(refusal if isinstance(refusal, str) else "фильтр поставщика")
    said = _content(message.get("content"))
    text = without_reasoning(said)
    thought = bool(message.get("reasoning_content") or message.get("reasoning")) or text != said
    if finish in _CUT and thought and not text.strip():
        raise _bad("весь лимит ушёл на рассуждение: модели нужен больший предел", tokens)
    if finish not in _WHOLE:
        raise _bad(f"ответ оборван ({finish or 'без причины'})", tokens)
    if not text.strip():
        raise _bad("только рассуждение, ответа нет" if thought else "пустой ответ", tokens)
    return Completion(text=text, tokens_in=tokens[0], tokens_out=tokens[1])


def read_stream(lines: Iterable[str]) -> object:
    """A body of one piece out of the lines of an event stream, for `read_completion`.

    :param lines: `data: {…}` lines; others are passed over. A stream that ends by itself has no
        `finish_reason`, and so is no whole answer.
    """
    said: list[str] = []
    finish: object = None
    usage: object = None
    for line in lines:
        data = line.removeprefix("data:").strip()
        if not line.startswith("data:") or not data or data == _DONE:
            continue
        try:
            piece = json.loads(data)
        except (ValueError, RecursionError):
            continue
        if not isinstance(piece, dict):
            continue
        usage = piece.get("usage") or usage
        choices = piece.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if isinstance(choice, dict):
            delta = choice.get("delta")
            said.append(_content(delta.get("content")) if isinstance(delta, dict) else "")
            finish = choice.get("finish_reason") or finish
    message = {"role": "assistant", "content": "".join(said)}
    return {"choices": [{"message": message, "finish_reason": finish}], "usage": usage}


def without_reasoning(text: str) -> str:
    """The text after the reasoning, whether its tags are whole, never opened or never closed."""
    text = _THOUGHT.sub("", text)
    return _THOUGHT_UNCLOSED.sub("", _THOUGHT_BEFORE.sub("", text)).strip()


def _content(content: object) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = (part.get("text") if isinstance(part, dict) else part for part in content)
    return "".join(part for part in parts if isinstance(part, str))


def _tokens(usage: object) -> tuple[int | None, int | None]:
    counted = usage if isinstance(usage, dict) else {}
    return _count(counted.get("prompt_tokens")), _count(counted.get("completion_tokens"))


def _count(value: object) -> int | None:
    known = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if known and isinstance(value, int) else None


def _bad(words: str, tokens: tuple[int | None, int | None]) -> BadAnswer:
    bad = BadAnswer(words)
    bad.tokens = (tokens[0] or 0, tokens[1] or 0)
    return bad
