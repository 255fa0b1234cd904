"""Which words of a text an engine may say wrongly, and how they are said."""
