"""What the guard thinks with: pure functions that know no Django and no table."""
