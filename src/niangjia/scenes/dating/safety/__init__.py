"""Safe all the way: a date somebody is told of in case, a break that ends by itself, who looked, how far to trust."""
