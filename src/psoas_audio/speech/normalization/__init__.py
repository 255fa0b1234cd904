"""From written words to words an engine says right."""
