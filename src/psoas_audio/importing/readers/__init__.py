"""The formats that pages come in, and a reader for each."""
