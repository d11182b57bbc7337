"""The ledger: append-only, bitemporal, verifiable."""
