"""How many questions the check asks before the verdict stands, measured on simulated people."""
