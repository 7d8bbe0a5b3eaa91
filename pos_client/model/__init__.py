"""The nouns of every stage: frozen values, standard library only."""
