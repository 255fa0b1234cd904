"""Loudness and limiting."""
