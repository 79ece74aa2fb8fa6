"""What is done in activities."""
