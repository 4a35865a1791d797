"""What a transformer is computed with: the processor or a GPU, in single or half precision."""

from functools import cache
from pathlib import Path
from typing import Literal

import torch

from switchrank.jobs.gpus import own_gpu

Precision = Literal["fp32", "bf16"]
_FLAGS = frozenset({"amx_bf16", "avx512_bf16", "bf16"})  # of processors that compute in bfloat16


@cache
def device() -> torch.device:
    """A GPU that this process then has for itself, else the processor."""
    own_gpu()
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def precision(wanted: str) -> Precision:
    """What `auto` stands for here: bfloat16 where the hardware has it, as it is six times slower without."""
    if wanted != "auto":
        return wanted
    if device().type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    return "bf16" if _FLAGS.intersection(_processor_flags()) else "fp32"


@cache
def _processor_flags() -> frozenset[str]:
    """What the processor says that it can do, as Linux tells; nothing elsewhere."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    names = ("flags", "Features")  # on x86 and on ARM
    return frozenset(flag for line in lines if line.startswith(names) for flag in line.split()[1:])


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that the memory of the processor or of the GPU did not suffice."""
    known = isinstance(error, MemoryError | torch.OutOfMemoryError)
    return known or "can't allocate memory" in str(error)
