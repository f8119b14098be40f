"""The door: no argument, or files and folders, open the application; a subcommand runs headless and never imports Qt."""

import gc
import os
import signal
import sys
from pathlib import Path

from recognizer import platform
from recognizer.interrupt import STOPPED


def main() -> int:
    """Run what the arguments ask for; returns the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until someone listens, Ctrl+C is no matter of tracebacks
    samples = platform.resources_folder() / "samples"
    if sys.argv[1:] == ["--self-test"]:
        from recognizer.self_test import self_test

        return self_test(samples)
    if sys.argv[1:] == [platform.DRAW_PDF]:
        from recognizer.pdf import serve

        return serve()
    if sys.argv[1:] == [platform.READ_PAGES]:
        from recognizer.batch.child import serve as serve_pages

        return serve_pages()
    arguments = sys.argv[1:]
    if arguments:
        from recognizer import cli

        opened = arguments[0] not in cli.COMMANDS and all(map(os.path.exists, arguments))
        if not opened:
            status = cli.main(arguments)
            if status == STOPPED:
                sys.stdout.flush()
                os._exit(status)  # who has stopped it does not wait until libraries have tidied up
            return status
        if not platform.has_display():
            print("There is no display here, so no window: `read` and `batch` read files without one.", file=sys.stderr)
            return 1
    if platform.has_display():
        gc.disable()  # until the window is shown: nothing that it is made of is garbage
        from ui.language import chosen, speak

        speak(chosen())  # before any text of the window is made
        from ui.app import run

        return run(arguments)
    from recognizer import cli

    print("There is no display here, so no window: reading the samples instead.")
    return cli.demonstrate(samples, Path("build"))


if __name__ == "__main__":
    sys.exit(main())
