"""How a question and a row are brought to the same words."""
