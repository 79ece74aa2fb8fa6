"""Real evenings, replayed: the people of a speed-dating file become members and say again what they said."""
