"""A timeline as text: captions, transcript, chapters, labels for audio editors."""
