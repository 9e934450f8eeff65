"""Rows as vectors of meaning in a ChromaDB server (docs/adr/0024-chroma.md)."""
