"""Steps that read signs, letters and abbreviations."""
