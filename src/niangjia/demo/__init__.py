"""The demo city: people, employers and a history of yes and no, made from a seed. Nobody in it is real."""
