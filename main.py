"""The door: no argument opens the application; a subcommand runs headless and never imports Qt."""

import sys
from pathlib import Path

from recognizer import cli, platform


def main() -> int:
    """Run what the arguments ask for; returns the exit status."""
    samples = platform.resources_folder() / "samples"
    if sys.argv[1:] == ["--self-test"]:
        from recognizer.self_test import self_test

        return self_test(samples)
    if len(sys.argv) > 1:
        return cli.main(sys.argv[1:])
    if platform.has_display():
        from ui.app import run

        return run([])
    print("There is no display here, so no window: reading the samples instead.")
    return cli.demonstrate(samples, Path("build"))


if __name__ == "__main__":
    sys.exit(main())
