"""The pieces screens are made of; they know values, never the desk."""
