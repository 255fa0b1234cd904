"""Pages with a whole session in one HTML file: the listener's and the producer's."""
