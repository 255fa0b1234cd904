"""From a script to a flat plan: sides, rounds, guidance and length chosen."""
