"""The managers' group, and who speaks in a dialog: the bot or a person."""
