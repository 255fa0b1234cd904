"""``python -m psoas_audio``."""

from psoas_audio.cli.main import main

main()
