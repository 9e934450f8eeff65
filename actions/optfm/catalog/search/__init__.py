"""From a question to the rows that answer it, and to how sure that is."""
