"""Which parameters a server of the OpenAI wire takes, learnt from what it refuses.

Seen: LM Studio refuses `response_format: json_object`, newer OpenAI models `max_tokens` (they want
`max_completion_tokens`) and any `temperature` but theirs, some proxies all that is no stream.
"""

from dataclasses import dataclass

from optfm.llm.gateway.model import Prompt


@dataclass(slots=True)
class RequestForm:
    """The form of a call to one server; kept as long as the process lives."""

    response_format: bool = True
    max_completion_tokens: bool = False  #: the newer name of `max_tokens`
    temperature: bool = True
    stream: bool = False

    def parameters(self, prompt: Prompt, temperature: float) -> dict[str, object]:
        """What stands in the body beside the model and the messages."""
        limit = "max_completion_tokens" if self.max_completion_tokens else "max_tokens"
        body: dict[str, object] = {limit: prompt.max_tokens}
        if self.temperature:
            body["temperature"] = temperature
        if self.response_format:
            body["response_format"] = {"type": "json_object" if prompt.json else "text"}
        if self.stream:
            body["stream"] = True
        return body

    def adapt(self, refusal: str) -> bool:
        """Leave out, or say otherwise, what the server's words name.

        :param refusal: the words of a 400, 404 or 422.
        :returns: whether another call may help.
        """
        words = refusal.lower()
        if self.response_format and "response_format" in words:
            self.response_format = False
        elif not self.max_completion_tokens and "max_tokens" in words:
            self.max_completion_tokens = True
        elif self.temperature and "temperature" in words:
            self.temperature = False
        elif not self.stream and "stream" in words:
            self.stream = True
        else:
            return False
        return True
