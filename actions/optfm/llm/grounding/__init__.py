"""What a model may say: the prompts it is asked by, and the judge of its answers."""
