"""The command ``psoas-audio``, and ``python -m psoas_audio``."""

import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    # Python's own handler would print a traceback of what is being imported.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from psoas_audio.cli.main import main

if __name__ == "__main__":
    main()
