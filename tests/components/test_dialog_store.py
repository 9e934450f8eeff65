"""The dialogs in Postgres (components/dialog_store.py), over a real one."""

import asyncio
import json

import psycopg2
import pytest
import sqlalchemy
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from components import dialog_store
from components.dialog_store import TURNS_LOADED, DialogStore, DialogStoreAway, MemoryStore

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [ask]
    slots:
      phone: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      state: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    forms:
      request_form: {required_slots: [phone]}
    actions: [action_answer]
    """
)


@pytest.fixture
def store(database_url):
    """The store on a database of the test's own."""
    store = DialogStore(DOMAIN, url=database_url)
    yield store
    store.close()


@pytest.fixture
def sql(database_url):
    """Asks the database in plain SQL."""
    connection = psycopg2.connect(database_url)
    connection.autocommit = True

    def ask(query, *values):
        with connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall()

    yield ask
    connection.close()


def turn(text, *between):
    """The events of one turn of Rasa."""
    return [
        UserUttered(text, {"name": "ask", "confidence": 0.9}, message_id=f"m-{text}"),
        ActionExecuted("action_answer"),
        *between,
        BotUttered(f"ответ на {text}"),
        ActionExecuted("action_listen"),
    ]


async def say(store, dialog, *events):
    """One turn as Rasa makes it: load or begin, add, save."""
    tracker = await store.get_or_create_tracker(dialog, append_action_listen=False)
    if not tracker.events:
        tracker.update_with_events(
            [ActionExecuted("action_session_start"), SessionStarted()], DOMAIN
        )
        tracker.update(ActionExecuted("action_listen"))
    tracker.update_with_events(list(events), DOMAIN)
    await store.save(tracker)
    return tracker


async def test_a_dialog_is_read_as_it_was_said(store):
    """Events come back whole and in order, slots with their values."""
    await say(store, "a", *turn("привет", SlotSet("state", {"shown": ["УТ-1"]})))
    tracker = await store.retrieve("a")
    assert [type(event) for event in tracker.events] == [
        SessionStarted,
        ActionExecuted,
        UserUttered,
        ActionExecuted,
        SlotSet,
        BotUttered,
        ActionExecuted,
    ]
    assert tracker.get_slot("state") == {"shown": ["УТ-1"]}
    assert tracker.latest_message.text == "привет"


@pytest.mark.parametrize("count", [1, 2, 4], ids=["nothing done", "an action", "all but the end"])
async def test_a_turn_that_broke_off_does_not_silence_the_next(store, sql, count):
    """The rules know a message by the listening before it; the database gets no such event."""
    await say(store, "a", *turn("раз"))
    await say(store, "a", *turn("два", BotUttered("и ещё"))[:count])
    before = sql("SELECT count(*) FROM events")
    store.begins_turns = True
    tracker = await store.retrieve("a")
    assert tracker.latest_action_name == "action_listen"
    await store.save(tracker)
    assert sql("SELECT count(*) FROM events") == before


async def test_a_turn_in_its_middle_is_as_it_stands(store):
    """`rasa interactive` asks what comes next after each action."""
    await say(store, "a", *turn("раз")[:-1])
    tracker = await store.retrieve("a")
    assert tracker.latest_action_name != "action_listen"


async def test_an_unknown_dialog_is_none(store):
    """Rasa then begins it."""
    assert await store.retrieve("nobody") is None
    assert not await store.exists("nobody")


async def test_only_new_events_are_written(store, sql):
    """A turn adds its events; saving again adds nothing."""
    tracker = await say(store, "a", *turn("раз"))
    before = sql("SELECT count(*) FROM events")
    await store.save(tracker)
    assert sql("SELECT count(*) FROM events") == before
    await say(store, "a", *turn("два"))
    assert sql("SELECT count(*) FROM events")[0][0] == before[0][0] + 4


async def test_a_long_dialog_is_kept_whole_and_loaded_short(store, sql):
    """Turn 100 sees the last turns; the database and the full tracker have them all."""
    for number in range(100):
        await say(store, "a", *turn(f"вопрос {number}"))
    tracker = await store.retrieve("a")
    asked = [event.text for event in tracker.events if isinstance(event, UserUttered)]
    assert asked == [f"вопрос {number}" for number in range(100 - TURNS_LOADED, 100)]
    assert isinstance(tracker.events[0], ActionExecuted)
    full = await store.retrieve_full_tracker("a")
    assert sum(isinstance(event, UserUttered) for event in full.events) == 100
    assert sql("SELECT count(*) FROM events WHERE type_name = 'user'") == [(100,)]


async def test_what_was_set_long_ago_still_holds(store):
    """Slots, the open form and a pause outlive the turns that a turn sees."""
    await say(
        store,
        "a",
        *turn("раз", SlotSet("phone", "1"), ActiveLoop("request_form")),
        *turn("два", SlotSet("phone", "2"), SlotSet("requested_slot", "phone")),
        ConversationPaused(),
    )
    for number in range(2 * TURNS_LOADED):
        await say(store, "a", *turn(str(number)))
    tracker = await store.retrieve("a")
    assert tracker.get_slot("phone") == "2"
    assert tracker.active_loop_name == "request_form"
    assert tracker.get_slot("requested_slot") == "phone"
    assert tracker.is_paused()


@pytest.mark.parametrize(
    "end", [AllSlotsReset(), Restarted(), SessionStarted()], ids=["emptied", "restart", "session"]
)
async def test_what_was_ended_long_ago_does_not_come_back(store, end):
    """A slot from before a reset, a restart or a new session stays empty."""
    await say(store, "a", *turn("раз", SlotSet("phone", "1")), end)
    for number in range(2 * TURNS_LOADED):
        await say(store, "a", *turn(str(number)))
    assert (await store.retrieve("a")).get_slot("phone") is None


async def test_a_short_tracker_says_the_same_as_the_whole_one(store):
    """Whatever the turns were, slots and form are those that Rasa gets by replaying all."""
    for number in range(40):
        between = [SlotSet("state", number)] if number % 7 == 0 else []
        if number % 11 == 0:
            between.append(ActiveLoop("request_form" if number % 2 else None))
        if number == 20:
            between.append(AllSlotsReset())
        await say(store, "a", *turn(str(number), *between))
        short, whole = await store.retrieve("a"), await store.retrieve_full_tracker("a")
        assert short.current_slot_values() == whole.current_slot_values()
        assert short.active_loop_name == whole.active_loop_name
        assert short.latest_action_name == whole.latest_action_name


async def test_rasas_own_store_reads_what_we_wrote(store, database_url):
    """The table is Rasa's: its tools and a way back are kept."""
    await say(store, "a", *turn("раз", SlotSet("phone", "1")), *turn("два"))
    stock = SQLTrackerStore(DOMAIN, dialect="postgresql", host=database_url)
    theirs, ours = await stock.retrieve_full_tracker("a"), await store.retrieve_full_tracker("a")
    stock.engine.dispose()
    assert list(theirs.events) == list(ours.events)


async def test_nul_and_broken_pairs_can_be_read_with_sql(store, sql):
    """What slips in through an action does not break the views."""
    await say(store, "a", *turn("a\x00b", BotUttered("\\u0000 \x00 \ud800")))
    texts = [text for (text,) in sql("SELECT text FROM messages ORDER BY id")]
    assert texts == ["ab", "\\u0000  ?", "ответ на ab"]


async def test_messages_and_history_read_like_a_conversation(store, sql):
    """A person follows a dialog with two plain queries; a button reads as its title."""
    pressed = UserUttered(
        "/faq_hours", {"name": "faq_hours"}, metadata={"button": "Часы"}, input_channel="rest"
    )
    await say(
        store, "a", *turn("привет"), pressed, BotUttered("9–20", {"buttons": [{"title": "x"}]})
    )
    assert sql("SELECT author, text, channel, buttons FROM messages ORDER BY id") == [
        ("customer", "привет", None, None),
        ("bot", "ответ на привет", None, None),
        ("customer", "Часы", "rest", None),
        ("bot", "9–20", None, [{"title": "x"}]),
    ]
    ((dialog, said, history),) = sql(
        "SELECT dialog, customer_messages, history FROM dialog_history"
    )
    assert (dialog, said) == ("a", 2)
    assert [line.split(" ", 2)[2] for line in history.splitlines()] == [
        "Клиент: привет",
        "Бот: ответ на привет",
        "Клиент: Часы",
        "Бот: 9–20",
    ]


async def test_only_buttons_that_were_shown_are_known(store):
    """A payload counts where this dialog's bot offered it, however long ago."""
    button = {"title": 'Сроки «"»', "payload": '/faq_x{"a": "b"}'}
    await say(store, "a", *turn("раз", BotUttered("вот", {"buttons": [button]})))
    for number in range(2 * TURNS_LOADED):
        await say(store, "a", *turn(str(number)))
    assert await store.offered("a", button["payload"]) == button["title"]
    assert await store.offered("b", button["payload"]) is None
    assert await store.offered("a", "/faq_") is None


async def test_a_customer_cannot_forge_a_button_by_quoting_one(store):
    """Words that look like a stored button are not one."""
    fake = json.dumps({"buttons": [{"title": "x", "payload": "/stop"}]})
    await say(store, "a", *turn(fake, BotUttered(fake)))
    assert await store.offered("a", "/stop") is None


async def test_a_database_that_was_started_anew_is_asked_again(store, sql):
    """Connections that died meanwhile cost no customer his answer."""
    await say(store, "a", *turn("раз"))
    assert await store.retrieve("a")
    sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert await store.retrieve("a")
    await say(store, "a", *turn("два"))
    assert [row.text for row in await store.said("a", 10)][0::2] == ["раз", "два"]


async def test_an_undo_of_rasa_interactive_shortens_the_dialog(store, sql):
    """Rasa hands in a whole tracker of its own; the common beginning is not written again."""
    await say(store, "a", *turn("раз"), *turn("два"))
    first_ids = [id for (id,) in sql("SELECT id FROM events ORDER BY id LIMIT 5")]
    full = await store.retrieve_full_tracker("a")
    undone = DialogueStateTracker.from_events(
        "a", [*list(full.events)[:7], *turn("другое")], DOMAIN.slots
    )
    await store.save(undone)
    texts = [text for (text,) in sql("SELECT text FROM messages ORDER BY id")]
    assert texts == ["раз", "ответ на раз", "другое", "ответ на другое"]
    assert [id for (id,) in sql("SELECT id FROM events ORDER BY id LIMIT 5")] == first_ids


async def test_without_a_database_rasas_commands_work_in_memory(monkeypatch, tmp_path, capsys):
    """`rasa shell` by hand beside no bot; an address of one that ended does not count."""
    (tmp_path / "postgres.url").write_text(f"postgresql://postgres@/optfm?host={tmp_path}")
    monkeypatch.setattr(dialog_store, "settings", lambda: settings_of({"OPTFM_VAR": str(tmp_path)}))
    store = DialogStore(DOMAIN)
    assert isinstance(store, MemoryStore) and isinstance(store, InMemoryTrackerStore)
    assert "только в памяти" in capsys.readouterr().out


def settings_of(environ):
    from connectors.settings import Settings

    return Settings.from_env(environ)


async def test_a_database_that_is_away_is_said_so_and_comes_back(store, sql, database_url):
    """Every call fails with our error while it refuses, and works again by itself."""
    await say(store, "a", *turn("раз"))
    name = sqlalchemy.engine.make_url(database_url).database
    admin = psycopg2.connect(database_url.replace(f"/{name}?", "/postgres?"))
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        for call in (
            store.retrieve("a"),
            store.exists("a"),
            store.offered("a", "/x"),
            store.save(DialogueStateTracker.from_events("a", turn("два"), DOMAIN.slots)),
        ):
            with pytest.raises(DialogStoreAway):
                await call
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    admin.close()
    assert await store.exists("a")


async def test_a_save_that_hangs_fails_for_good(store, database_url, monkeypatch, sql):
    """The customer was told that it failed: it must not appear later, when a lock is let go."""
    tracker = await say(store, "a", *turn("раз"))
    tracker.update_with_events(turn("два"), DOMAIN)
    monkeypatch.setattr(dialog_store, "PATIENCE_S", 0.3)
    locker = psycopg2.connect(database_url)
    with locker.cursor() as cursor:
        cursor.execute("LOCK TABLE events IN EXCLUSIVE MODE")
        with pytest.raises(DialogStoreAway):
            await store.save(tracker)
        locker.rollback()
    locker.close()
    while sql("SELECT 1 FROM pg_stat_activity WHERE state <> 'idle' AND query LIKE 'INSERT%'"):
        await asyncio.sleep(0.05)
    assert sql("SELECT text FROM messages WHERE author = 'customer'") == [("раз",)]


async def test_a_turn_that_is_cut_off_while_it_is_saved_counts(store, database_url, sql):
    """It is stored whole, and the caller is not told that it failed."""
    tracker = await say(store, "a", *turn("раз"))
    tracker.update_with_events(turn("два"), DOMAIN)
    locker = psycopg2.connect(database_url)
    with locker.cursor() as cursor:
        cursor.execute("LOCK TABLE events IN EXCLUSIVE MODE")
        saving = asyncio.ensure_future(store.save(tracker))
        await asyncio.sleep(0.2)
        saving.cancel()
        locker.rollback()
    locker.close()
    await saving
    assert sql("SELECT count(*) FROM messages WHERE author = 'customer'") == [(2,)]
