"""How the window looks: colours, sizes, type, icons and the style sheet, light and dark."""
