"""Numbers that carry their own proof: check digits and what is encoded in them."""
