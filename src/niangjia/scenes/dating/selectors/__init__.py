"""Reading. Every list of people goes through `policies.Sight`."""
