"""`python -m switchrank` is the command `switchrank`."""

import sys

from switchrank.cli.main import main

sys.exit(main())
