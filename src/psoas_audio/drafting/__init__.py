"""Everything before a word is spoken: choices, translation, checks, plans, names."""
