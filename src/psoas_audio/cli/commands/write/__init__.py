"""Write and listen."""
