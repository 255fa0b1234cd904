"""The living session: one file that holds every length, guidance and side order of a script."""
