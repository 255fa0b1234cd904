"""Text normalization: from written text to text that engines read right."""
