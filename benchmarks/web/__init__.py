"""How fast the product answers, beside its own empty endpoint in the same run."""
