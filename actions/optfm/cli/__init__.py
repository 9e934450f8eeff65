"""`optfm …`: the shop's commands, one module a group."""
