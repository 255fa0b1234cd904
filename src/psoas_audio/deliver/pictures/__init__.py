"""Covers and plots, as SVG, PNG or JPEG."""
