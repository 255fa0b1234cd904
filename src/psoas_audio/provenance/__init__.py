"""How a finished file was made, whether it is still current, and what has changed since."""
