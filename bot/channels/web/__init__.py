"""The web door: sessions, messages and documents for the chat widget."""
