"""The round that plays by itself; only its command imports it."""
