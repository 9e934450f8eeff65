"""What the company knows, and the passages of it that may answer a question."""
