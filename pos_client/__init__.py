"""The point-of-sale registration client: a card under the camera becomes a sealed registration."""

__version__ = "0.1.0"
