"""The arrangement in integer samples that every output is a face of."""
