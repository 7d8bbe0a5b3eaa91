"""Trains the networks that are our own; nothing here is part of the product."""
