"""The Slack door: how messages look there and how people reach the collector from there."""
