"""Writes the network as ONNX, with its alphabet inside, in half the precision it learned in."""

import io

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.ocrb.faces import ALPHABET
from training.ocrb.network import HEIGHT, LineNet


class _Said(nn.Module):
    """The network with its scores turned into chances."""

    def __init__(self, net: LineNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, lines: Tensor) -> Tensor:
        """Chances for each step and class."""
        return torch.softmax(self.net(lines), dim=2)


def export(net: LineNet) -> bytes:
    """Give the network as the bytes of an ONNX file."""
    net.eval()
    sink = io.BytesIO()
    torch.onnx.export(
        _Said(net),
        (torch.zeros(1, 1, HEIGHT, 320),),
        sink,
        input_names=["line"],
        output_names=["chances"],
        dynamic_axes={"line": {0: "lines", 3: "width"}, "chances": {0: "lines", 1: "steps"}},
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load_from_string(sink.getvalue())
    _halve(model)
    entry = model.metadata_props.add()
    entry.key, entry.value = "character", ALPHABET
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _halve(model: onnx.ModelProto) -> None:
    """Keep weights with sixteen bits; a cast brings them back when the network is loaded."""
    kept = list(model.graph.initializer)
    del model.graph.initializer[:]
    casts = []
    for each in kept:
        values = numpy_helper.to_array(each)
        if each.data_type != TensorProto.FLOAT or values.ndim < 2:  # biases stay
            model.graph.initializer.append(each)
            continue
        half = numpy_helper.from_array(values.astype(np.float16), f"{each.name}_16")
        model.graph.initializer.append(half)
        casts.append(helper.make_node("Cast", [half.name], [each.name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
