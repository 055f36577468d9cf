"""`python -m paritrana` is the command line."""

from paritrana.cli import app

app()
