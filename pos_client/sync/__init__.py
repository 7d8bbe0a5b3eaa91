"""When to try, one step of delivery, and the loop around it."""
