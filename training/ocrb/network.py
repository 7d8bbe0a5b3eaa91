"""The network: one line of grey picture in, the chances of 37 characters along it out."""

from typing import Final

import torch
from torch import Tensor, nn

from training.ocrb.faces import ALPHABET

HEIGHT: Final = 32
#: Pixels of the picture for one step of the output.
STRIDE: Final = 4
CLASSES: Final = len(ALPHABET) + 1


def _conv(
    inward: int, out: int, size: tuple[int, int], stride: tuple[int, int] = (1, 1)
) -> nn.Sequential:
    padding = (size[0] // 2, size[1] // 2)
    return nn.Sequential(
        nn.Conv2d(inward, out, size, stride, padding, bias=False),
        nn.BatchNorm2d(out),
        nn.ReLU(inplace=True),
    )


class _Beside(nn.Module):
    """Looks at what stands left and right, and adds what it learns from it."""

    def __init__(self, width: int, reach: int) -> None:
        super().__init__()
        self.look = nn.Sequential(
            nn.Conv2d(width, width, (1, reach), 1, (0, reach // 2), groups=width, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 1, bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, seen: Tensor) -> Tensor:
        """Add to what was seen."""
        return torch.relu(seen + self.look(seen))


class LineNet(nn.Module):
    """Convolutions alone: any width goes in, and equal pictures give equal answers anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.eye = nn.Sequential(
            _conv(1, 16, (3, 3), (2, 2)),
            _conv(16, 24, (3, 3), (2, 1)),
            _conv(24, 48, (3, 3), (1, 2)),
            _conv(48, 64, (3, 3), (2, 1)),
        )
        self.fold = nn.Sequential(
            nn.Conv2d(64, 112, (4, 1), bias=False), nn.BatchNorm2d(112), nn.ReLU(inplace=True)
        )
        self.beside = nn.Sequential(_Beside(112, 7), _Beside(112, 7), _Beside(112, 5))
        self.say = nn.Conv2d(112, CLASSES, 1)

    def forward(self, lines: Tensor) -> Tensor:
        """Give lines (N, 1, 32, W) as scores (N, W / 4, 38), the first for `no character`."""
        seen = self.say(self.beside(self.fold(self.eye(lines))))
        return seen.squeeze(2).transpose(1, 2)
