"""Content and safety rules: what a session may say, how long it may hold."""
