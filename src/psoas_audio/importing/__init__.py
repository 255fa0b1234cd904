"""Makes a script of a page of text: one reader a format, one list of events, one writer."""
