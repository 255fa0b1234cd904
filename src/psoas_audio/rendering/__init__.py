"""The conductor: from a script to a finished, checked and published session."""
