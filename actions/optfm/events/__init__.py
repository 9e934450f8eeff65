"""What happened, told to the systems that asked to be told: Standard Webhooks out of the outbox."""
