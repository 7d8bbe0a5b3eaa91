"""Measures the client on generated input and prints the tables."""
