"""What the Rasa server needs under every channel: its agent, answers, logs, tables."""
