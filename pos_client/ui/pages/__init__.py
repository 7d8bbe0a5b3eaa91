"""One page for each thing the clerk does."""
