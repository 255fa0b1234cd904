"""Lines of text to takes: engines, their isolation, text preparation, the cache of takes."""
