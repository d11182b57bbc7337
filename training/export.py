"""From a trained network to what ships: python -m training.export --model FILE --weights FOLDER --out FOLDER

Writes tagger.onnx (matrices and tables in int8, the rest float), tagger-float.onnx beside it for comparison,
links.npz and vocab.txt.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.model import LinkHead, Network
from training.train import restored

INPUTS = ["ids", "features", "first"]
OUTPUTS = ["spans", "vectors"]
OPSET = 20


def export_float(network: Network, path: Path) -> None:
    batch, size, units = (torch.export.Dim(n, min=1, max=m) for n, m in (("b", 4096), ("l", 512), ("w", 512)))
    example = (
        torch.randint(1000, 2000, (3, 40)),
        torch.zeros(3, 40, 3, dtype=torch.int64),
        torch.arange(1, 31).expand(3, -1).contiguous(),
    )
    shapes = ({0: batch, 1: size}, {0: batch, 1: size}, {0: batch, 1: units})
    program = torch.onnx.export(
        network,
        example,
        dynamo=True,
        opset_version=OPSET,
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_shapes=shapes,
        external_data=False,
    )
    program.save(str(path), external_data=False)


def quantise(source: Path, target: Path) -> None:
    prepared = target.with_suffix(".tmp.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )
    prepared.unlink()
    onnx.checker.check_model(str(target))


def link_arrays(network: Network) -> dict[str, np.ndarray]:
    """The link heads and the moves between roles, by the names that run time reads them under."""
    out = {"moves": network.spans.moves}
    for name, head in (("content", network.content), ("source", network.source)):
        assert isinstance(head, LinkHead)
        out |= {
            f"{name}.cue": head.cue.weight.T,
            f"{name}.cue_bias": head.cue.bias,
            f"{name}.span": head.span.weight.T,
            f"{name}.span_bias": head.span.bias,
            f"{name}.gap": head.gap.weight[:, 0],
            f"{name}.between": head.between.weight[:, 0],
            f"{name}.free": head.free.weight.T,
            f"{name}.free_bias": head.free.bias,
        }
    return {n: v.detach().float().numpy() for n, v in out.items()}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--model", type=Path, required=True)
    asked.add_argument("--weights", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    network = restored(given.model).eval()
    export_float(network, given.out / "tagger-float.onnx")
    quantise(given.out / "tagger-float.onnx", given.out / "tagger.onnx")
    np.savez(given.out / "links.npz", **link_arrays(network))
    shutil.copy(given.weights / "vocab.txt", given.out / "vocab.txt")


if __name__ == "__main__":
    main()
