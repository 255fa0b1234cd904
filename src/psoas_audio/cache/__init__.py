"""Content-addressed files kept between renders: local, shared, best effort."""
