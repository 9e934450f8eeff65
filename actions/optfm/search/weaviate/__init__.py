"""Weaviate as the engine that finds candidates."""
