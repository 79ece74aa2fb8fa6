"""The weekly list, the hotline and the live programme at the union's desk."""
