"""Delimited text too long to be held at once: looked through first, then read, checked and stored in chunks."""
