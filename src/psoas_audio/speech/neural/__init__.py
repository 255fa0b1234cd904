"""What engines of neural voices share: durations of a model's symbols, and what they prove."""
