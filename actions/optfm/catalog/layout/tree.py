"""Lines as goods and the groups around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from optfm.catalog.layout.amounts import NoPrice
from optfm.catalog.layout.lines import Line, Look, depths

#: A line without a price between nearly all goods is a second line of each, no heading.
_SOME = 4
_TOO_MANY = 0.6


@dataclass(frozen=True, slots=True)
class Good:
    """Something to sell."""

    line: Line
    path: tuple[str, ...]  #: names of the groups above, outermost first
    priced: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with something below it."""

    line: Line
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """What a table sells."""

    goods: tuple[Good, ...]
    groups: tuple[Group, ...]
    empty: tuple[Line, ...]  #: without a price and with nothing below: told, not sold


def build(lines: Sequence[Line]) -> Tree:
    """Goods and groups, by depth where it can be trusted, else by which rows have a price."""
    levels = depths(lines)
    if levels is not None and _can_trust(lines, levels):
        return _by_depth(lines, levels)
    return _by_price(lines)


def _parents(levels: Sequence[int]) -> list[bool]:
    return [below > above for above, below in zip(levels, levels[1:], strict=False)] + [False]


def _can_trust(lines: Sequence[Line], levels: Sequence[int]) -> bool:
    """Whether headings stand over something, and goods mostly do not.

    Some headings carry a price (36 of 238 in the shop's own list), and some goods have none.
    """
    parents = _parents(levels)
    if not any(parents):
        return False
    if all(line.look.indent == 2 * line.look.outline for line in lines):
        return True  # 1C itself wrote both
    bare = [
        parent
        for line, parent in zip(lines, parents, strict=True)
        if (line.reading is None and not line.filled) or _is_zero(line)
    ]
    priced = [parent for line, parent in zip(lines, parents, strict=True) if line.is_priced]
    return bare.count(False) <= 0.3 * len(bare) > 0 and sum(priced) <= 0.3 * len(priced)


def _is_zero(line: Line) -> bool:
    return isinstance(line.reading, NoPrice) and line.reading.said == "0"


def _by_depth(lines: Sequence[Line], levels: Sequence[int]) -> Tree:
    goods: list[Good] = []
    groups: list[Group] = []
    empty: list[Line] = []
    around: list[tuple[int, str]] = []
    for line, level, parent in zip(lines, levels, _parents(levels), strict=True):
        while around and around[-1][0] >= level:
            around.pop()
        path = (*line.path, *(name for _, name in around))
        if parent:
            groups.append(Group(line, path))
            around.append((level, line.name))
        elif line.is_priced:
            goods.append(Good(line, path, True))
        elif line.reading is not None or line.filled or line.code:
            goods.append(Good(line, path, False))
        else:
            empty.append(line)
    return Tree(tuple(goods), tuple(groups), tuple(empty))


def _by_price(lines: Sequence[Line]) -> Tree:
    goods: list[Good] = []
    groups: list[Group] = []
    around: list[tuple[Look, Line]] = []
    fresh: list[Line] = []  #: headings that nothing stands under yet
    empty: list[Line] = []
    for line in lines:
        if line.reading is None and not line.filled:
            if not fresh:
                around = _kept(around, line.look)
            elif around and around[-1][0] == line.look:
                empty.append(around.pop()[1])
                fresh.pop()
            around.append((line.look, line))
            fresh.append(line)
            continue
        names = [heading.name for _, heading in around]
        for heading in fresh:
            at = next(n for n, (_, known) in enumerate(around) if known is heading)
            groups.append(Group(heading, (*line.path, *names[:at])))
        fresh = []
        goods.append(Good(line, (*line.path, *names), line.is_priced))
    if len(goods) >= _SOME and len(groups) > _TOO_MANY * len(goods):
        flat = tuple(Good(good.line, good.line.path, good.priced) for good in goods)
        return Tree(flat, (), (*empty, *fresh, *(group.line for group in groups)))
    return Tree(tuple(goods), tuple(groups), (*empty, *fresh))


def _kept(around: list[tuple[Look, Line]], look: Look) -> list[tuple[Look, Line]]:
    """The headings above one that looks like this: those before the first of the same look."""
    for at, (known, _) in enumerate(around):
        if known == look:
            return around[:at]
    return [(known, line) for known, line in around if _stands_over(known, look)]


def _stands_over(known: Look, look: Look) -> bool:
    outer = (known.outline, known.indent, known.blanks, known.column)
    inner = (look.outline, look.indent, look.blanks, look.column)
    if outer != inner:
        return outer < inner
    return (known.capitals or known.bold) and not (look.capitals or look.bold)
