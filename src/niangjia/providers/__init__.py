"""The outside world, one folder each: a real client and a local simulator of the other side."""
