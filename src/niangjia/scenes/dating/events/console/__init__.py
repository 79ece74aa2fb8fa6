"""Dating events at the union's desk. What people choose is not shown here: the desk cannot read it either."""
