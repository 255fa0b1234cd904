"""A timeline in words: captions, transcript, chapters, labels for other editors."""
