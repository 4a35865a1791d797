"""The command `switchrank`, each subcommand a module."""
