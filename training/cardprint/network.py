"""Runs a network from its ONNX file in torch, so that it can go on learning.

Only the operations that the recogniser of PP-OCR is made of are known, and its weights keep their
names, so that what was learned can be written back to the places they came from.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name for it
from onnx import numpy_helper
from torch import Tensor, nn

#: Fewer numbers than this are constants of the graph, not weights.
_LEAST_WEIGHTS: Final = 8
Inputs = list[Tensor]
Settings = dict[str, Any]


class Recogniser(nn.Module):
    """A network of connectionist temporal classification: pictures in, log chances out."""

    def __init__(self, network: bytes) -> None:
        super().__init__()
        graph = onnx.load_from_string(network).graph
        self._enters, self._leaves = graph.input[0].name, graph.output[0].name
        self._constants: dict[str, Tensor] = {}
        self._keys: dict[str, str] = {}
        for tensor in graph.initializer:
            values = np.array(numpy_helper.to_array(tensor))
            if values.dtype == np.float32 and values.size >= _LEAST_WEIGHTS:
                self._keys[tensor.name] = "w_" + tensor.name.replace(".", "__")
                weight = nn.Parameter(torch.from_numpy(values))
                self.register_parameter(self._keys[tensor.name], weight)
            else:
                self._constants[tensor.name] = torch.from_numpy(values)
        self._nodes = [
            (
                node.op_type,
                list(node.input),
                node.output[0],
                {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute},
            )
            for node in graph.node
        ]

    def weight(self, name: str) -> nn.Parameter:
        """The weight of this name in the file."""
        found: nn.Parameter = getattr(self, self._keys[name])
        return found

    def weights(self) -> Mapping[str, nn.Parameter]:
        """All weights by their names in the file."""
        return {name: self.weight(name) for name in self._keys}

    def hold(self, convolutions: int, last: str) -> list[nn.Parameter]:
        """Let the first convolutions, the class weights and all statistics stay as they are.

        Returns:
            The weights that may learn.
        """
        for weight in self.parameters():
            weight.requires_grad_(True)
        held = {last}
        seen = 0
        for operation, inputs, _, _ in self._nodes:
            seen += operation == "Conv"
            if seen <= convolutions:
                held.update(inputs)
            if operation == "BatchNormalization":
                held.update(inputs[3:5])
        for name in held & set(self._keys):
            self.weight(name).requires_grad_(False)
        return [weight for weight in self.parameters() if weight.requires_grad]

    def forward(self, pictures: Tensor) -> Tensor:
        """Read lines, batch x 3 x 48 x width: batch x steps x classes, natural logarithms."""
        values = {self._enters: pictures, **self._constants}
        values.update((name, self.weight(name)) for name in self._keys)
        for operation, inputs, output, settings in self._nodes:
            wanted = [values[each] for each in inputs if each]
            if output == self._leaves:
                return F.log_softmax(wanted[0], dim=-1)
            values[output] = _OPERATIONS[operation](wanted, settings)
        return values[self._leaves]


def _same(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Room on both sides so that the output is as long as the input over the stride."""
    room = max(0, (-(-size // stride) - 1) * stride + kernel - size)
    return room // 2, room - room // 2


def _roomy(x: Tensor, kernel: list[int], settings: Settings, fill: float) -> Tensor:
    strides = settings.get("strides", [1, 1])
    if settings.get("auto_pad", b"NOTSET") == b"SAME_UPPER":
        down = _same(x.shape[2], kernel[0], strides[0])
        across = _same(x.shape[3], kernel[1], strides[1])
    else:
        top, left, bottom, right = settings.get("pads", [0, 0, 0, 0])
        down, across = (top, bottom), (left, right)
    return F.pad(x, [*across, *down], value=fill) if any((*down, *across)) else x


def _conv(inputs: Inputs, settings: Settings) -> Tensor:
    x, weight, *bias = inputs
    x = _roomy(x, list(weight.shape[2:]), settings, 0.0)
    groups = settings.get("group", 1)
    return F.conv2d(
        x, weight, bias[0] if bias else None, settings.get("strides", [1, 1]), groups=groups
    )


def _pool(inputs: Inputs, settings: Settings, fill: float) -> tuple[Tensor, list[int], list[int]]:
    kernel: list[int] = settings["kernel_shape"]
    strides: list[int] = settings.get("strides", kernel)
    return _roomy(inputs[0], kernel, settings, fill), kernel, strides


def _slice(inputs: Inputs, _: Settings) -> Tensor:
    x, starts, ends, axes = inputs[:4]
    for start, end, axis in zip(starts.tolist(), ends.tolist(), axes.tolist(), strict=True):
        size = x.shape[axis]
        low, high, _step = slice(start, min(end, size)).indices(size)
        x = x.narrow(axis, low, high - low)
    return x


def _reshape(inputs: Inputs, _: Settings) -> Tensor:
    x, shape = inputs
    sizes = [int(each) for each in shape]
    return x.reshape([x.shape[at] if size == 0 else size for at, size in enumerate(sizes)])


def _axes(x: Tensor, axes: list[int], change: Callable[[Tensor, int], Tensor]) -> Tensor:
    for axis in axes:
        x = change(x, axis)
    return x


def _norm(inputs: Inputs, settings: Settings) -> Tensor:
    x, weight, bias, mean, spread = inputs
    near = settings.get("epsilon", 1e-5)
    return F.batch_norm(x, mean.detach(), spread.detach(), weight, bias, eps=near)


_OPERATIONS: Final[dict[str, Callable[[Inputs, Settings], Tensor]]] = {
    "Identity": lambda x, _: x[0],
    "Add": lambda x, _: x[0] + x[1],
    "Sub": lambda x, _: x[0] - x[1],
    "Mul": lambda x, _: x[0] * x[1],
    "Div": lambda x, _: x[0] / x[1],
    "Pow": lambda x, _: x[0] ** x[1],
    "Sqrt": lambda x, _: torch.sqrt(x[0]),
    "Erf": lambda x, _: torch.erf(x[0]),
    "Relu": lambda x, _: F.relu(x[0]),
    "Sigmoid": lambda x, _: torch.sigmoid(x[0]),
    "HardSigmoid": lambda x, s: torch.clamp(x[0] * s.get("alpha", 0.2) + s.get("beta", 0.5), 0, 1),
    "MatMul": lambda x, _: x[0] @ x[1],
    "Softmax": lambda x, s: torch.softmax(x[0], dim=s.get("axis", -1)),
    "Transpose": lambda x, s: x[0].permute(*s["perm"]),
    "Reshape": _reshape,
    "Shape": lambda x, _: torch.tensor(list(x[0].shape)),
    "Concat": lambda x, s: torch.cat(x, dim=s["axis"]),
    "Squeeze": lambda x, s: _axes(x[0], sorted(s["axes"], reverse=True), torch.squeeze),
    "Unsqueeze": lambda x, s: _axes(x[0], sorted(s["axes"]), torch.unsqueeze),
    "Slice": _slice,
    "ReduceMean": lambda x, s: x[0].mean(dim=s["axes"], keepdim=bool(s.get("keepdims", 1))),
    "BatchNormalization": _norm,
    "Conv": _conv,
    "MaxPool": lambda x, s: F.max_pool2d(*_pool(x, s, float("-inf"))),
    "AveragePool": lambda x, s: F.avg_pool2d(*_pool(x, s, 0.0)),
}
