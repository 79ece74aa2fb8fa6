"""What the engine does: clear a market, keep the lists, run as one."""
