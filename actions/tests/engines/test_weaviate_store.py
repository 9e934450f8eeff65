"""A list in Weaviate is whole or not there, and other processes are not disturbed."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from optfm.search.index import Document
from optfm.search.weaviate.address import WeaviateUnusable
from optfm.search.weaviate.link import WeaviateLink
from optfm.search.weaviate.store import ALIAS, BeingWritten, WeaviateStore, fingerprint

ACTIONS = Path(__file__).parents[2]


def documents(*names: str) -> list[Document]:
    return [Document(lexemes=name.split(), path_lexemes=("запчаст",)) for name in names]


SMALL = documents("диспле samsung a12", "диспле samsung a13", "чехл iphone 13")
OTHER = documents("аккумулятор iphone 11", "диспле honor 8x")


def collections(link: WeaviateLink) -> set[str]:
    return set(link.client.collections.list_all())


def active(link: WeaviateLink) -> str:
    return link.client.alias.get(alias_name=ALIAS).collection


def test_rows_come_back_by_position_best_first(link):
    """The rarest shared words win, and a position is a place in the list as it was given."""
    name = WeaviateStore(link).publish(SMALL)
    assert link.best(name, ["диспле", "a13"], limit=200) == [1, 0]


def test_case_and_digits_make_different_words(link):
    """Lexemes are matched whole and as they are: «a1» is not «a12», «A12» is not «a12»."""
    name = WeaviateStore(link).publish(SMALL)
    assert link.best(name, ["a1"], limit=200) == []
    assert link.best(name, ["A12"], limit=200) == []


def test_words_of_the_tree_count_less(link):
    """A word of the name beats the same word of the group above."""
    rows = [
        Document(lexemes=("рамк",), path_lexemes=("диспле",)),
        Document(lexemes=("диспле",), path_lexemes=("рамк",)),
    ]
    name = WeaviateStore(link).publish(rows)
    assert link.best(name, ["диспле"], limit=200) == [1, 0]


def test_same_list_is_written_once(link):
    """Publishing what is there gives the same collection, also to another process."""
    name = WeaviateStore(link).publish(SMALL)
    assert WeaviateStore(link).publish(list(SMALL)) == name
    assert collections(link) == {name}


def test_new_list_takes_the_alias_and_the_one_before_stays(link):
    """Processes that still hold the old list in memory go on; the third list ends the first."""
    store = WeaviateStore(link)
    first, second = store.publish(SMALL), store.publish(OTHER)
    assert active(link) == second
    assert link.best(first, ["a13"], limit=200) == [1]
    third = store.publish(documents("зарядк"))
    assert collections(link) == {second, third}


def test_going_back_writes_nothing(link):
    """The list before is still there: a rollback is a switch of the alias."""
    store = WeaviateStore(link)
    first, second = store.publish(SMALL), store.publish(OTHER)
    assert store.publish(SMALL) == first
    assert active(link) == first
    assert collections(link) == {first, second}


def test_deleted_collection_behind_the_alias_is_made_anew(link):
    """An operator's mistake costs one import."""
    store = WeaviateStore(link)
    link.client.collections.delete(store.publish(SMALL))
    name = store.publish(SMALL)
    assert active(link) == name
    assert link.best(name, ["a13"], limit=200) == [1]


def test_lost_row_is_noticed(link):
    """A finished collection that lacks a row is not trusted."""
    store = WeaviateStore(link)
    name = store.publish(SMALL)
    link.client.collections.get(name).data.delete_by_id("00000000-0000-0000-0000-000000000001")
    assert store.publish(SMALL) != name
    assert name not in collections(link)


def test_any_changed_lexeme_is_another_list():
    """A new normaliser makes new collections although the price list is the same."""
    assert fingerprint(SMALL) != fingerprint(documents("диспле samsung a12"))
    assert fingerprint(SMALL) != fingerprint(SMALL[::-1])
    moved = [Document(lexemes=d.path_lexemes, path_lexemes=d.lexemes) for d in SMALL]
    assert fingerprint(SMALL) != fingerprint(moved)


WRITER = """
    import json, sys, time
    from pydantic import SecretStr
    from optfm.search.weaviate import store
    from optfm.search.index import Document
    from optfm.search.weaviate.address import WeaviateAddress
    from optfm.search.weaviate.link import WeaviateLink

    url, grpc_port, key = json.loads(sys.argv[1])
    link = WeaviateLink(
        WeaviateAddress(url=url, grpc_port=grpc_port, api_key=SecretStr(key))
    )

    class Half:
        client, errors = link.client, link.errors

        @staticmethod
        def add(collection, first, documents, vectors):
            link.add(collection, first, documents[:1])
            print(collection, flush=True)
            time.sleep(600)

    rows = [Document(lexemes=words, path_lexemes=()) for words in json.loads(sys.argv[2])]
    store.WeaviateStore(Half).publish(rows)
"""


@pytest.fixture
def writing(server):
    """Another process in the middle of writing a list; gives its pid and its collection."""
    started = []

    def write(rows: list[Document]) -> tuple[int, str]:
        place = json.dumps([server.url, server.grpc_port, server.api_key])
        words = json.dumps([list(row.lexemes) for row in rows])
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", textwrap.dedent(WRITER), place, words],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ACTIONS,
        )
        started.append(process)
        return process.pid, process.stdout.readline().strip()

    yield write
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_list_that_another_process_writes_is_left_alone(link, writing):
    """Two action servers that start together write a list once."""
    rows = [Document(lexemes=("диспле",), path_lexemes=())]
    _, unfinished = writing(rows)
    store = WeaviateStore(link)
    with pytest.raises(BeingWritten):
        store.publish(rows)
    other = store.publish(OTHER)
    assert collections(link) == {unfinished, other}


def test_what_a_killed_process_left_is_thrown_away(link, writing):
    """An unfinished collection never becomes the active one and does not stay."""
    rows = [Document(lexemes=("диспле",), path_lexemes=())]
    pid, unfinished = writing(rows)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    name = WeaviateStore(link).publish(rows)
    assert collections(link) == {name}
    assert name != unfinished


def test_collections_of_others_are_not_touched(link):
    """Only what is named after us is ever deleted."""
    link.client.collections.create("Knowledge")
    WeaviateStore(link).publish(SMALL)
    WeaviateStore(link).publish(OTHER)
    assert "Knowledge" in collections(link)


def test_killed_server_keeps_the_finished_list(server, link):
    """After SIGKILL and a start the same collection answers as before."""
    name = WeaviateStore(link).publish(SMALL)
    server.kill()
    with pytest.raises(WeaviateUnusable):
        link.best(name, ["a13"], limit=200)
    server.start()
    again = WeaviateLink(link.address)
    assert WeaviateStore(again).publish(SMALL) == name
    assert again.best(name, ["a13"], limit=200) == [1]
    again.close()
