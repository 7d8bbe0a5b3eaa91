"""Windows, pages and widgets; the only home of Qt besides app.py."""
