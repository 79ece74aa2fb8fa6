"""Drawn pictures: portraits and scenes in one flat, warm hand. No real face was used."""
