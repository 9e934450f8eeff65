"""What a loaded Rasa agent needs before customers may talk to it."""

from rasa.core.agent import Agent
from rasa.core.tracker_store import FailSafeTrackerStore
from sanic import Sanic

from connectors.inbox.dedup_store import DedupStore
from connectors.inbox.inbox import Inbox
from connectors.inbox.locks import MachineLocks, SharedLocks
from connectors.managers.group import ManagersGroup
from connectors.managers.takeover import Modes
from connectors.managers.words import ManagerWords
from connectors.server import log
from connectors.server.action_server import ActionServer
from connectors.server.database import database
from connectors.server.outgoing import Outgoing
from connectors.server.stopping import finishers_of
from connectors.server.texts import Texts
from connectors.settings import Settings, settings


async def inbox_of(app: Sanic) -> Inbox:
    """The inbox that all channels of a server share; the first call prepares the agent.

    :param app: Rasa's, after its agent was loaded.
    """
    inbox: Inbox | None = getattr(app.ctx, "inbox", None)
    if inbox is None:
        texts = Texts.read()
        log.open_logs(settings().optfm_logs, settings().database_url())
        prepare(app.ctx.agent, texts)
        redis = settings().redis_url.get_secret_value()
        locks: SharedLocks | MachineLocks
        if redis:
            locks = app.ctx.agent.lock_store = SharedLocks(redis)
        else:
            locks = MachineLocks(settings().optfm_var)
        inbox = Inbox(
            app.ctx.agent,
            app.ctx.agent.tracker_store,
            settings(),
            texts,
            DedupStore(database()) if settings().database_url() else None,
            modes_of(app),
            locks,
        )
        finishers_of(app).add(inbox.finish)
        app.ctx.inbox = inbox
    return inbox


def outgoing_of(app: Sanic) -> Outgoing:
    """The channels of a server that can speak first."""
    outgoing: Outgoing | None = getattr(app.ctx, "outgoing", None)
    if outgoing is None:
        outgoing = app.ctx.outgoing = Outgoing()
    return outgoing


def modes_of(app: Sanic) -> Modes | None:
    """Who speaks in which dialog; None without a database: always the bot."""
    configured = settings()
    if not configured.database_url():
        return None
    modes: Modes | None = getattr(app.ctx, "modes", None)
    if modes is None:
        words = ManagerWords.read()
        modes = app.ctx.modes = Modes(
            database(), words, configured.manager_silence_min, has_group=_has_group(configured)
        )
    return modes


def managers_of(app: Sanic) -> ManagersGroup | None:
    """The managers' group, where one is configured."""
    configured, modes = settings(), modes_of(app)
    if modes is None or not _has_group(configured):
        return None
    group: ManagersGroup | None = getattr(app.ctx, "managers_group", None)
    if group is None:
        group = app.ctx.managers_group = ManagersGroup.of_settings(
            configured, database(), modes, in_line=lambda dialog: app.ctx.inbox.in_line(dialog)
        )
    return group


def _has_group(configured: Settings) -> bool:
    return bool(
        configured.telegram_managers_chat and configured.telegram_bot_token.get_secret_value()
    )


def prepare(agent: Agent, texts: Texts) -> None:
    """Make failures of the database and of the action server visible.

    Rasa hides both. It wraps the store in one that, when the database is away, begins every
    dialog anew and "saves" it in memory: the customer would lose his form and never hear why.
    """
    store = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        store = store._tracker_store
    store.begins_turns = True
    agent.tracker_store = store
    if agent.processor is None:  # no model: every turn ends in the apology
        return
    agent.processor.tracker_store = store
    if agent.action_endpoint is not None and agent.domain is not None:
        agent.action_endpoint = agent.processor.action_endpoint = ActionServer(
            agent.action_endpoint, agent.domain, texts.apology, settings().actions_start_s
        )
