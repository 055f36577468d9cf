"""`python -m paritrana` is the command line."""

from paritrana.cli.app import app

app()
