"""What the collector knows about: frozen dataclasses and pure functions."""
