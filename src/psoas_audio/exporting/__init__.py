"""Writes a session for people who go on elsewhere: as text, SSML, a Word document or a table."""
