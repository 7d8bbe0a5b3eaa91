"""Plays registrations through the real window and shows that all of them arrived."""
