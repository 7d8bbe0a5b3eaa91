"""The nouns of every stage; standard library only, frozen, without behaviour that needs a machine."""
