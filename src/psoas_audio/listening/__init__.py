"""Listens to a finished session or a voice, and compares what it hears with what was to be said.

It writes down what it hears with Whisper, by the optional package faster-whisper. What it finds are
warnings: even the best models mishear some words of a good voice.
"""
