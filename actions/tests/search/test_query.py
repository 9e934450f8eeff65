"""A query is a value: it goes through JSON, and is changed facet by facet."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optfm.search import Colour, Device, Price, Query, QueryFormatError, Sale, Value, Words
from optfm.search.query import Correction
from optfm.text.mention import Mention, spoken

TEXTS = st.text(max_size=8)
WORDS = st.builds(
    Words,
    name=st.sampled_from(["goods", "brand", "quality", "property", "word"]),
    said=TEXTS,
    options=st.lists(st.lists(TEXTS, min_size=1, max_size=2).map(tuple), max_size=2).map(tuple),
    exclude=st.booleans(),
    strength=st.sampled_from(["must", "wish", "may"]),
    weight=st.floats(0, 2),
)
VALUES = st.builds(
    Value,
    name=st.sampled_from(["capacity", "length", "pack"]),
    amount=st.floats(0, 1e5),
    said=TEXTS,
    exclude=st.booleans(),
)
COLOURS = st.builds(Colour, colour=st.sampled_from(["черный", "белый"]), exclude=st.booleans())
MENTIONS = st.builds(
    Mention,
    brands=st.frozensets(st.sampled_from(["apple", "samsung"])),
    series=st.sampled_from(["", "iphone"]),
    number=st.sampled_from(["11", "a12", "x"]),
    marks=st.frozensets(st.sampled_from(["pro", "max"])),
).map(lambda m: m._replace(label=spoken(m)))
DEVICES = st.builds(
    Device, readings=st.lists(MENTIONS, min_size=1, max_size=2).map(tuple), exclude=st.booleans()
)
QUERIES = st.builds(
    Query,
    text=TEXTS,
    facets=st.lists(st.one_of(WORDS, VALUES, COLOURS), max_size=4).map(tuple),
    devices=st.lists(DEVICES, max_size=2).map(tuple),
    codes=st.lists(TEXTS, max_size=2).map(tuple),
    price=st.builds(Price, most=st.none() | st.floats(0, 1e6)),
    sale=st.none() | st.builds(Sale, percent=st.integers(0, 90)),
    sort=st.sampled_from(["", "cheap", "dear"]),
    quantity=st.integers(0, 999),
    corrections=st.lists(st.builds(Correction, kind=TEXTS, typed=TEXTS, read=TEXTS)).map(tuple),
)


@given(QUERIES)
def test_a_query_comes_back_from_json_as_it_was(query):
    """Through real JSON, in the form that a dialog keeps."""
    assert Query.from_json(json.loads(json.dumps(query.to_json()))) == query


@pytest.mark.parametrize(
    "foreign", [None, "дисплей", [], {"goods": "дисплей"}, {"facets": [{"colour": 5}]}]
)
def test_what_is_no_query_is_refused(foreign):
    """An older version's slot, or anybody's."""
    with pytest.raises(QueryFormatError):
        Query.from_json(foreign)


@pytest.mark.parametrize(
    "text",
    [
        "дисплей на айфон 11 кроме инселл до 2000",
        "акб самсунг а12 5 шт",
        "повербанк 20000 черный",
        "кабель type-c 2 метра",
        "УТ-00012345",
        "не белый чехол на 13 про",
    ],
)
def test_what_is_parsed_finds_the_same_after_json(demo, text):
    """Whatever is kept and taken up again answers as before."""
    for query in demo.parse(text):
        again = Query.from_json(json.loads(json.dumps(query.to_json())))
        assert again == query
        assert demo.find(again) == demo.find(query)


def test_a_refinement_replaces_what_it_names(demo):
    """Another colour takes the place of the colour, another device that of the device."""
    before = demo.parse("чехол на айфон 13 черный до 500")[0]
    after = before.refined(demo.parse("а красный?", about=before)[0])
    assert after.colours == {"красный"}
    assert [d.label for d in after.models] == ["iPhone 13"]
    assert after.price == before.price
    moved = after.refined(demo.parse("на 12", about=after)[0])
    assert [d.label for d in moved.models] == ["iPhone 12"]
    assert moved.goods == before.goods


def test_what_is_excluded_takes_away_what_was_wanted(demo):
    """«только не черный» after «черный»."""
    before = demo.parse("чехол на айфон 13 черный")[0]
    after = before.refined(demo.parse("только не черный", about=before)[0])
    assert after.colours == frozenset()
    assert [f.colour for f in after.facets_of("colour", exclude=True)] == ["черный"]


def test_limits_are_lifted_and_set(demo):
    """By the name of the facet."""
    query = demo.parse("чехол на айфон 13 до 500 самый дешевый")[0]
    assert query.price == Price(most=500)
    assert query.without("price", "sort").price == Price()
    assert query.priced(least=100).price == Price(least=100)
    assert query.without("device").devices == ()


def test_other_goods_keep_the_device(demo):
    """«а стекло на него?»: and nothing else of the question before."""
    before = demo.parse("чехол на айфон 13 черный до 500")[0]
    after = before.other_goods(demo.parse("а стекло на него?", about=before)[0])
    assert [d.label for d in after.models] == ["iPhone 13"]
    assert after.price == Price()
    assert after.colours == frozenset()


@pytest.mark.parametrize(
    ("about", "text", "label"),
    [
        ("акб на айфон 11", "а на 12?", "iPhone 12"),
        ("акб на айфон 11", "про макс", "iPhone 11 Pro Max"),
        ("акб самсунг", "а12", "Samsung A12"),
        ("дисплей а12", "самсунг", "Samsung A12"),
        ("чехол редми нот 8", "на 9", "Redmi Note 9"),
    ],
)
def test_a_bare_model_is_of_the_line_in_focus(demo, about, text, label):
    """What the dialog is about completes what is said."""
    before = demo.parse(about)[0]
    assert [d.label for d in demo.parse(text, about=before)[0].models] == [label]
