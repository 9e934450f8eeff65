"""The worker: what is told outside of a conversation, and what is done by the clock."""
