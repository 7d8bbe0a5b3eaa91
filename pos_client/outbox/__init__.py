"""Where sealed registrations wait: an encrypted store, packet files, keys and the journal."""
