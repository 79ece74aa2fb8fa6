"""Scarce things, shared out fairly: places, waiting lists, lotteries, quotas, and who came."""
