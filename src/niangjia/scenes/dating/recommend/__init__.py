"""How dating becomes a market for the matching engine: who may meet whom, and how likely they like each other."""
