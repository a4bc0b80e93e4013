"""The doors: how people reach the assistant."""
