"""Half precision where the hardware has it; and what is too little memory."""

import pytest
import torch

from switchrank.rankers import device
from switchrank.rankers.device import is_out_of_memory, precision


@pytest.fixture
def hardware(monkeypatch):
    """Let the machine be another: its GPU computes in bfloat16 or not, or there is none; and its flags."""
    asked = []

    def be(gpu=None, flags=()):
        device.device.cache_clear()
        monkeypatch.setattr(device, "own_gpu", lambda: asked.append("own GPU"))
        monkeypatch.setattr(torch.cuda, "is_available", lambda: asked.append("CUDA") or gpu is not None)
        monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: gpu)
        monkeypatch.setattr(device, "_processor_flags", lambda: frozenset(flags))
        return asked

    yield be
    device.device.cache_clear()


@pytest.mark.parametrize(
    ("gpu", "flags", "expected"),
    [
        (None, ["fpu", "avx2"], "fp32"),
        (None, ["fpu", "avx512_bf16"], "bf16"),
        (None, ["asimd", "bf16"], "bf16"),
        (None, [], "fp32"),
        (True, [], "bf16"),
        (False, ["avx512_bf16"], "fp32"),  # a GPU that would emulate it
    ],
)
def test_auto_is_what_the_hardware_has(hardware, gpu, flags, expected):
    hardware(gpu, flags)
    assert precision("auto") == expected


@pytest.mark.parametrize("wanted", ["fp32", "bf16"])
def test_what_is_wanted_is_what_is_taken(hardware, wanted):
    hardware(None, ["avx512_bf16"])
    assert precision(wanted) == wanted
    hardware(None, [])
    assert precision(wanted) == wanted


@pytest.mark.parametrize("first", [device.device, lambda: precision("auto")])
def test_a_process_takes_its_gpu_before_cuda_is_asked_for_anything(hardware, first):
    asked = hardware(True)
    first()
    assert asked == ["own GPU", "CUDA"]


def test_a_gpu_is_taken_where_there_is_one(hardware):
    hardware(True)
    assert device.device() == torch.device("cuda")
    hardware()
    assert device.device() == torch.device("cpu")


def test_too_little_memory_is_told_from_other_faults():
    with pytest.raises(RuntimeError) as refused:
        torch.empty(1 << 60)
    assert is_out_of_memory(refused.value)
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory"))
    assert is_out_of_memory(MemoryError())
    assert not is_out_of_memory(RuntimeError("the size of tensor a must match"))
