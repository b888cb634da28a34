"""The books: one database is one partnership."""
