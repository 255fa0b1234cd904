"""Sound heard now: sessions, live ranges and single lines through the players a system has."""
