"""The project's figures: `python -m benchmarks bench` writes them down, `floors` holds them."""
