"""Timed stays as planned: holds, rests, repetitions, intervals and paced breathing."""
