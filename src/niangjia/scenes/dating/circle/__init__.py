"""The circle of affinity: people linked to me by something both have said, or by having been at the same place."""
