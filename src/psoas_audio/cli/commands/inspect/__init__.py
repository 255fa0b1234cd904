"""Inspect sessions."""
