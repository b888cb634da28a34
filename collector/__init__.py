"""The rules of the quarterly return: what is owed, what counts as a return, what is said back."""
