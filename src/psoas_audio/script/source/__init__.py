"""A script's bytes to clean text and to YAML nodes with places, safely."""
