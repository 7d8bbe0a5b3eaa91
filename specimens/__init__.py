"""Invented, schematic documents for demo, tests and bench; each of them says 样本 SPECIMEN."""
