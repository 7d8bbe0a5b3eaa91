"""What a counter can do, without a screen."""
