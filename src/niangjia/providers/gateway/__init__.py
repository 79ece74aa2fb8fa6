"""Gateways of government apps: what they demand of a service, and a local one that is as strict."""
