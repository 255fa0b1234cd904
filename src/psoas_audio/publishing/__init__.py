"""Publishes a folder of sessions as a web site with a catalogue and a podcast feed."""
