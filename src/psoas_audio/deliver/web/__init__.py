"""Pages that hold a session in one HTML file: the listener's and the producer's."""
