"""From camera frame to reading; the only home of pixels and of text recognition."""
