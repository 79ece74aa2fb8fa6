"""The back office's pages of planets."""
