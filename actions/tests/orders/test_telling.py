"""What a customer reads of his order."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from optfm.facts import terms
from optfm.orders import Line, Order, telling

ORDERS = Path(telling.__file__).parent


class _OnceEach(yaml.SafeLoader):
    """Refuses a key that stands twice, of which YAML silently takes the last."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = {key for key in keys if keys.count(key) > 1}
    assert not twice, f"{sorted(map(str, twice))} twice, line {node.start_mark.line + 1}"
    return dict(loader.construct_pairs(node, deep=True))


_OnceEach.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _order(roubles: int) -> Order:
    line = Line(
        said="кабель", asked="кабель", quantity=1, state="sure", code="УТ-1", name="Кабель",
        price_kop=roubles * 100,
    )  # fmt: skip
    return Order(lines=(line,), list_date=date(2025, 6, 25))


@pytest.mark.parametrize("path", sorted(ORDERS.rglob("*.yml")), ids=lambda path: path.name)
def test_no_text_stands_twice(path: Path) -> None:
    """The second would be said in place of the first."""
    assert yaml.load(path.read_text(encoding="utf-8"), _OnceEach)


def test_the_sum_is_told_with_the_list_s_date() -> None:
    """A price never goes without it."""
    assert telling.summary(_order(1234)).endswith(
        "Итого по найденным: 1 234 ₽ (прайс-лист от 25.06.2025)."
    )


def test_what_is_missing_is_told_by_the_shop_s_terms() -> None:
    """The thresholds are those that answers about delivery are computed from."""
    facts = terms()
    town, least = next(iter(facts.free_delivery.items()))
    told = telling.thresholds(_order(least - 1), town)
    assert f"({town}, от {telling.money(least * 100)} ₽) не хватает 1 ₽" in told
    elsewhere = telling.thresholds(_order(facts.free_delivery_elsewhere), "Казань")
    assert "Доставка (Казань) бесплатная" in elsewhere
    assert telling.thresholds(_order(facts.minimum_wholesale), "") == ""
