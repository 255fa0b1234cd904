"""Steps that take time, as planned: holds, rests, repetitions, intervals and paced breathing."""
