"""Rasa graph components for the intents."""
