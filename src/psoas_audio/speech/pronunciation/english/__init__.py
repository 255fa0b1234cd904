"""How English words that are written alike are told apart."""
