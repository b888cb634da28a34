"""The mail door: reading the mailbox, writing letters, sending them, and knowing whom to believe."""
