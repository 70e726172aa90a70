"""Small networks that are no chains, as a user would write them."""

from __future__ import annotations

INCEPTION = """
netdraw: 1
name: googlenet
title: GoogLeNet
input: [3, 224, 224]
blocks:
  Inception:
    params: {a: required, b1: required, b: required, c1: required, c: required, d: required}
    layers:
      - parallel:
          one: [ConvBNAct: {out_channels: a, kernel_size: 1}]
          three: [ConvBNAct: {out_channels: b1, kernel_size: 1}, ConvBNAct: {out_channels: b, kernel_size: 3}]
          five: [ConvBNAct: {out_channels: c1, kernel_size: 1}, ConvBNAct: {out_channels: c, kernel_size: 5}]
          pool: [MaxPool2d: {kernel_size: 3, stride: 1, padding: 1}, ConvBNAct: {out_channels: d, kernel_size: 1}]
layers:
  - ConvBNAct: {out_channels: 64, kernel_size: 7, stride: 2}
  - MaxPool2d: {kernel_size: 3, stride: 2, padding: 1}
  - ConvBNAct: {out_channels: 64, kernel_size: 1}
  - ConvBNAct: {out_channels: 192, kernel_size: 3}
  - MaxPool2d: {kernel_size: 3, stride: 2, padding: 1}
  - Inception: {a: 64, b1: 96, b: 128, c1: 16, c: 32, d: 32}
    label: 3a
  - Inception: {a: 128, b1: 128, b: 192, c1: 32, c: 96, d: 64}
    label: 3b
  - MaxPool2d: {kernel_size: 3, stride: 2, padding: 1}
  - Inception: {a: 192, b1: 96, b: 208, c1: 16, c: 48, d: 64}
    label: 4a
  - Inception: {a: 160, b1: 112, b: 224, c1: 24, c: 64, d: 64}
  - Inception: {a: 128, b1: 128, b: 256, c1: 24, c: 64, d: 64}
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 1000
  - Softmax
"""

NESTED = """
netdraw: 1
name: inception_v3
title: Inception blocks
input: [3, 299, 299]
blocks:
  E:
    layers:
      - parallel:
          one: [ConvBNAct: {out_channels: 320, kernel_size: 1}]
          three:
            - ConvBNAct: {out_channels: 384, kernel_size: 1}
            - parallel:
                a: [ConvBNAct: {out_channels: 384, kernel_size: [1, 3]}]
                b: [ConvBNAct: {out_channels: 384, kernel_size: [3, 1]}]
          dbl:
            - ConvBNAct: {out_channels: 448, kernel_size: 1}
            - ConvBNAct: {out_channels: 384, kernel_size: 3}
            - parallel:
                a: [ConvBNAct: {out_channels: 384, kernel_size: [1, 3]}]
                b: [ConvBNAct: {out_channels: 384, kernel_size: [3, 1]}]
          pool: [AvgPool2d: {kernel_size: 3, stride: 1, padding: 1}, ConvBNAct: {out_channels: 192, kernel_size: 1}]
  R:
    layers:
      - parallel:
          one: [ConvBNAct: {out_channels: 384, kernel_size: 3, stride: 2}]
          two:
            - ConvBNAct: {out_channels: 64, kernel_size: 1}
            - ConvBNAct: 96
            - ConvBNAct: {out_channels: 96, stride: 2}
          pool: [MaxPool2d: {kernel_size: 3, stride: 2, padding: 1}]
  C:
    params: {m: required}
    layers:
      - parallel:
          one: [ConvBNAct: {out_channels: 192, kernel_size: 1}]
          two:
            - ConvBNAct: {out_channels: m, kernel_size: 1}
            - ConvBNAct: {out_channels: m, kernel_size: [1, 7]}
            - ConvBNAct: {out_channels: 192, kernel_size: [7, 1]}
          three:
            - ConvBNAct: {out_channels: m, kernel_size: 1}
            - ConvBNAct: {out_channels: m, kernel_size: [7, 1]}
            - ConvBNAct: {out_channels: m, kernel_size: [1, 7]}
            - ConvBNAct: {out_channels: m, kernel_size: [7, 1]}
            - ConvBNAct: {out_channels: 192, kernel_size: [1, 7]}
          pool: [AvgPool2d: {kernel_size: 3, stride: 1, padding: 1}, ConvBNAct: {out_channels: 192, kernel_size: 1}]
layers:
  - ConvBNAct: {out_channels: 32, stride: 2}
  - ConvBNAct: 64
  - R
  - C: 128
  - C: 160
  - C: 160
  - E
  - E
  - E
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 1000
  - Softmax
"""

FIRE = """
netdraw: 1
name: squeezenet
input: [3, 227, 227]
blocks:
  Fire:
    params: {s: required, e: required}
    layers:
      - ConvBNAct: {out_channels: s, kernel_size: 1}
      - parallel:
          one: [ConvBNAct: {out_channels: e, kernel_size: 1}]
          three: [ConvBNAct: {out_channels: e}]
layers:
  - ConvBNAct: {out_channels: 96, kernel_size: 7, stride: 2}
  - MaxPool2d: {kernel_size: 3, stride: 2}
  - Fire: {s: 16, e: 64}
  - Fire: {s: 16, e: 64}
  - Fire: {s: 32, e: 128}
  - MaxPool2d: {kernel_size: 3, stride: 2}
  - Fire: {s: 32, e: 128}
  - Conv2d: {out_channels: 1000, kernel_size: 1}
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Softmax
"""

GATE = """
netdraw: 1
name: efficientnet
input: [3, 224, 224]
blocks:
  MBConv:
    params: {out: required, stride: 1, expand: 6, k: 3}
    let: {hidden: in_channels * expand}
    residual: auto
    layers:
      - ConvBNAct: {out_channels: hidden, kernel_size: 1}
        when: expand != 1
      - ConvBNAct: {out_channels: hidden, kernel_size: k, stride: stride, groups: hidden}
      - parallel:
          body: []
          gate:
            - AdaptiveAvgPool2d: 1
            - Conv2d: {out_channels: in_channels // 4, kernel_size: 1}
            - SiLU
            - Conv2d: {out_channels: hidden, kernel_size: 1}
            - Sigmoid
        join: Mul
      - ConvBNAct: {out_channels: out, kernel_size: 1, act: none}
layers:
  - ConvBNAct: {out_channels: 32, stride: 2}
  - stages: MBConv
    columns: {t: expand, out: out, n: repeat, s: stride}
    first_only: [stride]
    rows:
      - [1, 16, 1, 1]
      - [6, 24, 2, 2]
      - [6, 40, 3, 2]
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 1000
  - Softmax
"""

TAPS = """
netdraw: 1
name: ssd
input: [3, 300, 300]
blocks:
  Head:
    params: {n: required}
    layers:
      - heads:
          class: [Conv2d: {out_channels: n * 21, padding: 1, kernel_size: 3}]
          box: [Conv2d: {out_channels: n * 4, padding: 1, kernel_size: 3}]
layers:
  - ConvBNAct: {out_channels: 64, stride: 2}
  - MaxPool2d: 2
  - ConvBNAct: 128
  - MaxPool2d: 2
  - ConvBNAct: 512
    name: c4
  - BatchNorm2d
  - Head: 4
    name: p4
  - MaxPool2d: {kernel_size: 2}
    from: c4
  - ConvBNAct: 512
  - ConvBNAct: {out_channels: 1024, kernel_size: 1}
  - Head: 6
    name: p7
  - ConvBNAct: {out_channels: 256, kernel_size: 1}
  - ConvBNAct: {out_channels: 512, stride: 2}
  - Head: 6
    name: p8
  - ConvBNAct: {out_channels: 128, kernel_size: 1}
  - ConvBNAct: {out_channels: 256, stride: 2}
  - Head: 6
    name: p9
  - ConvBNAct: {out_channels: 128, kernel_size: 1}
  - ConvBNAct: {out_channels: 256, stride: 2}
  - Head: 4
    name: p10
"""

HEADS = """
netdraw: 1
name: onet
input: [3, 48, 48]
layers:
  - ConvBNAct: {out_channels: 32, act: PReLU}
  - MaxPool2d: 2
  - ConvBNAct: 64
  - MaxPool2d: 2
  - Flatten
  - Linear: 256
  - heads:
      class: [Linear: 2, Softmax]
      box: [Linear: 4]
      landmarks: [Linear: 10]
"""

UNET = """
netdraw: 1
name: unet
title: U-Net
input: [1, 256, 256]
layers:
  - ConvBNAct: 64
  - ConvBNAct: 64
    name: e1
  - MaxPool2d: 2
  - ConvBNAct: 128
  - ConvBNAct: 128
    name: e2
  - MaxPool2d: 2
  - ConvBNAct: 256
  - ConvBNAct: 256
    name: e3
  - MaxPool2d: 2
  - ConvBNAct: 512
  - ConvBNAct: 512
  - ConvTranspose2d: {out_channels: 256, kernel_size: 2, stride: 2}
  - Concat: {from: [e3, -1]}
  - ConvBNAct: 256
  - ConvBNAct: 256
  - ConvTranspose2d: {out_channels: 128, kernel_size: 2, stride: 2}
  - Concat: {from: [e2, -1]}
  - ConvBNAct: 128
  - ConvBNAct: 128
  - ConvTranspose2d: {out_channels: 64, kernel_size: 2, stride: 2}
  - Concat: {from: [e1, -1]}
  - ConvBNAct: 64
  - ConvBNAct: 64
  - Conv2d: {out_channels: 2, kernel_size: 1}
"""

SHUFFLE = """
netdraw: 1
name: shufflenet
input: [3, 224, 224]
blocks:
  Down:
    params: {out: required}
    layers:
      - parallel:
          a:
            - ConvBNAct: {out_channels: in_channels, groups: in_channels, stride: 2, act: none}
            - ConvBNAct: {out_channels: out, kernel_size: 1}
          b:
            - ConvBNAct: {out_channels: out, kernel_size: 1}
            - ConvBNAct: {out_channels: out, groups: out, stride: 2, act: none}
            - ConvBNAct: {out_channels: out, kernel_size: 1}
      - Identity
  Unit:
    let: {w: in_channels // 2}
    layers:
      - Split: 2
        name: cut
      - ConvBNAct: {out_channels: w, kernel_size: 1, from: "cut:1"}
      - ConvBNAct: {out_channels: w, groups: w, act: none}
      - ConvBNAct: {out_channels: w, kernel_size: 1}
      - Concat: {from: ["cut:0", -1]}
      - Identity
layers:
  - ConvBNAct: {out_channels: 24, stride: 2}
  - MaxPool2d: {kernel_size: 3, stride: 2, padding: 1}
  - Down: 58
  - Unit: {}
    repeat: 3
  - Down: 116
  - Unit: {}
    repeat: 7
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 1000
  - Softmax
"""

ARCS = """
netdraw: 1
name: inception_resnet
input: [3, 149, 149]
blocks:
  B:
    residual: always
    layers:
      - parallel:
          a: [ConvBNAct: {out_channels: 32, kernel_size: 1}]
          b: [ConvBNAct: {out_channels: 32, kernel_size: 1}, ConvBNAct: 32]
          c: [ConvBNAct: {out_channels: 32, kernel_size: 1}, ConvBNAct: 48, ConvBNAct: 64]
      - Conv2d: {out_channels: 256, kernel_size: 1}
  SE:
    residual: project
    layers:
      - ConvBNAct: {out_channels: 64, kernel_size: 1}
      - ConvBNAct: 64
      - ConvBNAct: {out_channels: 256, kernel_size: 1, act: none}
      - parallel:
          x: []
          g:
            - AdaptiveAvgPool2d: 1
            - Conv2d: {out_channels: 16, kernel_size: 1}
            - ReLU
            - Conv2d: {out_channels: 256, kernel_size: 1}
            - Sigmoid
        join: Mul
layers:
  - ConvBNAct: {out_channels: 64, stride: 2}
  - SE
  - SE
  - parallel:
      x: []
      a: [ConvBNAct: {out_channels: 32, kernel_size: 1}]
      b:
        - ConvBNAct: {out_channels: 32, kernel_size: 1}
        - parallel: {i: [], r: [ConvBNAct: 32, ConvBNAct: 32]}
          join: Add
        - ConvBNAct: 32
  - ConvBNAct: 256
  - B
  - B
  - B
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 1000
  - Softmax
"""

NASNET = """
netdraw: 1
name: nas_normal
inputs: {prev: [264, 28, 28], now: [264, 28, 28]}
blocks:
  Sep:
    params: {k: required}
    layers:
      - ConvBNAct: {out_channels: in_channels, kernel_size: k, groups: in_channels}
      - ConvBNAct: {out_channels: in_channels, kernel_size: 1}
layers:
  - ConvBNAct: {out_channels: 44, kernel_size: 1, from: prev}
    name: a
  - ConvBNAct: {out_channels: 44, kernel_size: 1, from: now}
    name: b
  - Sep: {k: 5, from: b}
    name: s1
  - Sep: {k: 3, from: a}
    name: s2
  - Add: {from: [s1, s2]}
    name: add1
  - Sep: {k: 5, from: a}
    name: s3
  - Sep: {k: 3, from: a}
    name: s4
  - Add: {from: [s3, s4]}
    name: add2
  - AvgPool2d: {kernel_size: 3, stride: 1, padding: 1, from: b}
    name: s5
  - Add: {from: [s5, a]}
    name: add3
  - AvgPool2d: {kernel_size: 3, stride: 1, padding: 1, from: a}
    name: s6
  - AvgPool2d: {kernel_size: 3, stride: 1, padding: 1, from: a}
    name: s7
  - Add: {from: [s6, s7]}
    name: add4
  - Sep: {k: 3, from: b}
    name: s8
  - Add: {from: [s8, b]}
    name: add5
  - Concat: {from: [add1, add2, add3, add4, add5]}
"""

TWO_INPUTS = """
netdraw: 1
name: two
inputs: {left: [3, 64, 64], right: [3, 64, 64]}
layers:
  - ConvBNAct: {out_channels: 16, from: left}
  - ConvBNAct: 32
  - ConvBNAct: 32
    name: l
  - ConvBNAct: {out_channels: 16, from: right}
  - ConvBNAct: 32
    name: r
  - Concat: {from: [l, r]}
  - ConvBNAct: 64
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 10
  - Softmax
"""

PYRAMID = """
netdraw: 1
name: fpn
input: [3, 256, 256]
blocks:
  Head:
    layers:
      - heads:
          class: [ConvBNAct: 256, ConvBNAct: 256, ConvBNAct: 256, Conv2d: {out_channels: 720, kernel_size: 3}]
          box: [ConvBNAct: 256, ConvBNAct: 256, ConvBNAct: 256, Conv2d: {out_channels: 36, kernel_size: 3}]
layers:
  - ConvBNAct: {out_channels: 64, stride: 2}
  - ConvBNAct: {out_channels: 128, stride: 2}
  - ConvBNAct: {out_channels: 256, stride: 2}
    name: c3
  - ConvBNAct: {out_channels: 512, stride: 2}
    name: c4
  - ConvBNAct: {out_channels: 1024, stride: 2}
    name: c5
  - Conv2d: {out_channels: 256, kernel_size: 1}
    name: m5
  - Head: {}
    name: p5
  - ConvTranspose2d: {out_channels: 256, kernel_size: 2, stride: 2, from: m5}
    name: u5
  - Conv2d: {out_channels: 256, kernel_size: 1, from: c4}
    name: l4
  - Add: {from: [u5, l4]}
    name: m4
  - Head: {}
    name: p4
  - ConvTranspose2d: {out_channels: 256, kernel_size: 2, stride: 2, from: m4}
    name: u4
  - Conv2d: {out_channels: 256, kernel_size: 1, from: c3}
    name: l3
  - Add: {from: [u4, l3]}
    name: m3
  - Head: {}
    name: p3
"""

DENSE = """
netdraw: 1
name: dense
input: [3, 64, 64]
blocks:
  Layer:
    layers:
      - parallel:
          all: []
          new:
            - BatchNorm2d
            - ReLU
            - Conv2d: {out_channels: 128, kernel_size: 1, bias: false}
            - BatchNorm2d
            - ReLU
            - Conv2d: {out_channels: 32, kernel_size: 3, padding: 1, bias: false}
layers:
  - ConvBNAct: {out_channels: 64, kernel_size: 7, stride: 2}
  - Layer: {}
    repeat: 6
  - ConvBNAct: {out_channels: 128, kernel_size: 1}
  - Layer: {}
    repeat: 12
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 10
  - Softmax
"""

INCEPTION_V4 = """
netdraw: 1
name: inception_v4_c
title: Inception-v4, block C
input: [1536, 8, 8]
defaults: {ConvBNAct: {kernel_size: 1}}
blocks:
  C:
    layers:
      - AvgPool2d: {kernel_size: 3, stride: 1, padding: 1, name: pool}
      - ConvBNAct: {out_channels: 256, name: a}
      - ConvBNAct: {out_channels: 256, from: input, name: b}
      - ConvBNAct: {out_channels: 384, from: input, name: c}
      - ConvBNAct: {out_channels: 256, kernel_size: [1, 3], from: c, name: c1}
      - ConvBNAct: {out_channels: 256, kernel_size: [3, 1], from: c, name: c2}
      - ConvBNAct: {out_channels: 384, from: input, name: d}
      - ConvBNAct: {out_channels: 448, kernel_size: [1, 3]}
      - ConvBNAct: {out_channels: 512, kernel_size: [3, 1], name: d3}
      - ConvBNAct: {out_channels: 256, kernel_size: [3, 1], from: d3, name: d4}
      - ConvBNAct: {out_channels: 256, kernel_size: [1, 3], from: d3, name: d5}
      - Concat: {from: [a, b, c1, c2, d4, d5]}
layers:
  - C: {}
    repeat: 3
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 1000
  - Softmax
"""

FUSION = """
netdraw: 1
name: fusion
input: [3, 64, 64]
layers:
  - ConvBNAct: {out_channels: 32, repeat: 2, name: one}
  - ConvBNAct: {out_channels: 48, stride: 2, name: two}
  - ConvBNAct: {out_channels: 48, name: two_b}
  - ConvBNAct: {out_channels: 64, stride: 2, name: three}
  - ConvBNAct: {out_channels: 64, repeat: 6, name: deep}
  - Conv2d: {out_channels: 8, kernel_size: 1, from: one, name: s1}
  - ConvTranspose2d: {out_channels: 8, kernel_size: 2, stride: 2, from: two, name: s2}
  - Conv2d: {out_channels: 16, kernel_size: 1, from: three}
  - ConvBNAct: {out_channels: 16}
  - ConvTranspose2d: {out_channels: 8, kernel_size: 4, stride: 4, name: s3}
  - Concat: {from: [s1, s2, s3, one]}
  - ConvBNAct: {out_channels: 64, name: gathered}
  - ConvTranspose2d: {out_channels: 8, kernel_size: 2, stride: 2, from: two_b, name: up2}
  - ConvTranspose2d: {out_channels: 8, kernel_size: 4, stride: 4, from: deep, name: up3}
  - Concat: {from: [up2, up3, gathered]}
  - ConvBNAct: 64
  - Conv2d: {out_channels: 2, kernel_size: 1}
"""

NASNET_CELLS = """
blocks:
  Twice:                                    # a separable convolution, applied twice
    params: {k: required, out: required, stride: 1}
    layers:
      - ReLU
      - Conv2d: {out_channels: in_channels, kernel_size: k, stride: stride, padding: same, groups: in_channels, bias: false}
      - Conv2d: {out_channels: out, kernel_size: 1, bias: false}
      - BatchNorm2d
      - ReLU
      - Conv2d: {out_channels: out, kernel_size: k, padding: same, groups: out, bias: false}
      - Conv2d: {out_channels: out, kernel_size: 1, bias: false}
      - BatchNorm2d
  Fit:
    params: {out: required, stride: 1}
    layers: [ReLU, {Conv2d: {out_channels: out, kernel_size: 1, stride: stride, bias: false}}, BatchNorm2d]
  Normal:                                   # Fig. 4, left
    params: {out: required, fit: 1}
    inputs: [now, before]
    layers:
      - Fit: {out: out, stride: fit, from: before, name: p}
      - Fit: {out: out, from: now, name: h}
      - Twice: {k: 5, out: out, from: h, name: l1}
      - Twice: {k: 3, out: out, from: p, name: r1}
      - Add: {from: [l1, r1], name: y1}
      - Twice: {k: 5, out: out, from: p, name: l2}
      - Twice: {k: 3, out: out, from: p, name: r2}
      - Add: {from: [l2, r2], name: y2}
      - AvgPool2d: {kernel_size: 3, stride: 1, padding: 1, from: h, name: l3}
      - Add: {from: [l3, p], name: y3}
      - AvgPool2d: {kernel_size: 3, stride: 1, padding: 1, from: p, name: l4}
      - AvgPool2d: {kernel_size: 3, stride: 1, padding: 1, from: p, name: r4}
      - Add: {from: [l4, r4], name: y4}
      - Twice: {k: 3, out: out, from: h, name: l5}
      - Add: {from: [l5, h], name: y5}
      - Concat: {from: [p, y1, y2, y3, y4, y5]}
  Reduction:                                # Fig. 4, right
    params: {out: required, fit: 1}
    inputs: [now, before]
    layers:
      - Fit: {out: out, stride: fit, from: before, name: p}
      - Fit: {out: out, from: now, name: h}
      - Twice: {k: 5, stride: 2, out: out, from: h, name: l1}
      - Twice: {k: 7, stride: 2, out: out, from: p, name: r1}
      - Add: {from: [l1, r1], name: y1}
      - MaxPool2d: {kernel_size: 3, stride: 2, padding: 1, from: h, name: l2}
      - Twice: {k: 7, stride: 2, out: out, from: p, name: r2}
      - Add: {from: [l2, r2], name: y2}
      - AvgPool2d: {kernel_size: 3, stride: 2, padding: 1, from: h, name: l3}
      - Twice: {k: 5, stride: 2, out: out, from: p, name: r3}
      - Add: {from: [l3, r3], name: y3}
      - AvgPool2d: {kernel_size: 3, stride: 1, padding: 1, from: y1, name: l4}
      - Add: {from: [l4, y2], name: y4}
      - Twice: {k: 3, out: out, from: y1, name: l5}
      - MaxPool2d: {kernel_size: 3, stride: 2, padding: 1, from: h, name: r5}
      - Add: {from: [l5, r5], name: y5}
      - Concat: {from: [y2, y3, y4, y5]}
"""

NASNET_NORMAL = (
    """
netdraw: 1
name: nasnet_normal
title: NASNet-A, normal cell
inputs: {now: [264, 28, 28], before: [264, 28, 28]}
"""
    + NASNET_CELLS
    + """layers:
  - Normal: {out: 44, from: [now, before]}
"""
)

NASNET_REDUCTION = (
    """
netdraw: 1
name: nasnet_reduction
title: NASNet-A, reduction cell
inputs: {now: [264, 28, 28], before: [264, 28, 28]}
"""
    + NASNET_CELLS
    + """layers:
  - Reduction: {out: 88, from: [now, before]}
"""
)

NASNET_A = (
    """
netdraw: 1
name: nasnet_a
title: NASNet-A cells in a row
input: [3, 112, 112]
"""
    + NASNET_CELLS
    + """layers:
  - Conv2d: {out_channels: 32, kernel_size: 3, stride: 2, padding: same, bias: false, name: stem}
  - BatchNorm2d: {name: stem_norm}
  - Normal: {out: 44, from: [stem_norm, stem_norm]}
  - Normal: {out: 44, from: [-1, stem_norm]}
  - Normal: {out: 44, from: [-1, -2], repeat: 3}
  - Reduction: {out: 88, from: [-1, -2]}
  - Normal: {out: 88, fit: 2, from: [-1, -2]}
  - Normal: {out: 88, from: [-1, -2]}
  - ReLU
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 1000
  - Softmax
"""
)

LEARNED = """
netdraw: 1
name: learned
title: Tokens with learned positions
input: [3, 64, 64]
blocks:
  Shifted:                                  # a learned tensor in a block, on a branch too
    residual: always
    layers:
      - Linear: {out_features: 64, name: up}
      - Parameter: {shape: {t: 17, c: 64}, name: shift}
      - Add: {from: [up, shift]}
      - parallel:
          a: [{Linear: 64}]
          b: [{Linear: {out_features: 64, name: in}}, {Parameter: {shape: {t: 17, c: 64}, name: scale}}, {Mul: {from: [in, scale]}}, {Linear: 64}]
        join: Add
layers:
  - Conv2d: {out_channels: 64, kernel_size: 16, stride: 16}
  - Permute: [h, w, c]
  - Reshape: {shape: [16, 64], name: patches}
  - Parameter: {shape: {t: 1, c: 64}, name: token}
  - Concat: {from: [token, patches], dim: t}
    name: joined
  - Parameter: {shape: {t: 17, c: 64}, name: positions}
  - Add: {from: [joined, positions]}
  - Shifted
  - Shifted
  - Linear: 10
  - Softmax
"""

ENCODER_DECODER = """
netdraw: 1
name: encoder_decoder
title: Encoder and decoder
inputs: {source: {t: 64, c: 512}, target: {t: 64, c: 512}}
blocks:
  Mix:
    residual: always
    layers: [{Linear: 512}, {Linear: 512}]
  Cross:
    inputs: [x, memory]
    residual: always
    layers:
      - Linear: {out_features: 512, from: x, name: query}
      - Linear: {out_features: 512, from: memory, name: key}
      - Mul: {from: [query, key]}
      - Linear: 512
  Feed:
    residual: always
    layers: [{Linear: 2048}, ReLU, {Linear: 512}]
  Encoder: {layers: [Mix, Feed]}
  Decoder:
    inputs: [x, memory]
    layers:
      - Mix
      - Cross: {from: [-1, memory]}
      - Feed
layers:
  - Linear: {out_features: 512, from: source}
  - Encoder: {repeat: 6}
    name: encoded
  - Linear: {out_features: 512, from: target}
  - Decoder: {from: [-1, encoded], repeat: 6}
  - Linear: 37000
  - Softmax
"""

CONDITIONED = """
netdraw: 1
name: conditioned
title: Blocks with a condition
inputs: {image: [3, 32, 32], time: [64]}
blocks:
  Block:
    params: {out: required}
    inputs: [x, condition]
    residual: project
    layers:
      - ConvBNAct: {out_channels: out, from: x, name: first}
      - Linear: {out_features: out, from: condition}
      - Reshape: {shape: [out, 1, 1], name: shift}
      - Add: {from: [first, shift]}
      - ConvBNAct: {out_channels: out}
layers:
  - Linear: {out_features: 256, from: time}
  - SiLU
  - Linear: {out_features: 256, name: embedded}
  - Conv2d: {out_channels: 32, kernel_size: 3, padding: 1, from: image}
  - Block: {out: 32, from: [-1, embedded]}
  - Block: {out: 64, from: [-1, embedded]}
  - MaxPool2d: 2
  - Block: {out: 64, from: [-1, embedded]}
  - Block: {out: 64, from: [-1, embedded]}
  - Conv2d: {out_channels: 3, kernel_size: 3, padding: 1}
"""

RETINANET = """
netdraw: 1
name: retinanet
title: Heads that share their weights
input: [3, 256, 256]
blocks:
  Head:
    layers:
      - heads:
          class: [ConvBNAct: {out_channels: 64, norm: none, repeat: 4}, Conv2d: {out_channels: 180, kernel_size: 3, padding: 1}]
          box: [ConvBNAct: {out_channels: 64, norm: none, repeat: 4}, Conv2d: {out_channels: 36, kernel_size: 3, padding: 1}]
layers:
  - ConvBNAct: {out_channels: 32, stride: 4}
  - ConvBNAct: {out_channels: 64, stride: 2, name: c3}
  - ConvBNAct: {out_channels: 128, stride: 2, name: c4}
  - ConvBNAct: {out_channels: 256, stride: 2, name: c5}
  - Conv2d: {out_channels: 64, kernel_size: 3, stride: 2, padding: 1, name: p6}
  - ReLU
  - Conv2d: {out_channels: 64, kernel_size: 3, stride: 2, padding: 1, name: p7}
  - Conv2d: {out_channels: 64, kernel_size: 1, from: c5, name: m5}
  - ConvTranspose2d: {out_channels: 64, kernel_size: 2, stride: 2}
  - Conv2d: {out_channels: 64, kernel_size: 1, from: c4, name: l4}
  - Add: {from: [-2, l4], name: m4}
  - ConvTranspose2d: {out_channels: 64, kernel_size: 2, stride: 2}
  - Conv2d: {out_channels: 64, kernel_size: 1, from: c3, name: l3}
  - Add: {from: [-2, l3], name: m3}
  - Conv2d: {out_channels: 64, kernel_size: 3, padding: 1, name: p3}
  - Conv2d: {out_channels: 64, kernel_size: 3, padding: 1, from: m4, name: p4}
  - Conv2d: {out_channels: 64, kernel_size: 3, padding: 1, from: m5, name: p5}
  - Head: {from: p3, name: h3}
  - Head: {from: p4, name: h4, shares: h3}
  - Head: {from: p5, name: h5, shares: h3}
  - Head: {from: p6, name: h6, shares: h3}
  - Head: {from: p7, name: h7, shares: h3}
"""

ALL = {
    "retinanet": RETINANET,
    "learned": LEARNED,
    "encoder_decoder": ENCODER_DECODER,
    "conditioned": CONDITIONED,
    "nasnet_normal": NASNET_NORMAL,
    "nasnet_reduction": NASNET_REDUCTION,
    "nasnet_a": NASNET_A,
    "inception_v4": INCEPTION_V4,
    "fusion": FUSION,
    "inception": INCEPTION,
    "nested": NESTED,
    "fire": FIRE,
    "gate": GATE,
    "taps": TAPS,
    "heads": HEADS,
    "unet": UNET,
    "shuffle": SHUFFLE,
    "arcs": ARCS,
    "nasnet": NASNET,
    "two_inputs": TWO_INPUTS,
    "pyramid": PYRAMID,
    "dense": DENSE,
}
