"""The carrier as seen from here: wire format, signing, HTTPS, receipts; the only home of HTTP."""
