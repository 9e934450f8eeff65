"""What the shop knows of one person: shown, erased, and deleted when its time is over."""
