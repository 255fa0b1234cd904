"""Routines over weeks: which session on which day, as files, playlists, calendar and plan."""
