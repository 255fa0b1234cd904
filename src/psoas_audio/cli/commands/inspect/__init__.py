"""Inspect what was made."""
