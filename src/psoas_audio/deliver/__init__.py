"""What is made from a timeline: captions, tags, figures, pictures, pages."""
