"""The quarter's report and the digest's charts as documents, pictures and tables."""
