"""Renders one session: speaks, mixes, encodes, checks and publishes it with its outputs."""
