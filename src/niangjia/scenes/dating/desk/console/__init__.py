"""The matchmakers' desk and the centre in the back office. A record is opened by POST: its owner is told."""
