"""A human narrator: the sheet to record from, and recordings made into takes."""
