"""The encrypted queue on this till: keys, store, packets, journal; the only home of SQL."""
