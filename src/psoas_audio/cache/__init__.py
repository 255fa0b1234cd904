"""Content-addressed files that later renders use again: a local cache, and a shared one."""
