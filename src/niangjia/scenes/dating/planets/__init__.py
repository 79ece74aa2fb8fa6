"""Interest planets: communities around a hobby or opened by a union, with topics, posts, replies and meet-ups."""
