"""Scores reading and intents on the project's own sets under tests/eval/; docs/reading.md says how it is counted."""
