"""The tags of sound files: writing ID3 and Vorbis comments, and reading any."""
