"""What a person may ask of the whole house: who looked, everything you hold of me, forget me."""
