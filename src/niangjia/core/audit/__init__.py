"""What was done, and who looked at whose facts: hash-chained, append-only, shown to their owner."""
