"""Teaches the general reader of text what print on cards looks like to a webcam."""
