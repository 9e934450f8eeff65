"""A Telegram of our own to test against: strict about form, whole enough to hold a conversation.

    cd actions && .venv/bin/python -m tests.peers.telegram --port 8081

The Bot API is at `http://127.0.0.1:8081/bot<token>/<method>`; `control.py` tells how a test (or a
person with curl) plays the customers, and reads what the bot sent.
"""
