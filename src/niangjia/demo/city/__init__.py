"""The demo city on its way into the database: one module for each kind of thing, in the order of `demo.seed`."""
