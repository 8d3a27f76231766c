"""Builds the models that `steadily.behaviors` ships. Never imported by the package; see training/README.md."""
