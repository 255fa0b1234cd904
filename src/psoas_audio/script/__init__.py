"""Reading technique scripts: safe YAML with places, typed steps, every error at once."""
