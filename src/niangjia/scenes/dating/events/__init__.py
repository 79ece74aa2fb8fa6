"""Dating events: mutual selection by many, speed-dating evenings, talks online.

One mechanism under all three: whoever takes part chooses in secret, and at the close only what is mutual comes out.
"""
