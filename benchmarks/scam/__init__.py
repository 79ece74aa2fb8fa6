"""Does the scam guard warn in time, and leave honest people alone?"""
