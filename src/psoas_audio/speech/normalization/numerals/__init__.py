"""Numbers in words, with the grammar of their language."""
