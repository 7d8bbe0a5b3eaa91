"""Trains the small reader of OCR-B: machine-readable lines and identity numbers."""
