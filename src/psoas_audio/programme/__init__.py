"""Programmes: which session is on which day, for weeks; rendered with playlists and a calendar."""
