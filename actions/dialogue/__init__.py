"""Rasa's custom actions: thin, each finds the case by the conversation and calls casework."""
