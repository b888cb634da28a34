"""`python -m bot.cli`: the program."""

from bot.cli.app import main

if __name__ == "__main__":
    main()
