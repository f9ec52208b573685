"""Estimates as sentences: one file a topic; verbs follow the status, and no figure is ever typed."""
