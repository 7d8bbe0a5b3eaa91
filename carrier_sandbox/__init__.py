"""A reference carrier: a real server that takes registrations, for the demo, training and tests."""
