"""Exercises: how long and how often, in lists, tables and intervals."""
