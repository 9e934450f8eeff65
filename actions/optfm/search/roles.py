"""What a word does in a row: it names the goods, a part of them, or where they lie in the tree."""

HEAD = 0  #: what the thing is: «Дисплей»
ALSO = 1  #: the second name of it: «Чехол - накладка»
GROUP = 2  #: the name of its group: «Кнопки Home»
PART = 3  #: what comes with it: «+ рамка»
MODIFIER = 4  #: what it is of: «Стекло задней камеры»
BODY = 5  #: anything else in the name
PURPOSE = 6  #: what it is for: «Жало для паяльника», «адаптер под флешку»
PATH = 7  #: only in the groups above
SECTION = 8  #: the name of a group of groups: «Комплектующие»

#: how much a match in that role counts; name + path × 0.6 as measured (DESIGN section 6)
WEIGHTS = (1.0, 1.0, 0.9, 0.9, 1.0, 1.0, 1.0, 0.6, 0.6)
NAMES = (
    "название товара", "название товара", "группа", "в комплекте", "уточнение", "в названии",
    "для чего", "раздел", "раздел",
)  # fmt: skip
