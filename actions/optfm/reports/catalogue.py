"""The reports there are, each a definition in words and the same one in SQL."""

from optfm.reports.report import Report

#: A person is who left contacts, in all of his dialogs; a dialog without them is a person, too.
_PERSON = (
    "coalesce((SELECT 'user:' || max(p.user_id) FROM dialogs p"
    " WHERE p.external_id = {dialog}), {dialog})"
)
_CHANNELS = {
    "telegram": "Telegram",
    "socketio": "чат на сайте",
    "rest": "REST",
    "api": "API",
}

_DIALOGS = f"""
SELECT coalesce(min(channel), '') AS key, dialog, {_PERSON.format(dialog="dialog")} AS person,
    min(at) AS at, (array_agg(text ORDER BY id))[1] AS what, count(*)::numeric AS amount
FROM messages
WHERE author = 'customer' AND at >= :since AND at < :until
GROUP BY dialog
"""

#: The bot's lines by which it gives way to people, or would if there were any.
_GIVES_WAY = (
    "(response LIKE 'utter\\_hand\\_off%' OR response IN"
    " ('utter_call_manager', 'utter_sorry', 'utter_sorry_again'))"
)
_CALLS = f"""
SELECT response AS key, dialog, {_PERSON.format(dialog="dialog")} AS person, at,
    (SELECT c.text FROM messages c WHERE c.dialog = m.dialog AND c.author = 'customer'
        AND c.id < m.id ORDER BY c.id DESC LIMIT 1) AS what,
    NULL::numeric AS amount
FROM messages m
WHERE author = 'bot' AND {_GIVES_WAY} AND at >= :since AND at < :until
"""
_REASONS = {
    "utter_hand_off": "попросил человека",
    "utter_hand_off_calm": "рассердился",
    "utter_hand_off_failure": "бот не смог ответить",
    "utter_hand_off_closed": "попросил человека, но менеджеры не на связи",
    "utter_call_manager": "попросил человека, а звать некого",
    "utter_sorry": "рассердился, а звать некого",
    "utter_sorry_again": "рассердился ещё раз, а звать некого",
}

_REQUESTS = f"""
SELECT r.status AS key, d.external_id AS dialog, {_PERSON.format(dialog="d.external_id")} AS person,
    r.created_at AS at, '№ ' || r.id || '. ' || r.about AS what, NULL::numeric AS amount
FROM requests r JOIN dialogs d ON d.id = r.dialog_id
WHERE r.created_at >= :since AND r.created_at < :until
"""

_ALONE = f"""
SELECT * FROM ({_DIALOGS}) AS began
WHERE NOT EXISTS (SELECT FROM messages m WHERE m.dialog = began.dialog AND m.author = 'manager'
        AND m.at >= :since AND m.at < :until)
    AND NOT EXISTS (SELECT FROM ({_CALLS}) AS called WHERE called.dialog = began.dialog)
    AND NOT EXISTS (SELECT FROM ({_REQUESTS}) AS left_one WHERE left_one.dialog = began.dialog)
"""

# What was asked of goods: in a question or in an order.
_ASKED = f"""
SELECT 'question' AS key, dialog, {_PERSON.format(dialog="dialog")} AS person, at,
    question AS what, NULL::numeric AS amount
FROM price_searches WHERE dialog IS NOT NULL AND at >= :since AND at < :until
UNION ALL
SELECT 'order', dialog, {_PERSON.format(dialog="dialog")}, created_at,
    'заказ № ' || id, NULL
FROM orders WHERE created_at >= :since AND created_at < :until
"""
_PRICED = f"""
SELECT coalesce(channel, '') AS key, dialog, {_PERSON.format(dialog="dialog")} AS person, at,
    text AS what, NULL::numeric AS amount
FROM messages
WHERE author = 'bot' AND at >= :since AND at < :until AND (
    jsonb_path_exists(custom, '$.rows[0]') OR jsonb_path_exists(custom, '$.nearest[0]')
    OR jsonb_path_exists(custom, '$.total')
    OR jsonb_path_exists(custom, '$.order.lines[*] ? (@.price > 0)'))
"""
_AGREED = f"""
SELECT coalesce(c.channel, '') AS key, d.external_id AS dialog,
    {_PERSON.format(dialog="d.external_id")} AS person, c.given_at AS at,
    'согласие дано' AS what, NULL::numeric AS amount
FROM consents c JOIN dialogs d ON d.id = c.dialog_id
WHERE c.given_at >= :since AND c.given_at < :until
"""
_ORDERED = f"""
SELECT 'sent' AS key, dialog, {_PERSON.format(dialog="dialog")} AS person, sent_at AS at,
    'заказ № ' || id AS what, NULL::numeric AS amount
FROM orders WHERE state = 'sent' AND sent_at >= :since AND sent_at < :until
"""


def _of_those(step: str, *earlier: str) -> str:
    """The rows of a step by people who are in every step before it."""
    among = " AND ".join(f"person IN (SELECT person FROM ({before}) AS b)" for before in earlier)
    return f"SELECT * FROM ({step}) AS step WHERE {among}"


#: Why a goods question is «нет»: the search found nothing that it would show as the answer.
_NOT_FOUND = f"""
SELECT normalised AS key, dialog, {_PERSON.format(dialog="dialog")} AS person, at,
    question AS what, NULL::numeric AS amount
FROM price_searches
WHERE answer = 'none' AND normalised <> '' AND at >= :since AND at < :until
"""
_NOT_ANSWERED = f"""
SELECT coalesce((SELECT c.text FROM messages c WHERE c.dialog = m.dialog
        AND c.author = 'customer' AND c.id < m.id ORDER BY c.id DESC LIMIT 1), '') AS key,
    dialog, {_PERSON.format(dialog="dialog")} AS person, at,
    (SELECT c.text FROM messages c WHERE c.dialog = m.dialog AND c.author = 'customer'
        AND c.id < m.id ORDER BY c.id DESC LIMIT 1) AS what,
    NULL::numeric AS amount
FROM messages m
WHERE author = 'bot' AND at >= :since AND at < :until
    AND (response LIKE 'utter\\_other\\_%' OR response IN
        ('utter_topic_unsaid', 'utter_out_of_scope', 'utter_out_of_scope_again'))
"""
_FOUND = f"""
SELECT top_code AS key, dialog, {_PERSON.format(dialog="dialog")} AS person, at,
    question AS what, NULL::numeric AS amount
FROM price_searches
WHERE answer = 'found' AND top_code IS NOT NULL AND at >= :since AND at < :until
"""
_WATCHES = f"""
SELECT state AS key, dialog, {_PERSON.format(dialog="dialog")} AS person, created_at AS at,
    CASE kind WHEN 'cheaper' THEN 'подешевеет: ' ELSE 'появится: ' END || name AS what,
    NULL::numeric AS amount
FROM watches WHERE created_at >= :since AND created_at < :until
"""
_HOURS = f"""
SELECT to_char(at AT TIME ZONE :zone, 'ID HH24') AS key, dialog,
    {_PERSON.format(dialog="dialog")} AS person, at, text AS what, NULL::numeric AS amount
FROM messages WHERE author = 'customer' AND at >= :since AND at < :until
"""
_MODEL = """
SELECT provider || ' ' || model AS key, dialog, dialog AS person, at,
    purpose || ': ' || outcome || ', ' || tokens_in + tokens_out || ' токенов' AS what,
    cost_rub AS amount
FROM llm_calls WHERE at >= :since AND at < :until
"""
_MODEL_ERRORS = """
SELECT outcome AS key, dialog, dialog AS person, at,
    purpose || ', ' || provider || ' ' || model || ', ' || took_ms || ' мс' AS what,
    cost_rub AS amount
FROM llm_calls
WHERE outcome NOT IN ('ok', 'cached') AND at >= :since AND at < :until
"""
_OUTCOMES = {
    "away": "не отвечает",
    "busy": "перегружена",
    "refused": "отказала",
    "filtered": "сработал её фильтр",
    "timeout": "не успела",
    "bad_answer": "ответила не по форме",
    "unfounded": "ответ не из фактов, клиенту не показан",
    "over_budget": "кончились деньги на день или месяц",
    "error": "ошибка",
}
_STATUSES = {"new": "новая", "taken": "в работе", "answered": "отвечена", "closed": "закрыта"}

_ALL = (
    Report(
        name="dialogs",
        title="Диалоги",
        definition="Диалоги, в которых клиент написал хотя бы раз за эти дни. Сколько сообщений он"
        " написал — в последнем столбце.",
        sql=_DIALOGS,
        by="Канал",
        keys=_CHANNELS,
        amount="Сообщений клиента",
    ),
    Report(
        name="people",
        title="Клиенты",
        definition="Сколько разных людей в этих диалогах: кто оставил контакты, считается один раз"
        " во всех своих диалогах; кто не оставил — один раз на диалог.",
        sql=_DIALOGS,
        counts="people",
        by="Канал",
        keys=_CHANNELS,
        amount="Сообщений клиента",
    ),
    Report(
        name="alone",
        title="Бот справился сам",
        definition="Диалоги этих дней, где не писал менеджер, клиента не передавали людям и он не"
        " оставлял заявки. Остался ли клиент доволен, число не говорит.",
        sql=_ALONE,
        whole="dialogs",
        by="Канал",
        keys=_CHANNELS,
        amount="Сообщений клиента",
    ),
    Report(
        name="calls",
        title="Звали человека",
        definition="Сколько раз бот передал клиента людям или предложил телефон и заявку, потому"
        " что тот просил человека, рассердился или бот не смог ответить. «Что» — слова клиента"
        " перед этим.",
        sql=_CALLS,
        by="Почему",
        keys=_REASONS,
    ),
    Report(
        name="requests",
        title="Заявки",
        definition="Заявки, принятые за эти дни, по тому, где они сейчас.",
        sql=_REQUESTS,
        by="Статус",
        keys=_STATUSES,
    ),
    Report(
        name="asked",
        title="Спросили о товаре",
        definition="Люди, которые за эти дни хотя бы раз спросили о товаре или начали заказ.",
        sql=_ASKED,
        counts="people",
        keys={"question": "вопрос", "order": "заказ"},
    ),
    Report(
        name="priced",
        title="Увидели цену",
        definition="Из тех, кто спросил: кому бот показал хотя бы одну цену, тоже за эти дни.",
        sql=_of_those(_PRICED, _ASKED),
        counts="people",
        whole="asked",
        keys=_CHANNELS,
    ),
    Report(
        name="agreed",
        title="Согласились оставить контакты",
        definition="Из тех, кто увидел цену: кто дал согласие на обработку данных за эти дни.",
        sql=_of_those(_AGREED, _ASKED, _PRICED),
        counts="people",
        whole="priced",
        keys=_CHANNELS,
    ),
    Report(
        name="requested",
        title="Оставили заявку",
        definition="Из тех, кто согласился: чья заявка принята за эти дни. Заявки тех, кто цену не"
        " спрашивал, стоят в отчёте «Заявки», а не здесь.",
        sql=_of_those(_REQUESTS, _ASKED, _PRICED, _AGREED),
        counts="people",
        whole="agreed",
        keys=_STATUSES,
    ),
    Report(
        name="ordered",
        title="Отправили заказ",
        definition="Из тех, кто оставил заявку: чей заказ ушёл менеджеру вместе с ней за эти дни.",
        sql=_of_those(_ORDERED, _ASKED, _PRICED, _AGREED, _REQUESTS),
        counts="people",
        whole="requested",
        keys={"sent": "отправлен"},
    ),
    Report(
        name="hours",
        title="Когда пишут",
        definition="Сообщения клиентов по дням недели и часам, по часам магазина.",
        sql=_HOURS,
        by="День и час",
        ordered=True,
    ),
    Report(
        name="not-found",
        title="Товары, которых не нашли",
        definition="Вопросы о товаре, на которые бот ответил, что в прайс-листе такого нет.",
        sql=_NOT_FOUND,
    ),
    Report(
        name="not-answered",
        title="Вопросы без ответа",
        definition="Сообщения, на которые бот ответил, что не понял, не знает или что это не к"
        " нему.",
        sql=_NOT_ANSWERED,
    ),
    Report(
        name="found",
        title="Что спрашивают чаще",
        definition="Товары, которые бот показал первыми в ответ на вопрос, сколько раз спрашивали.",
        sql=_FOUND,
        by="Код товара",
    ),
    Report(
        name="watches",
        title="Просили сообщить",
        definition="Просьбы сообщить, когда товар появится или подешевеет, начатые за эти дни, по"
        " тому, что с ними сейчас.",
        sql=_WATCHES,
        by="Что с ними",
        keys={
            "on": "ждём",
            "told": "сообщили",
            "off": "клиент отменил",
            "over": "срок вышел",
        },
    ),
    Report(
        name="model-cost",
        title="Языковая модель, рубли",
        definition="Сколько стоили обращения к модели по её ценам из настроек. Журнал хранит их"
        " столько дней, сколько задано в RETENTION_LLM_DAYS.",
        sql=_MODEL,
        counts="roubles",
        by="Модель",
        amount="Рублей",
    ),
    Report(
        name="model-calls",
        title="Обращения к модели",
        definition="Все обращения за эти дни, и удачные, и нет, и ответы из памяти.",
        sql=_MODEL,
        by="Модель",
        amount="Рублей",
    ),
    Report(
        name="model-errors",
        title="Ошибки модели",
        definition="Обращения, которые не дали ответа клиенту, по причине.",
        sql=_MODEL_ERRORS,
        whole="model-calls",
        by="Причина",
        keys=_OUTCOMES,
        amount="Рублей",
    ),
)

#: All by name.
REPORTS: dict[str, Report] = {report.name: report for report in _ALL}
#: As the page shows them.
CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Диалоги", ("dialogs", "people", "alone", "calls", "requests")),
    ("Товары", ("found", "watches")),
    ("Языковая модель", ("model-cost", "model-calls", "model-errors")),
)
#: The steps to an order, each a part of the one before.
FUNNEL = ("asked", "priced", "agreed", "requested", "ordered")
