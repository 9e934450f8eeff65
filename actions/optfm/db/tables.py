"""Every business table, as SQLAlchemy Core sees it; migrations/ makes them in Postgres.

Rasa's own `events` table (the dialogs) is made by a migration too but belongs to Rasa and is
not described here; the views `messages` and `dialog_history` read it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ix": "%(table_name)s_%(column_0_name)s_idx",
        "uq": "%(table_name)s_%(column_0_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)


def _id() -> Column[int]:
    return Column("id", BigInteger, primary_key=True, autoincrement=True)


def _now(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.now())


#: One row a revision of the price list; exactly one is active once any was imported.
price_lists = Table(
    "price_lists",
    metadata,
    _id(),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("list_date", Date, nullable=False),
    Column("items", Integer, nullable=False),
    Column("groups", Integer, nullable=False),
    _now("imported_at"),
    Column("activated_at", DateTime(timezone=True)),
    Column("active", Boolean, nullable=False, server_default="false"),
    Column("held", Text),  # why a person must look at it first
)
Index(
    "price_lists_one_active",
    price_lists.c.active,
    unique=True,
    postgresql_where=price_lists.c.active,
)

#: Rows of a revision in the sheet's order: items with a price, and the groups above them.
price_rows = Table(
    "price_rows",
    metadata,
    Column(
        "list_id",
        BigInteger,
        ForeignKey("price_lists.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("position", Integer, primary_key=True),
    Column("is_group", Boolean, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("price", Numeric(12, 2)),
    Column("status", Text, nullable=False, server_default=""),
    Column("depth", SmallInteger, nullable=False),
    Column("path", ARRAY(Text), nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("unit", Text, nullable=False, server_default=""),
    Column("stock", Text, nullable=False, server_default=""),
    # What stands in place of the price of something that has none, e.g. «по запросу».
    Column("said", Text, nullable=False, server_default=""),
    CheckConstraint("is_group OR price IS NULL OR price > 0", name="price"),
)
Index("price_rows_code_idx", price_rows.c.list_id, price_rows.c.code)

#: A person who left contacts; a person who only chats has a dialog and no row here.
users = Table(
    "users",
    metadata,
    _id(),
    Column("name", Text),
    Column("phone", String(20)),  # E.164
    Column("email", Text),
    Column("town", Text),
    _now("created_at"),
)
Index("users_phone_idx", users.c.phone)
Index("users_email_idx", users.c.email)

#: Who speaks in a dialog now: the bot, or a manager until a time.
dialogs = Table(
    "dialogs",
    metadata,
    _id(),
    Column("channel", Text, nullable=False),
    Column("external_id", Text, nullable=False),  # Rasa's sender_id
    Column("user_id", BigInteger, ForeignKey("users.id", ondelete="SET NULL")),
    Column("mode", Text, nullable=False, server_default="bot"),
    Column("until", DateTime(timezone=True)),
    Column("manager", Text),  # who speaks: a role or a first name, as the customer reads it
    Column("since", DateTime(timezone=True)),  # when it became a manager's
    _now("created_at"),
    UniqueConstraint("channel", "external_id", name="dialogs_channel_external_id_key"),
    CheckConstraint("mode IN ('bot', 'manager')", name="mode"),
)
Index("dialogs_external_id_idx", dialogs.c.external_id)
Index("dialogs_manager_idx", dialogs.c.external_id, postgresql_where=dialogs.c.mode == "manager")

#: The proof that a customer agreed, in the words that were shown (152-FZ, article 9).
consents = Table(
    "consents",
    metadata,
    _id(),
    Column("dialog_id", BigInteger, ForeignKey("dialogs.id"), nullable=False),
    Column("user_id", BigInteger, ForeignKey("users.id", ondelete="SET NULL")),
    Column("version", Text, nullable=False),
    Column("wording", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("message_id", Text),  # of the yes
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("asked_at", DateTime(timezone=True)),
    Column("question_id", Text),  # the message that the question answered
    Column("erasure_id", BigInteger, ForeignKey("erasures.id")),  # whose data is gone
)

#: What a customer wants a manager to do.
requests = Table(
    "requests",
    metadata,
    _id(),
    Column("dialog_id", BigInteger, ForeignKey("dialogs.id"), nullable=False),
    Column("user_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("consent_id", BigInteger, ForeignKey("consents.id"), nullable=False),
    Column("status", Text, nullable=False, server_default="new"),
    Column("name", Text, nullable=False),
    Column("phone", String(20)),  # E.164
    Column("email", Text),
    Column("reach_by", Text),  # beside the number or in its place: «доб. 205», «Telegram @nick»
    Column("about", Text, nullable=False),
    Column("town", Text),
    _now("created_at"),
    Column("taken_by", Text),
    Column("taken_at", DateTime(timezone=True)),
    Column("answered_at", DateTime(timezone=True)),
    Column("closed_at", DateTime(timezone=True)),
    Column("shown", JSONB),  # the price rows that the customer saw last
    Column("crm_id", Text),
    CheckConstraint("status IN ('new', 'taken', 'answered', 'closed')", name="status"),
    CheckConstraint(
        "phone IS NOT NULL OR email IS NOT NULL OR reach_by IS NOT NULL", name="contact"
    ),
)
Index("requests_phone_idx", requests.c.phone, requests.c.created_at)
Index("requests_dialog_id_idx", requests.c.dialog_id, requests.c.created_at)
Index("requests_new_idx", requests.c.id, postgresql_where=requests.c.status == "new")
# What the desk finds requests by: words in any form, the end of a phone (migration 0023).
Index(
    "requests_words_idx",
    func.contact_words(requests.c.name, requests.c.about, requests.c.town),
    postgresql_using="gin",
)
Index(
    "requests_phone_end_idx",
    func.reverse(requests.c.phone).label("phone_end"),
    postgresql_ops={"phone_end": "text_pattern_ops"},
)

#: Orders, line by line (optfm/orders/order.py); a dialog has at most one that is not sent.
orders = Table(
    "orders",
    metadata,
    _id(),
    Column("dialog", Text, nullable=False),  # Rasa's sender_id
    Column("state", Text, nullable=False, server_default="open"),
    Column("body", JSONB, nullable=False),
    Column("before", JSONB),  # as it was before the last change: for «верни»
    Column("focus", Integer, nullable=False, server_default="-1"),  # the line talked about
    Column("list_id", BigInteger, ForeignKey("price_lists.id", ondelete="SET NULL")),
    Column("request_id", BigInteger, ForeignKey("requests.id", ondelete="SET NULL")),
    _now("created_at"),
    _now("updated_at"),
    Column("sent_at", DateTime(timezone=True)),
    CheckConstraint("state IN ('open', 'sent')", name="state"),
)
Index("orders_one_open", orders.c.dialog, unique=True, postgresql_where=orders.c.state == "open")
Index("orders_dialog_idx", orders.c.dialog, orders.c.id)
Index("orders_request_id_idx", orders.c.request_id)

#: What customers want to be told of once (optfm/watches), each with its own consent.
watches = Table(
    "watches",
    metadata,
    _id(),
    Column("dialog", Text, nullable=False),  # Rasa's sender_id
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("asked", Text, nullable=False),  # the goods in the customer's words
    Column("name", Text, nullable=False),
    Column("code", Text),  # of one row; NULL: whatever the words find
    Column("price_kop", BigInteger),  # when he asked
    Column("list_id", BigInteger, ForeignKey("price_lists.id", ondelete="SET NULL")),
    Column("consent_version", Text, nullable=False),
    Column("consent_wording", Text, nullable=False),
    Column("consent_message", Text),  # the message of the yes
    _now("created_at"),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False, server_default="on"),
    Column("told_at", DateTime(timezone=True)),
    Column("told_list_id", BigInteger, ForeignKey("price_lists.id", ondelete="SET NULL")),
    CheckConstraint("kind IN ('appears', 'cheaper')", name="kind"),
    CheckConstraint("state IN ('on', 'told', 'off', 'over')", name="state"),
    CheckConstraint("kind <> 'cheaper' OR price_kop IS NOT NULL", name="price"),
)
Index("watches_dialog_idx", watches.c.dialog, watches.c.id)
Index("watches_on_idx", watches.c.ends_at, postgresql_where=watches.c.state == "on")

#: Price lists that were looked through for watches, each once.
watch_rounds = Table(
    "watch_rounds",
    metadata,
    Column("list_id", BigInteger, primary_key=True, autoincrement=False),
    _now("at"),
)

#: Which goods a customer has chosen for his words: offered first the next time.
order_choices = Table(
    "order_choices",
    metadata,
    Column("dialog", Text, primary_key=True),
    Column("words", Text, primary_key=True),
    Column("code", Text, nullable=False),
    _now("at"),
)

#: Every price question and what became of it, so that the owner sees what was not found.
price_searches = Table(
    "price_searches",
    metadata,
    _id(),
    _now("at"),
    Column("dialog", Text),  # Rasa's sender_id
    Column("question", Text, nullable=False),
    Column("normalised", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("confidence", Numeric(4, 3), nullable=False),
    Column("top_code", Text),
    Column("list_id", BigInteger, ForeignKey("price_lists.id", ondelete="SET NULL")),
    Column("engine", Text, nullable=False, server_default="local"),  # local, weaviate
    CheckConstraint("answer IN ('found', 'ask', 'none')", name="answer"),
)
Index("price_searches_at_idx", price_searches.c.at)

#: What logs/app.log says, for those who read with SQL.
logs = Table(
    "logs",
    metadata,
    _id(),
    _now("at"),
    Column("level", Text, nullable=False),
    Column("event", Text, nullable=False),  # incoming, answer, error
    Column("dialog", Text),
    Column("message_id", Text),
    Column("text", Text),
    Column("detail", JSONB),
)
Index("logs_at_idx", logs.c.at)
Index("logs_dialog_idx", logs.c.dialog, logs.c.at)

#: Messages taken from the channels, so that one delivered twice is answered once.
inbox = Table(
    "inbox",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("message_id", Text, primary_key=True),
    Column("dialog", Text, nullable=False),
    _now("received_at"),
    Column("answers", JSONB),  # what was said to it, once that is known
    Column("delivered", SmallInteger, nullable=False, server_default="0"),  # how many of them
)
Index("inbox_received_at_idx", inbox.c.received_at)

#: Where a dialog is reached, where that is not its own id: Telegram chats, linked channels.
dialog_addresses = Table(
    "dialog_addresses",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("dialog", Text, nullable=False),  # Rasa's sender_id
    Column("blocked_at", DateTime(timezone=True)),  # the customer blocked the bot
)
Index("dialog_addresses_dialog_idx", dialog_addresses.c.dialog)

#: One-time links that carry a dialog from the site to Telegram.
dialog_links = Table(
    "dialog_links",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("dialog", Text, nullable=False),
    _now("created_at"),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
)

#: Topics of the managers' group: which dialog each is about.
topics = Table(
    "topics",
    metadata,
    _id(),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("dialog", Text, nullable=False),
    Column("request_id", BigInteger, ForeignKey("requests.id", ondelete="CASCADE")),
    _now("created_at"),
    _now("used_at"),  # the customer's messages go to the topic that was used last
    Column("card_message_id", BigInteger),  # of the message with the buttons
    UniqueConstraint("chat_id", "thread_id", name="topics_chat_id_thread_id_key"),
)
Index("topics_dialog_idx", topics.c.dialog)

#: What is still to be told to somebody, written with what it tells of.
outbox = Table(
    "outbox",
    metadata,
    _id(),
    _now("created_at"),
    Column("kind", Text, nullable=False),
    Column("request_id", BigInteger, ForeignKey("requests.id", ondelete="CASCADE")),
    Column("dialog", Text),
    Column("payload", JSONB, nullable=False, server_default="{}"),
    Column("key", Text, nullable=False, unique=True),  # the same thing is told once
    Column("status", Text, nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Column("result", JSONB),  # what the far side called it
    Column("sent_at", DateTime(timezone=True)),
    CheckConstraint("status IN ('pending', 'sent', 'waiting', 'given_up')", name="status"),
)
Index("outbox_request_id_idx", outbox.c.request_id)
Index("outbox_dialog_idx", outbox.c.dialog)
Index("outbox_webhook_idx", outbox.c.id, postgresql_where=outbox.c.kind == "webhook")
Index(
    "outbox_open_idx",
    outbox.c.status,
    outbox.c.created_at,
    postgresql_where=outbox.c.status != "sent",
)

#: Receipts: what was erased of whom, when, how many rows of each table.
erasures = Table(
    "erasures",
    metadata,
    _id(),
    _now("at"),
    Column("subject", Text, nullable=False),  # masked
    Column("subject_sha256", String(64), nullable=False),  # keyed: privacy/erase_receipts.py
    Column("hashes", ARRAY(Text), nullable=False),  # the same of all else that named the person
    Column("counts", JSONB, nullable=False),
)

#: Every call of a language model.
llm_calls = Table(
    "llm_calls",
    metadata,
    _id(),
    _now("at"),
    Column("dialog", Text),
    Column("purpose", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("prompt_version", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False, server_default="0"),
    Column("tokens_out", Integer, nullable=False, server_default="0"),
    Column("cost_rub", Numeric(12, 4), nullable=False, server_default="0"),
    Column("took_ms", Integer, nullable=False, server_default="0"),
    Column("outcome", Text, nullable=False),
    Column("text", JSONB),  # masked; a setting drops it
)
Index("llm_calls_at_idx", llm_calls.c.at)
Index("llm_calls_dialog_idx", llm_calls.c.dialog, llm_calls.c.at)

#: Checked answers of a model, by question, facts and prompt.
llm_cache = Table(
    "llm_cache",
    metadata,
    Column("key", String(64), primary_key=True),
    _now("at"),
    Column("answer", JSONB, nullable=False),
)

#: Keys of the systems that use the API: what is needed to know one, never the key.
api_keys = Table(
    "api_keys",
    metadata,
    _id(),
    Column("client", Text, nullable=False),  # whose: a name that the owner gave
    Column("prefix", Text, nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    _now("created_at"),
    Column("expires_at", DateTime(timezone=True)),
    Column("last_used_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
)
Index("api_keys_client_idx", api_keys.c.client)

#: Which key did what and when; the same reading within seconds is one row.
api_audit = Table(
    "api_audit",
    metadata,
    _id(),
    _now("at"),
    Column("client", Text),  # None: a key that is none of ours
    Column("key_prefix", Text),
    Column("operation", Text, nullable=False),
    Column("target", Text, nullable=False),  # what the path names, masked
    Column("status", SmallInteger, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("times", Integer, nullable=False, server_default="1"),
)
Index("api_audit_at_idx", api_audit.c.at)

#: Answers by `Idempotency-Key`, for a day; no status: the request is under way.
api_answers = Table(
    "api_answers",
    metadata,
    Column("client", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _now("at"),
    Column("fingerprint", String(64), nullable=False),
    Column("status", SmallInteger),
    Column("headers", JSONB),
    Column("body", LargeBinary),
)
Index("api_answers_at_idx", api_answers.c.at)

#: Exchanges with 1C: one is open at most.
exchanges = Table(
    "exchanges",
    metadata,
    _id(),
    Column("client", Text, nullable=False),  # whose key
    Column("token_sha256", String(64), nullable=False),  # of the cookie
    _now("started_at"),
    _now("touched_at"),
    Column("state", Text, nullable=False, server_default="open"),  # done, abandoned
    Column("whole", ARRAY(Text), nullable=False, server_default="{}"),  # what its files were of
    Column("outcome", Text),
)
Index("exchanges_token_idx", exchanges.c.token_sha256)

#: What 1C has told so far of its goods; `seen`: the exchange that said it last.
exchange_groups = Table(
    "exchange_groups",
    metadata,
    Column("id", Text, primary_key=True),
    Column("parent", Text),
    Column("name", Text, nullable=False),
    Column("seen", BigInteger, nullable=False),
)
exchange_price_types = Table(
    "exchange_price_types",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("currency", Text, nullable=False, server_default=""),  # of prices that name none
)
exchange_goods = Table(
    "exchange_goods",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("group_id", Text),
    Column("deleted", Boolean, nullable=False),
    Column("seen", BigInteger, nullable=False),
)
exchange_offers = Table(
    "exchange_offers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("good_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("features", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("stock", Numeric),
    Column("seen", BigInteger, nullable=False),
    Column("stock_seen", BigInteger, nullable=False),
)
exchange_prices = Table(
    "exchange_prices",
    metadata,
    Column("offer_id", Text, primary_key=True),
    Column("type_id", Text, primary_key=True),
    Column("amount", Numeric, nullable=False),
    Column("currency", Text, nullable=False),
    Column("seen", BigInteger, nullable=False),
)

#: Systems that are told of events, by Standard Webhooks.
webhook_receivers = Table(
    "webhook_receivers",
    metadata,
    _id(),
    _now("created_at"),
    Column("url", Text, nullable=False),
    Column("types", ARRAY(Text), nullable=False, server_default="{}"),  # none: all
    Column("secret", Text, nullable=False),
    Column("old_secret", Text),  # signs, too, until
    Column("old_until", DateTime(timezone=True)),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("why_inactive", Text),
)

#: What is to become of questions that found no answer, by their meaning (optfm/reports/vain.py).
vain_verdicts = Table(
    "vain_verdicts",
    metadata,
    Column("meaning", Text, primary_key=True),  # a hash of its words
    Column("verdict", Text, nullable=False),
    Column("by", Text, nullable=False),
    _now("at"),
    CheckConstraint("verdict IN ('vocabulary', 'faq', 'purchase', 'not_ours')", name="verdict"),
)

#: People who work at the desk; nobody is deleted, since what he did stays his.
staff = Table(
    "staff",
    metadata,
    _id(),
    Column("name", Text, nullable=False),  # as customers and colleagues read it
    Column("login", Text, nullable=False, unique=True),  # the name, folded
    Column("role", Text, nullable=False),
    Column("password", Text),  # argon2id; None: he has never set one
    Column("invitation_sha256", String(64)),  # of the link that sets it, once
    Column("invited_until", DateTime(timezone=True)),
    _now("created_at"),
    Column("disabled_at", DateTime(timezone=True)),
    CheckConstraint("role IN ('owner', 'manager')", name="role"),
)

#: Browsers that are signed in.
staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("staff_id", BigInteger, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    _now("created_at"),
    _now("seen_at"),
    Column("address", Text, nullable=False),
)
Index("staff_sessions_staff_id_idx", staff_sessions.c.staff_id)

#: Browsers of the staff that are notified while the desk is closed; gone with their session.
push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    _id(),
    Column(
        "session",
        String(64),
        ForeignKey("staff_sessions.token_sha256", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("endpoint", Text, nullable=False, unique=True),  # of the browser's push service
    Column("p256dh", Text, nullable=False),  # base64url: the browser's key, and what it shares
    Column("auth", Text, nullable=False),
    _now("created_at"),
)

#: Who did what at the desk, and who tried to get in.
staff_audit = Table(
    "staff_audit",
    metadata,
    _id(),
    _now("at"),
    Column("staff_id", BigInteger, ForeignKey("staff.id", ondelete="SET NULL")),  # None: a command
    Column("act", Text, nullable=False),
    Column("target", Text, nullable=False),  # a dialog, a request's number, a login
    Column("address", Text, nullable=False),
)
Index("staff_audit_at_idx", staff_audit.c.at)
Index("staff_audit_target_idx", staff_audit.c.target, staff_audit.c.at)

#: What staff published in place of files of the repository (optfm/content/revisions.py).
content_revisions = Table(
    "content_revisions",
    metadata,
    _id(),
    Column("document", Text, nullable=False),
    Column("text", Text),  # None: the file counts again
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    _now("at"),
    Column("file_sha256", String(64), nullable=False),
)
Index("content_revisions_document_idx", content_revisions.c.document, content_revisions.c.id)

#: What the staff tell each other about a dialog; no customer sees it.
staff_notes = Table(
    "staff_notes",
    metadata,
    _id(),
    _now("at"),
    Column("staff_id", BigInteger, ForeignKey("staff.id", ondelete="SET NULL")),
    Column("dialog", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),  # of the form: sent twice, written once
)
Index("staff_notes_dialog_idx", staff_notes.c.dialog, staff_notes.c.id)

#: What somebody has begun to write to a customer.
staff_drafts = Table(
    "staff_drafts",
    metadata,
    Column("staff_id", BigInteger, ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("dialog", Text, primary_key=True),
    Column("text", Text, nullable=False),
    _now("updated_at"),
)
Index("staff_drafts_dialog_idx", staff_drafts.c.dialog)

#: Who has read a dialog how far, and looked at it when.
staff_views = Table(
    "staff_views",
    metadata,
    Column("staff_id", BigInteger, ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("dialog", Text, primary_key=True),
    Column("read_id", BigInteger, nullable=False, server_default="0"),
    _now("at"),
)
Index("staff_views_dialog_idx", staff_views.c.dialog, staff_views.c.at)

#: Texts that managers put into their answers.
canned_texts = Table(
    "canned_texts",
    metadata,
    _id(),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    _now("updated_at"),
)
