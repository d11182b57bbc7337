"""The API: the ledger's claims, documents and places over HTTP, for reading; with a token, for adding."""
