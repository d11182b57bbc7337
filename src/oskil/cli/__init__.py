"""The command line: thin commands that parse, call and print."""


def main() -> None:
    """The `oskil` command."""
    from oskil.cli.app import app

    app(prog_name="oskil")
