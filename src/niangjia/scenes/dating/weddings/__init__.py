"""Group weddings (集体婚礼): couples apply together, are verified, get a place, and stand on a list if both wish so."""
