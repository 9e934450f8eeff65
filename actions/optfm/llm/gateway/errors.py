"""Why a model gave no answer that may be used. Each provider's errors are translated into these
at its edge; a customer sees none of them: the conversation goes on as if there were no model.
"""


class ModelError(Exception):
    """No usable answer; `str()` says why, for the log.

    `outcome` is what the row in `llm_calls` says.
    """

    outcome = "error"


class ProviderAway(ModelError):
    """It cannot be reached, or it failed by itself (5xx): worth another try."""

    outcome = "away"


class ProviderBusy(ModelError):
    """It has too much to do (429, 503).

    :param retry_after_s: seconds that it asked for; None where it named none.
    """

    outcome = "busy"

    def __init__(self, words: str, retry_after_s: float | None = None) -> None:
        super().__init__(words)
        self.retry_after_s = retry_after_s


class ProviderRefused(ModelError):
    """The key, the model's name or the request is wrong: another try changes nothing."""

    outcome = "refused"


class ProviderFiltered(ModelError):
    """The vendor's own filter refused the question or the answer."""

    outcome = "filtered"


class ProviderTimeout(ModelError):
    """No answer in the time that a customer waits."""

    outcome = "timeout"


class BadAnswer(ModelError):
    """Empty, cut off, or not in the form that was asked for."""

    outcome = "bad_answer"

    #: The tokens were paid for all the same.
    tokens: tuple[int, int] = (0, 0)


class Unfounded(BadAnswer):
    """It says what does not stand in its facts."""

    outcome = "unfounded"


class OverBudget(ModelError):
    """The owner's limit is reached: nothing was sent."""

    outcome = "over_budget"


class TooManyWait(ModelError):
    """The queue before the provider is full: nothing was sent."""

    outcome = "queue_full"


class Resting(ModelError):
    """The provider failed again and again and is left alone for a while: nothing was sent."""

    outcome = "resting"
