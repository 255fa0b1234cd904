"""How a finished file was made, whether it is up to date, and what has changed since."""
