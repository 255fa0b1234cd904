"""The living session: one file with every length, guidance and order of sides of a script."""
