"""Makes a bare machine ready for the client; needs nothing but Python's standard library."""
