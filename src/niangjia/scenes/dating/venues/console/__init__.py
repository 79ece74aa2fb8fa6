"""Venues at the union's desk, and shows at the firm's and the union's."""
