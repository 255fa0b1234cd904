"""``endpoint``: voices of a server that answers ``POST /v1/audio/speech``."""
