"""The kinds of steps: one verb each."""
