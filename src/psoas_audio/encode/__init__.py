"""MP3 frames and the blocks they are encoded in."""
