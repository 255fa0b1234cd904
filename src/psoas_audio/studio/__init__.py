"""The local preview page: a script heard and seen while it is written."""
