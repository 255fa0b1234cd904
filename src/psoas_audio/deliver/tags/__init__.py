"""What sound files tell of themselves: ID3, Vorbis comments, and reading both."""
