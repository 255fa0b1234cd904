"""The commands, one file each, found by name."""
