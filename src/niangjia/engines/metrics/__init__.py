"""Figures for the cockpit: counted once a week, kept per organisation, small cells hidden for good."""
