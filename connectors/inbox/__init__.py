"""The one way in for the messages of every channel."""
