"""Every door to the street: mail and the terminal."""
