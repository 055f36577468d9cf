"""The command line `paritrana`."""
