"""The strict Telegram of the tests, proved by somebody else's client: aiogram."""

import socket

import aiohttp
import pytest
from aiogram import Bot, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import web

from tests.peers.telegram.__main__ import application
from tests.peers.telegram.running import TOKEN


@pytest.fixture
async def url():
    """The peer within this process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    runner = web.AppRunner(application(TOKEN), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


@pytest.fixture
async def bot(url):
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    yield bot
    await bot.session.close()


@pytest.fixture
async def tell(url):
    """Orders of the control side."""
    async with aiohttp.ClientSession() as session:

        async def order(word, **given):
            async with session.post(f"{url}/control/{word}", json=given) as answer:
                assert answer.status == 200, await answer.text()
                return await answer.json()

        yield order


async def test_a_customer_writes_and_is_answered(bot, tell):
    """Updates by offset; HTML becomes entities."""
    chat = (await tell("user"))["id"]
    await tell("message", chat=chat, text="привет")
    (update,) = await bot.get_updates()
    assert (update.message.text, update.message.chat.id) == ("привет", chat)
    assert [u.update_id for u in await bot.get_updates()] == [update.update_id]
    assert await bot.get_updates(offset=update.update_id + 1) == []
    sent = await bot.send_message(chat, "<b>да</b> &lt;3", parse_mode="HTML")
    assert (sent.text, sent.entities[0].type) == ("да <3", "bold")


async def test_a_button_is_answered_once(bot, tell):
    """A second answer comes too late."""
    chat = (await tell("user"))["id"]
    button = InlineKeyboardButton(text="Да", callback_data="/yes")
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    sent = await bot.send_message(chat, "?", reply_markup=markup)
    await tell("press", chat=chat, message_id=sent.message_id, data="/yes")
    (update,) = await bot.get_updates()
    assert update.callback_query.data == "/yes"
    assert await bot.answer_callback_query(update.callback_query.id)
    with pytest.raises(TelegramBadRequest):
        await bot.answer_callback_query(update.callback_query.id)


async def test_files_go_both_ways(bot, tell):
    """Uploaded, sent on by id, downloaded."""
    chat = (await tell("user"))["id"]
    sent = await bot.send_photo(chat, BufferedInputFile(b"picture", "a.jpg"), caption="вот")
    again = await bot.send_photo(chat, sent.photo[-1].file_id)
    file = await bot.get_file(again.photo[-1].file_id)
    assert (await bot.download_file(file.file_path)).read() == b"picture"


async def test_topics_of_a_group(bot, tell):
    """A plain message of a topic seems to reply to the topic's first one."""
    member = (await tell("user"))["id"]
    group = (await tell("group", title="Менеджеры", members=[member]))["id"]
    topic = await bot.create_forum_topic(group, "Заявка 1")
    thread = topic.message_thread_id
    await bot.send_message(group, "карточка", message_thread_id=thread)
    await tell("message", chat=group, **{"from": member}, text="да", thread=thread)
    (update,) = await bot.get_updates()
    assert update.message.is_topic_message and update.message.message_thread_id == thread
    assert update.message.reply_to_message.forum_topic_created.name == "Заявка 1"
    assert (await bot.get_chat_member(group, bot.id)).can_manage_topics
    assert await bot.close_forum_topic(group, thread)
    assert await bot.delete_forum_topic(group, thread)
    with pytest.raises(TelegramBadRequest, match="thread not found"):
        await bot.send_message(group, "?", message_thread_id=thread)


@pytest.mark.parametrize(
    "call",
    [
        {"text": "x" * 4_097},
        {"text": " "},
        {"text": "<x>", "parse_mode": "HTML"},
        {"text": "<b>x", "parse_mode": "HTML"},
        {"text": "x", "message_thread_id": 5},
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
        {
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "я" * 33}]]},
        },
        {
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "http://localhost"}]]},
        },
        {"text": "x", "no_such_field": 1},
    ],
    ids=str,
)
async def test_what_telegram_refuses_is_refused(url, tell, call):
    """400, and nothing is sent."""
    chat = (await tell("user"))["id"]
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/bot{TOKEN}/sendMessage", json={"chat_id": chat, **call}) as answer,
    ):
        assert answer.status == 400, await answer.text()


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("429", TelegramRetryAfter),
        ("403", TelegramForbiddenError),
        ("409", TelegramConflictError),
        ("500", TelegramServerError),
        ("cut", TelegramNetworkError),
    ],
)
async def test_failures_on_order(bot, tell, kind, error):
    """Each is what aiogram takes it for; the next call is well."""
    chat = (await tell("user"))["id"]
    await tell("fault", method="sendMessage", kind=kind, retry_after=2)
    with pytest.raises(error):
        await bot.send_message(chat, "x")
    assert await bot.send_message(chat, "x")


async def test_a_webhook_gets_the_secret_until_it_says_200(bot, tell, url):
    """Then the update is confirmed; polling is refused meanwhile."""
    came = []

    async def hook(request):
        came.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], await request.json()))
        return web.Response(status=500 if len(came) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3")
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    chat = (await tell("user"))["id"]
    await tell("message", chat=chat, text="привет")
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{url}/control/updates") as answer:
                if not (await answer.json())["pending"]:
                    break
    assert [secret for secret, _ in came] == ["s3", "s3"]
    assert types.Update.model_validate(came[1][1]).message.text == "привет"
    await runner.cleanup()
