"""Covers and plots as shapes, written as SVG or painted as PNG and JPEG."""
