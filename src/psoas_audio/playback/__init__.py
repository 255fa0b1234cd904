"""Plays sessions and single lines through the players that a system has."""
