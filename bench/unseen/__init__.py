"""A second set of cards, drawn apart from the specimens: to judge the reader by, not to tune it."""
