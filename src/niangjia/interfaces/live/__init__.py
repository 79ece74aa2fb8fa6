"""The live process: phones that are looking hear at once that there is something new (docs/adr/0010).

It holds open connections, nothing else: no content passes through it, and it asks the database for nothing.
"""
