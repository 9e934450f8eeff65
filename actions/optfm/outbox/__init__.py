"""What must be told to somebody outside of a conversation, kept until it is told."""
