"""Other readers of documents, each run as it comes, in an environment of its own."""
