"""Pages of activities in the back office; the console puts its frame around them."""
