"""Writes a session for other programs: as text, SSML, a Word document or a table."""
