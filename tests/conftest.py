import os

# Set before numpy and torch are imported: the tests run side by side, one thread each.
for library in ("OMP", "MKL", "OPENBLAS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

from hypothesis import settings  # noqa: E402

# The same examples at every run, however busy the machine.
settings.register_profile("switchrank", derandomize=True, deadline=None)
settings.load_profile("switchrank")
