"""The live preview: a script heard and seen while it is being written."""
