"""Personal data out of what is sent to a model, and back into what it says."""
