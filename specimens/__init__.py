"""Invented, schematic documents for the demo, the tests and the bench; every one of them says 样本 SPECIMEN."""
