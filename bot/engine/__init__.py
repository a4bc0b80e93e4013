"""Rasa at the edge: how it is started, quietened, patched, and where it keeps its working memory."""
