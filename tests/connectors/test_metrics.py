"""What Prometheus reads."""

import re

import psycopg2
import requests

from connectors.routes.metrics import exposition


def sample(text: str, name: str) -> float | None:
    """The value of a metric's line, labels and all."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


def test_requests_and_model_calls_are_read_from_their_tables(database_url):
    """Another process writes the row; the next scrape shows it."""
    connection = psycopg2.connect(database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO llm_calls"
            " (purpose, provider, model, prompt_version, tokens_in, tokens_out, took_ms, outcome)"
            " VALUES ('answer', 'openai', 'm', '1', 70, 20, 1500, 'answered')"
        )
        cursor.execute("INSERT INTO outbox (kind, key) VALUES ('request_email', 'a')")
        cursor.execute(
            "INSERT INTO price_lists (file_name, sha256, title, list_date, items, groups, active)"
            " VALUES ('a.xls', 'a', 'a', current_date - 2, 1, 0, true)"
        )
    connection.close()
    text = exposition(database_url).decode()
    assert sample(text, 'optfm_llm_calls_total{outcome="answered",provider="openai"}') == 1
    assert sample(text, 'optfm_llm_tokens_total{kind="in",provider="openai"}') == 70
    assert sample(text, 'optfm_llm_seconds_total{provider="openai"}') == 1.5
    assert sample(text, 'optfm_outbox_pending{kind="request_email",status="pending"}') == 1
    age = sample(text, "optfm_price_list_age_seconds")
    assert age is not None and 2 * 86400 <= age < 3 * 86400


def test_a_database_that_is_away_leaves_the_rest_of_the_metrics():
    """A scrape never fails because of the tables."""
    text = exposition("postgresql://nobody@127.0.0.1:9/none").decode()
    assert "optfm_reply_seconds" in text
    assert "optfm_outbox_pending" not in text


def test_a_running_bot_counts_messages_and_answers(bot):
    """A question over REST stands in the counters, by channel and by who answered."""
    bot.text("сколько стоит доставка", sender="metrics")
    text = requests.get(f"{bot.url}/metrics", timeout=10).text
    for name in (
        'optfm_messages_total{channel="rest",direction="in"}',
        'optfm_messages_total{channel="rest",direction="out"}',
        'optfm_answers_total{source="faq"}',
        "optfm_dialogs_total",
    ):
        assert (sample(text, name) or 0) >= 1, name


def test_metrics_are_not_for_strangers(bot):
    """Whoever comes through a proxy, or with a wrong token, sees nothing."""
    for headers in ({"X-Forwarded-For": "203.0.113.7"}, {"Authorization": "Bearer guess"}):
        answer = requests.get(f"{bot.url}/metrics", headers=headers, timeout=10)
        assert answer.status_code == 401
        assert "optfm" not in answer.text
