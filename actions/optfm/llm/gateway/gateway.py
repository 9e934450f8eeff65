"""The way of every call: budget, mask, cache, queue, provider and its reserve, check, journal.

docs/adr/0016-model-gateway.md has the reasons for the order.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from optfm.llm.gateway.budget import Budget
from optfm.llm.gateway.cache import Cache, key
from optfm.llm.gateway.cost import Price
from optfm.llm.gateway.errors import BadAnswer, ModelError, OverBudget, ProviderFiltered, Unfounded
from optfm.llm.gateway.journal import Call, Journal
from optfm.llm.gateway.model import Reply
from optfm.llm.gateway.retry import Tried
from optfm.llm.gateway.task import Task
from optfm.llm.privacy.delexicalise import Mask

#: Of the time, what the first provider gets where there is a reserve.
_FIRST_SHARE = 0.6


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """All calls of this process go through one of these."""

    tried: Sequence[Tried]  #: the provider, then its reserve
    prices: Mapping[tuple[str, str], Price]  #: by provider and model
    purposes: frozenset[str]
    budget: Budget
    cache: Cache
    journal: Journal
    timeout_s: float
    keep_text: bool
    clock: Callable[[], float] = time.monotonic

    async def ask[T](self, task: Task[T]) -> T:
        """What the task's check makes of the model's answer.

        :raises ModelError: there is no answer that may be used.
        """
        if task.purpose not in self.purposes:
            raise OverBudget(f"{task.purpose}: выключено в AI_USE")
        ends = self.clock() + min(task.timeout_s or self.timeout_s, self.timeout_s)
        call = self._empty_call(task)
        try:
            ticket = await self._afford(task)
        except OverBudget as exc:
            await self._record(replace(call, outcome=exc.outcome))
            raise
        try:
            return await self._masked(task, call, ends)
        finally:
            self.budget.give_back(ticket)

    async def _afford[T](self, task: Task[T]) -> int:
        tokens = task.prompt(str).tokens + task.max_tokens
        used = await asyncio.to_thread(self.budget.used, task.dialog)
        rub = max((p.of(tokens, task.max_tokens) for p in self.prices.values()), default=Decimal(0))
        return self.budget.take(task.dialog, used, tokens=tokens, rub=rub)

    async def _masked[T](self, task: Task[T], call: Call, ends: float) -> T:
        mask = Mask(task.names)
        masked = replace(task, history=mask.mask(task.history), question=mask.mask(task.question))
        cached_by = key(
            *(task.purpose, task.prompt_version, task.system, task.facts, masked.history),
            question=masked.question,
        )
        call = self._with_text(call, "question", masked.question)
        if task.cached and (text := await asyncio.to_thread(self.cache.get, cached_by)):
            await self._record(replace(self._with_text(call, "answer", text), outcome="cached"))
            return task.check(text, mask.restore)
        for place, tried in enumerate(self.tried):
            last = place == len(self.tried) - 1
            left = ends - self.clock()
            try:
                text, result = await self._call(
                    masked, tried, call, mask, left if last else left * _FIRST_SHARE
                )
            except (Unfounded, ProviderFiltered):
                raise
            except ModelError:
                if last or ends - self.clock() <= 1:
                    raise
                continue
            if task.cached:
                await asyncio.to_thread(self.cache.put, cached_by, text)
            return result
        raise OverBudget("модель не настроена")

    async def _call[T](
        self, task: Task[T], tried: Tried, call: Call, mask: Mask, timeout_s: float
    ) -> tuple[str, T]:
        provider = tried.provider
        call = replace(call, provider=provider.name, model=provider.model)
        began, outcome, tokens = self.clock(), "cancelled", (0, 0)
        try:
            # Masked already: once more would take the marks for the customer's own.
            reply = await tried.complete(task.prompt(str), timeout_s=timeout_s)
            tokens = (reply.tokens_in, reply.tokens_out)
            call = self._with_text(call, "answer", reply.text)
            result = _checked(task, reply, mask)
            outcome = "ok"
            return reply.text, result
        except ModelError as exc:
            outcome = exc.outcome
            if isinstance(exc, BadAnswer):
                tokens = max(tokens, exc.tokens)
            call = self._with_text(call, "error", str(exc))
            raise
        finally:
            price = self.prices[provider.name, provider.model]
            done = replace(
                call,
                outcome=outcome,
                tokens_in=tokens[0],
                tokens_out=tokens[1],
                cost_rub=price.of(*tokens),
                took_ms=round((self.clock() - began) * 1000),
            )
            await asyncio.shield(self._record(done))

    async def _record(self, call: Call) -> None:
        await asyncio.to_thread(self.journal.record, call)

    def _with_text(self, call: Call, name: str, text: str) -> Call:
        return replace(call, text={**(call.text or {}), name: text}) if self.keep_text else call

    def _empty_call[T](self, task: Task[T]) -> Call:
        first = self.tried[0].provider if self.tried else None
        return Call(
            dialog=task.dialog,
            purpose=task.purpose,
            provider=first.name if first else "",
            model=first.model if first else "",
            prompt_version=task.prompt_version,
            tokens_in=0,
            tokens_out=0,
            cost_rub=Decimal(0),
            took_ms=0,
            outcome="",
            text=None,
        )


def _checked[T](task: Task[T], reply: Reply, mask: Mask) -> T:
    try:
        return task.check(reply.text, mask.restore)
    except BadAnswer as exc:
        exc.tokens = (reply.tokens_in, reply.tokens_out)
        raise
