"""Lists as Qt's tables want them."""
