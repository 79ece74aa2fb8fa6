"""The matchmakers' desk: people who asked for help and said so themselves, introductions, meetings, and the centre."""
