"""What is fast, against whom, in one run: plain scripts, started with `python -m benchmarks.NAME`."""
