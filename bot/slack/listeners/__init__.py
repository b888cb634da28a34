"""What we do when Slack tells us something: one file a kind, each with `register`."""
