"""Cases: something a union must answer, by whom, until when, and how it was decided."""
