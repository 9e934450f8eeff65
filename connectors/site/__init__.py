"""The chat on the shop's site: its socket, its pages, its files."""
