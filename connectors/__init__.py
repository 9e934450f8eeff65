"""Channels: what stands between the customers and Rasa."""
