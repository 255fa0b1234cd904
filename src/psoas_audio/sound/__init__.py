"""Sound files, breathing tones, beds: everything that sounds and isn't speech."""
