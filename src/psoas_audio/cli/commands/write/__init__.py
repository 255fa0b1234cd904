"""Write and hear."""
