"""Whose vault it is, how it is opened, and when it locks."""
