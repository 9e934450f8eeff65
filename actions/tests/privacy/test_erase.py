"""Erasing one person: everywhere, once, provably, and again after a backup came back."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from optfm.leads import Consent, Draft, submit
from optfm.privacy.erase import Stores, erase, replay
from optfm.privacy.export import export, is_empty
from optfm.privacy.person import Subject
from optfm.privacy.person_places import IMPERSONAL, PLACES

PHONE, OTHER = "+79100000000", "+79200000000"
HERS = Subject(kind="phone", value=PHONE)
_NOT_OURS = ("alembic_version", "erasures", "procrastinate")


@pytest.fixture
def stores(engine: Engine, tmp_path: Path) -> Stores:
    """A database and folders of the test's own."""
    (tmp_path / "logs").mkdir()
    return Stores(engine=engine, var=tmp_path, logs=tmp_path / "logs", key=b"key")


def send_form(
    stores: Stores,
    dialog: str,
    phone: str,
    name: str = "Аграфена",
    about: str = "акб",
    email: str | None = None,
) -> int:
    """What the form writes; the request's number."""
    now = datetime.now(UTC)
    consent = Consent(
        version="2026-11-23",
        wording="Согласны?",
        given_at=now,
        channel="rest",
        message_id=f"{dialog} m-2",  # as the site's chat has them
        asked_at=now,
        question_id=f"{dialog} m-1",
    )
    draft = Draft(
        dialog=dialog,
        channel="rest",
        name=name,
        phone=phone,
        email=email,
        about=about,
        town=None,
        consent=consent,
    )
    return submit(stores.engine, draft, now=now)


def leave_request(stores: Stores, dialog: str, phone: str, name: str = "Аграфена") -> int:
    """One customer, with something in every table that can hold it; the request's number."""
    number = send_form(stores, dialog, phone, name, email=f"{dialog}@example.com")
    said = {"event": "user", "text": f"{name}, 8 ({phone[2:5]}) {phone[5:8]}-{phone[8:]}"}
    values = {
        "dialog": dialog,
        "number": number,
        "name": name,
        "said": json.dumps(said, ensure_ascii=False),
    }
    with stores.engine.begin() as connection:
        for statement in _FILLED:
            connection.execute(text(statement), values)
    with (stores.logs / "app.log").open("a") as log:
        log.write(json.dumps({"dialog": dialog, "text": name}, ensure_ascii=False) + "\n")
    folder = stores.var / "files" / dialog
    folder.mkdir(parents=True)
    (folder / "photo.jpg").write_bytes(b"x")
    return number


_FILLED = (
    "INSERT INTO events (sender_id, type_name, timestamp, data)"
    " VALUES (:dialog, 'user', extract(epoch FROM now()), :said)",
    "INSERT INTO logs (level, event, dialog, text) VALUES ('info', 'incoming', :dialog, :name)",
    "INSERT INTO price_searches (dialog, question, normalised, answer, confidence)"
    " VALUES (:dialog, :name, '', 'none', 0)",
    "INSERT INTO inbox (channel, message_id, dialog) VALUES ('rest', :dialog, :dialog)",
    "INSERT INTO dialog_addresses (channel, address, dialog)"
    " VALUES ('telegram', 'chat-' || CAST(:dialog AS text), :dialog)",
    "INSERT INTO dialog_links (token_sha256, dialog, expires_at)"
    " VALUES (md5(:dialog), :dialog, now())",
    "INSERT INTO topics (chat_id, thread_id, dialog)"
    " VALUES (1, hashtext(CAST(:dialog AS text)), :dialog)",
    "SELECT enqueue('customer', :dialog, NULL, jsonb_build_object('name', CAST(:name AS text)),"
    " 'customer ' || md5(:dialog))",
    "INSERT INTO llm_calls (dialog, purpose, provider, model, prompt_version, outcome, text,"
    " cost_rub) VALUES (:dialog, 'answer', 'p', 'm', '1', 'ok',"
    " jsonb_build_object('q', CAST(:name AS text)), 2)",
    "INSERT INTO orders (dialog, body)"
    " VALUES (:dialog, jsonb_build_object('a', CAST(:said AS text)))",
    "INSERT INTO order_choices (dialog, words, code) VALUES (:dialog, :said, 'УТ-1')",
    "INSERT INTO llm_cache (key, answer)"
    " VALUES (md5(:dialog), jsonb_build_object('a', CAST(:said AS text)))",
    "INSERT INTO api_answers (client, key, fingerprint, status, body)"
    " VALUES ('site', :dialog, '', 201, convert_to(:said, 'UTF8'))",
    "INSERT INTO api_audit (operation, target, status, request_id, address)"
    " VALUES ('list_messages', :dialog, 200, '', '')",
    "INSERT INTO staff (name, login, role) VALUES ('Анна', 'анна', 'manager')"
    " ON CONFLICT DO NOTHING",
    "INSERT INTO staff_notes (dialog, text, key) VALUES (:dialog, :said, :dialog)",
    "INSERT INTO staff_drafts (staff_id, dialog, text)"
    " SELECT id, :dialog, :said FROM staff LIMIT 1",
    "INSERT INTO staff_views (staff_id, dialog) SELECT id, :dialog FROM staff LIMIT 1",
    "INSERT INTO watches (dialog, channel, kind, asked, name, consent_version, consent_wording,"
    " ends_at) VALUES (:dialog, 'web', 'appears', :said, 'дисплей', '1', 'да', now())",
    "INSERT INTO staff_audit (act, target, address) VALUES ('answer', :dialog, '')",
    "UPDATE requests SET crm_id = 'lead-' || :number WHERE id = :number",
)


def dump(engine: Engine) -> str:
    """Every row of every table as text, as a dump of the database has it."""
    with engine.connect() as connection:
        names = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).scalars()
        rows = [
            str(row)
            for name in list(names)
            for row in connection.execute(text(f"SELECT CAST(t AS text) FROM {name} t")).scalars()
        ]
    return "\n".join(rows)


def test_every_table_is_decided(engine: Engine):
    """A new table must say whether a customer stands in it."""
    with engine.connect() as connection:
        names = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).scalars()
        tables = {name for name in names if not name.startswith(_NOT_OURS)}
    assert tables == ({place.table for place in PLACES} - {"procrastinate_jobs"}) | IMPERSONAL


def test_nothing_is_left_of_her_and_everything_of_others(stores: Stores):
    """Every table, the logs and the files; the neighbour keeps all of it."""
    leave_request(stores, "d-one", PHONE)
    leave_request(stores, "d-two", OTHER, "Пелагея")
    before = export(stores, Subject(kind="phone", value=OTHER))
    receipt = erase(stores, HERS)
    assert receipt and set(receipt.counts) >= {place.table for place in PLACES} | {"files", "crm"}
    left = dump(stores.engine) + (stores.logs / "app.log").read_text()
    assert not any(trace in left for trace in ("Аграфена", "9100000000", "d-one"))
    after = export(stores, Subject(kind="phone", value=OTHER))
    assert {**after, "made_at": 0} == {**before, "made_at": 0}


def test_the_consent_is_proved_before_and_after(stores: Stores):
    """Its words, version, times and messages stay, joined with the person by the key alone."""
    leave_request(stores, "d-one", PHONE)
    [proof] = export(stores, HERS)["tables"]["consents"]
    assert (proof["wording"], proof["question_id"]) == ("Согласны?", "d-one m-1")
    documents = export(stores, HERS)["consent_documents"]
    assert "152-ФЗ" in documents[proof["version"]]
    erase(stores, HERS)
    shown = export(stores, HERS)
    assert shown["consent_documents"] == documents
    assert is_empty(shown)
    [kept] = shown["consents_of_erased"]
    assert kept["given_at"] == proof["given_at"]
    assert (kept["question_id"], kept["message_id"]) == ("m-1", "m-2")
    assert [done["subject"] for done in shown["erasures"]] == ["+7910*****00"]


def test_her_topic_in_telegram_is_deleted_with_her(stores: Stores):
    """Once however often she is erased; the topic of another customer stays."""
    leave_request(stores, "d-one", PHONE)
    leave_request(stores, "d-two", OTHER, "Пелагея")
    topics = "SELECT thread_id FROM topics WHERE dialog = 'd-one'"
    queued = "SELECT payload FROM outbox WHERE kind = 'erase_topic'"
    with stores.engine.connect() as connection:
        [thread] = connection.execute(text(topics)).scalars()
    erase(stores, HERS)
    erase(stores, HERS)
    with stores.engine.connect() as connection:
        payloads = list(connection.execute(text(queued)).scalars())
    assert payloads == [{"chat_id": 1, "topic_id": thread}]


def test_twice_is_harmless_and_a_rehearsal_changes_nothing(stores: Stores):
    """The second time finds nothing; the rehearsal counts what the first will."""
    leave_request(stores, "d-one", PHONE)
    before = dump(stores.engine)
    planned = erase(stores, HERS, rehearse=True)
    assert dump(stores.engine) == before
    done = erase(stores, HERS)
    assert planned and done and planned.counts == done.counts
    assert done.id == 1  # a rehearsal takes no number
    assert erase(stores, HERS) is None


@pytest.mark.parametrize(
    "subject",
    [Subject(kind="email", value="d-one@example.com"), Subject(kind="dialog", value="d-one")],
)
def test_found_by_address_or_dialog_all_of_the_person_goes(stores: Stores, subject: Subject):
    """The second dialog of the same phone, too."""
    leave_request(stores, "d-one", PHONE)
    leave_request(stores, "d-more", PHONE)
    erase(stores, subject)
    assert is_empty(export(stores, HERS))


def test_a_second_phone_of_a_request_finds_her_after_her_dialog_was_kept_long_enough(
    stores: Stores,
):
    """The form keeps it in the subject: her first one, in a log of another dialog, goes too."""
    send_form(stores, "d-one", PHONE, about=f"акб\n\nЕщё телефон: {OTHER}")
    (stores.logs / "app.log").write_text(json.dumps({"text": "8 910 000 00 00"}) + "\n")
    second = Subject(kind="phone", value=OTHER)
    assert export(stores, second)["tables"]["requests"]
    erase(stores, second)
    assert is_empty(export(stores, HERS)) and is_empty(export(stores, second))
    left = dump(stores.engine) + (stores.logs / "app.log").read_text()
    assert not any(
        trace in left for trace in ("Аграфена", PHONE[2:], OTHER[2:], "d-one", "910 000")
    )


@pytest.mark.parametrize("given", [PHONE, OTHER])
def test_two_phones_left_in_one_dialog_within_an_hour_go_together(stores: Stores, given: str):
    """The second form joined the first: one request, two phones, one person."""
    first = send_form(stores, "d-one", PHONE)
    assert send_form(stores, "d-one", OTHER, about="и дисплей") == first
    erase(stores, Subject(kind="phone", value=given))
    left = dump(stores.engine)
    assert not any(trace in left for trace in ("Аграфена", PHONE[2:], OTHER[2:], "d-one"))


def test_a_second_address_that_joined_a_request_finds_her(stores: Stores):
    """In any capitals; nothing else says that it is hers."""
    send_form(stores, "d-one", PHONE, email="first@example.com")
    send_form(stores, "d-two", PHONE, about="и дисплей", email="Second@example.com")
    with stores.engine.begin() as connection:  # the last address was kept as hers
        connection.execute(text("UPDATE users SET email = 'first@example.com'"))
    erase(stores, Subject.of("email", "SECOND@example.com"))
    assert "Аграфена" not in dump(stores.engine) and is_empty(export(stores, HERS))


def test_a_phone_of_somebody_else_in_a_request_does_not_make_them_one(stores: Stores):
    """«Перезвоните Пелагее»: her own data stay, the request that names her goes with her only."""
    send_form(stores, "d-one", PHONE, about=f"перезвоните Пелагее\n{OTHER}\nЕщё телефон: нет")
    send_form(stores, "d-two", OTHER, "Пелагея")
    erase(stores, HERS)
    left = dump(stores.engine)
    assert "Аграфена" not in left and "d-one" not in left
    assert "Пелагея" in left and OTHER in left and "d-two" in left


def test_a_phone_that_was_only_typed_is_found(stores: Stores):
    """He never sent the form: no user, no request, but a dialog with his number in it."""
    data = json.dumps({"event": "user", "text": "мой 8-910 000.00.00"})
    with stores.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO events (sender_id, type_name, data) VALUES ('d-shy', 'user', :d)"),
            {"d": data},
        )
    receipt = erase(stores, HERS)
    assert receipt and receipt.counts == {"events": 1}


def test_a_restored_backup_is_erased_again_but_not_what_came_later(
    stores: Stores, tmp_path: Path, engine: Engine
):
    """The receipts' file knows whom; a customer who came back and agreed anew stays."""
    leave_request(stores, "d-one", PHONE)
    receipt = erase(stores, HERS)
    assert receipt
    with engine.begin() as connection:  # the backup is older than the erasure and its receipt
        connection.execute(text("DELETE FROM consents"))
        connection.execute(text("DELETE FROM erasures"))
    leave_request(stores, "d-old", PHONE)
    past = {"at": receipt.at - timedelta(days=1)}
    with engine.begin() as connection:
        for place in PLACES:
            column = (place.at or "").replace('to_timestamp("timestamp")', "")
            if column:
                connection.execute(text(f"UPDATE {place.table} SET {column} = :at"), past)
        connection.execute(text("UPDATE events SET timestamp = extract(epoch FROM :at)"), past)
    leave_request(stores, "d-new", PHONE, "Вернулась")
    [again] = replay(stores)
    assert again.counts["events"] == 1
    assert again.id > 0  # its number in the restored table
    left = dump(engine)
    assert "d-old" not in left
    assert "Вернулась" in left and "d-new" in left
    assert replay(stores) == []


def test_a_running_writer_of_the_log_loses_no_line(stores: Stores):
    """Lines written while the file is rewritten are all there, hers are not."""
    log = stores.logs / "app.log"
    writer = subprocess.Popen(["/bin/sh", "-c", _WRITER, "sh", str(log)])
    leave_request(stores, "d-one", PHONE)
    erase(stores, HERS)
    assert writer.wait(timeout=60) == 0
    lines = log.read_text().splitlines()
    assert [line for line in lines if line.startswith('{"n"')] == [
        f'{{"n": {n}}}' for n in range(300)
    ]
    assert not any("Аграфена" in line for line in lines)


# Opens the file anew for every line, as a WatchedFileHandler does after a switch.
_WRITER = """n=0; while [ $n -lt 300 ]; do printf '{"n": %d}\\n' $n >> "$1"; n=$((n+1)); done"""
