"""The way of every call to a model: budget, cache, limits, retries, journal."""
