"""Voice-guided audio sessions from a YAML script."""

__version__ = "0.1.0"
