"""Messages that choose among the options of lines and say nothing else."""

import re
from dataclasses import replace

from optfm.orders.choosing import Chooser
from optfm.orders.edited import Edited
from optfm.orders.matching import Matcher
from optfm.orders.order import Line, Order
from optfm.orders.outcomes import joined


class Picking:
    """Decides open lines by a whole message: «б», «1 - олед, 2 - fog», a button."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.chooser = Chooser(matcher)

    def chosen(self, text: str, order: Order, focus: int) -> Edited | None:
        """A message that chooses among options and says nothing else."""
        at = order.asked_about(focus)
        if at >= 0:
            line = order.lines[at]
            done = (
                self.chooser.by_letter(line, text)
                or self.chooser.by_place(line, text)
                or self.chooser.accepted(line, text)
            )
            if done:
                return self._decided(order, at, done)
        found = self.chooser.listed(text, order)
        if not found:
            return None
        for at, line in found.items():
            order = order.with_line(at, line)
        opened = order.open_lines
        return Edited(act="edited", order=joined(order), focus=opened[0] if opened else max(found))

    def picked(self, match: re.Match[str], order: Order) -> Edited | None:
        """«строка 2: УТ-00038303», as a button says it."""
        at = int(match[1]) - 1
        if not 0 <= at < len(order.lines) or self.goods.row(match[2]) is None:
            return None
        return self._decided(order, at, self.matcher.taken(order.lines[at], match[2]))

    def _decided(self, order: Order, at: int, line: Line) -> Edited:
        """A line decided; the next that is open is asked about."""
        opened = [n for n in order.open_lines if n != at]
        focus = next((n for n in opened if n > at), opened[0] if opened else at)
        return Edited(act="edited", order=joined(order.with_line(at, line)), focus=focus)

    def cheapest(self, done: Edited) -> Edited:
        """Every open line decided for its cheapest goods."""
        lines = self.chooser.cheapest(done.order)
        return replace(done, act="edited", order=joined(replace(done.order, lines=lines)))
