"""Names copied from the list with their commas, brackets and pluses, and counts in every form."""

import pytest

from optfm.orders import Editor, IndexGoods, Matcher, read

FORMS = (
    "{name} - {n}", "{name} — {n} шт.", "{name} {n}шт", "{name}: {n}", "{name} = {n}",
    "{name} x{n}", "{name} ({n})", "{name} по {n}", "{name}, {n} шт", "{name}\t{n}", "{name};{n}",
    "{name} {n}", "{name} кол-во {n}", "{n} {name}", "{n} шт {name}", "{n} x {name}",
    "- {name} {n} штук",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_each_row_is_the_line_of_its_name(goods: IndexGoods, matcher: Matcher, form: str) -> None:
    """Whatever signs the name has, the line is the row of that name, as often as is said."""
    rows = [row for row in goods.index.rows if len(row.name.split()) > 4]
    rows = rows[FORMS.index(form) :: len(FORMS)]
    counts = [2 + at % 30 for at in range(len(rows))]
    text = "\n".join(form.format(name=r.name, n=n) for r, n in zip(rows, counts, strict=True))
    order = matcher.order(read(text, goods))
    assert [(line.code, line.quantity) for line in order.lines] == [
        (row.code, n) for row, n in zip(rows, counts, strict=True)
    ]


def test_the_line_has_the_name_as_it_was_typed(goods: IndexGoods) -> None:
    """The code that the name is read by is no word of the customer."""
    row = next(row for row in goods.index.rows if " + " in row.name)
    short = row.name.replace("совместим с ", "")
    [line] = read(f"2) {short} - 3", goods).lines
    assert (line.said, line.code, line.quantity) == (short, row.code, 3)


def test_a_name_with_more_words_is_read_as_ever(goods: IndexGoods) -> None:
    """«…, но белый» is not what the row is called."""
    row = next(row for row in goods.index.rows if " + " in row.name)
    assert goods.copied_name(f"{row.name} но белый 3") is None


def test_an_open_order_takes_copied_names(goods: IndexGoods, matcher: Matcher) -> None:
    """One of its own is counted anew, another is added, and both keep the customer's words."""
    first, second, third = [row for row in goods.index.rows if "," in row.name][:3]
    order = matcher.order(read(f"{first.name} - 10\n{second.name} - 2", goods))
    edited = Editor(matcher).edit(f"{third.name} - 3\n{first.name} - 15", order)
    assert edited is not None
    assert [(line.code, line.quantity, line.said) for line in edited.order.lines] == [
        (first.code, 15, first.name), (second.code, 2, second.name), (third.code, 3, third.name),
    ]  # fmt: skip
