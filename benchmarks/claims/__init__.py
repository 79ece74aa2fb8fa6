"""A thousand places, twenty thousand people: how fast, and whether anybody is wronged."""
