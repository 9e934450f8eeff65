"""What patterns start at, go on with, or end in; repeated to a message's length."""

PIECES = [
    ". ", "\t", "1", "- ", ", ", "по ", "( ", "5 шт ", "5 (", "x1 ", "= 1 ", "и ", "ещё ", "a@",
    "не 5 а ", "первый и ", "+7 ", "1 000 ", "1 р ", "два ", "акб 11 ", "? ", "…", "a\n",
]  # fmt: skip
