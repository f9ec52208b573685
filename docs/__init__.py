"""The documents, and what writes those that repeat the code: see `docs.__main__`."""
