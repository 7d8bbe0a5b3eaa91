"""From reading to sealed packet: flow, rules, policy pack, consent, draft, seal."""
