"""Writing, split by what people do: profiles, seeing, decisions, contacts, safety, leaving."""
