"""Steadily: a private companion for rebuilding emotional trust after distance."""
